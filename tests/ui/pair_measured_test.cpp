// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/pair_samples.h"
#include "ui/figures/edge_curves.h"
#include "ui/figures/pair_circuit.h"
#include "ui/figures/pair_edges.h"
#include "ui/figures/pair_features.h"
#include "ui/figures/pair_overview.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace ui;
using samples::laidOut;
using samples::unequalPair;
using samples::valueAt;

namespace
{

std::shared_ptr<PairOrientations> orientationsOf(const ModelPair& pair)
{
    auto made = std::make_shared<PairOrientations>();
    made->current = *samples::orientedChannels(*pair.current);
    made->reference = *samples::orientedChannels(*pair.reference);
    return made;
}

PairEdgesFigure edges(const ModelPair& pair, PairMode mode = PairMode::SideBySide)
{
    return {pair, mode, orientationsOf(pair), core::Stage::Post};
}

PairFeaturesFigure features(const ModelPair& pair, const std::string& group,
                            PairMode mode = PairMode::SideBySide)
{
    return {pair,
            mode,
            {samples::maximization(*pair.current), samples::maximization(*pair.reference)},
            {core::maximizerPreset("plain"), core::Stage::Post, true},
            group};
}

/// The image of the reference's channel or neuron.
std::span<const float> pixelsOf(const core::Maximization& result, const std::string& group,
                                int index)
{
    for (std::size_t i = 0; i < result.targets.size(); ++i)
        if (result.targets[i].layer == group && result.targets[i].index == index)
            return std::span(result.images).subspan(i * 784, 784);
    return {};
}

ModelPair evaluatedPair()
{
    ModelPair pair = unequalPair();
    auto comparison = std::make_shared<core::Comparison>(*pair.comparison);
    comparison->b = *samples::evaluation();
    comparison->a = *samples::evaluation();
    comparison->a.correct -= 25;
    comparison->predictions.classes = 10;
    comparison->predictions.total.images = comparison->b.images;
    for (int label = 0; label < 10; ++label)
        comparison->predictions.perClass.push_back({1100, 1000, 900 + label, 7, 3, 90 - label});
    pair.comparison = comparison;
    return pair;
}

} // namespace

TEST(PairEdges, PutBothTuningsOfAMatchIntoOnePlotOnOneScale)
{
    const ModelPair pair = unequalPair();
    const PairEdgesFigure figure = edges(pair);
    const auto measured = orientationsOf(pair);
    // The reference's channel 1 is the partner of the current model's channel 4; a hit to the right
    // of a plot's centre asks for 0 degrees.
    const QString text = figure.hoverText({{PairEdgesFigure::kGratings, 4}, 100, 199});
    EXPECT_TRUE(text.contains("gratings at 0")) << text.toStdString();
    EXPECT_TRUE(text.contains("current " + shortNumber(measured->current[4].post.gratings[0])))
        << text.toStdString();
    EXPECT_TRUE(text.contains("reference " + shortNumber(measured->reference[1].post.gratings[0])))
        << text.toStdString();
    const QString above = figure.hoverText({{PairEdgesFigure::kEdges, 4}, 0, 100});
    EXPECT_TRUE(above.contains("ink towards 90")) << above.toStdString();
    EXPECT_TRUE(above.contains("current " + shortNumber(measured->current[4].post.inkLeft[0])));
}

TEST(PairEdges, SayWhatHasNoPartner)
{
    const ModelPair pair = unequalPair();
    const PairEdgesFigure figure = edges(pair, PairMode::Difference);
    const Scene scene = laidOut(figure);
    EXPECT_EQ(scene.find({kDifferenceMap, 0}), nullptr); // only in the current model
    ASSERT_NE(scene.find({kDifferenceMap, 4}), nullptr);
    const auto kernel = [](const core::Model& model, int channel) {
        const auto* slice = model.parameters.find(model.architecture.units()[0].weightLayer,
                                                  core::ParameterRole::Weight);
        return model.parameters.of(*slice)[static_cast<std::size_t>(channel) * 16 + 6];
    };
    EXPECT_FLOAT_EQ(valueAt(scene, {kDifferenceMap, 4}, 1, 2),
                    kernel(*pair.current, 4) - kernel(*pair.reference, 1));
    const QString text = figure.hoverText({{PairEdgesFigure::kGratings, 0}, 100, 199});
    EXPECT_TRUE(text.endsWith("reference \u2013")) << text.toStdString();
    EXPECT_EQ(figure.chosen({{PairEdgesFigure::kCard, 4}}, {}).channel, 4);
}

TEST(PairEdges, KeepTheirPlaceWhileFlickering)
{
    const ModelPair pair = unequalPair();
    const auto area = [&](PairMode mode, int group) {
        return laidOut(edges(pair, mode)).areaOf({group, 3});
    };
    for (const int group : {int(PairEdgesFigure::kGratings), int(PairEdgesFigure::kEdges)})
        EXPECT_EQ(area(PairMode::Current, group), area(PairMode::Reference, group));
    EXPECT_EQ(area(PairMode::Current, kCurrentMap), area(PairMode::Reference, kReferenceMap));
}

TEST(PolarPlot, DashesCoverHalfOfALine)
{
    const QPolygonF line{QPointF(0, 0), QPointF(30, 0), QPointF(30, 50)};
    double drawn = 0;
    for (const QPolygonF& dash : dashes(line, 4))
        for (qsizetype i = 1; i < dash.size(); ++i)
            drawn += QLineF(dash[i - 1], dash[i]).length();
    EXPECT_NEAR(drawn, 40, 1e-9);
    EXPECT_EQ(dashes(line, 4).size(), 10U);
}

TEST(PairFeatures, PutEachImageBesideThatOfItsPartner)
{
    const ModelPair pair = unequalPair();
    const PairFeaturesFigure figure = features(pair, "conv1");
    const Scene scene = laidOut(figure);
    const auto reference = samples::maximization(*pair.reference);
    const auto current = samples::maximization(*pair.current);
    EXPECT_EQ(valueAt(scene, {kCurrentMap, 4}, 3, 5), pixelsOf(*current, "conv1", 4)[3 * 28 + 5]);
    EXPECT_EQ(valueAt(scene, {kReferenceMap, 4}, 3, 5),
              pixelsOf(*reference, "conv1", 1)[3 * 28 + 5]);
    EXPECT_EQ(scene.find({kReferenceMap, 0}), nullptr);
    const ColourScale scale = scene.find({kCurrentMap, 0})->map->scale;
    for (const SceneMap& map : scene.maps())
        EXPECT_EQ(map.map->scale, scale);
}

TEST(PairFeatures, MatchNeuronsByTheirChannelAndPlace)
{
    const ModelPair pair = unequalPair();
    const PairFeaturesFigure figure = features(pair, "neurons");
    const Scene scene = laidOut(figure);
    // conv3 has four channels in both, crossed: the neuron of channel 1 at place 5 belongs to that
    // of the reference's channel 2.
    EXPECT_EQ(valueAt(scene, {kReferenceMap, 1 * 9 + 5}, 9, 2),
              pixelsOf(*samples::maximization(*pair.reference), "neurons", 2 * 9 + 5)[9 * 28 + 2]);
    const Selection chosen = figure.chosen({{kCurrentMap, 14}}, {});
    EXPECT_EQ(chosen.unit, 2);
    EXPECT_EQ(chosen.channel, 1);
    EXPECT_EQ(chosen.position, 5);
}

TEST(PairFeatures, ShowNoDifferenceWhereTheUnitSeesNothing)
{
    const ModelPair pair = unequalPair();
    const Scene scene = laidOut(features(pair, "neurons", PairMode::Difference));
    const SceneMap* map = scene.find({kDifferenceMap, 0}); // at the upper left
    ASSERT_NE(map, nullptr);
    EXPECT_TRUE(map->map->removed.back());
    EXPECT_EQ(map->map->values.back(), 0);
    EXPECT_FALSE(map->map->removed.front());
}

TEST(PairOverview, CountsAndSubtracts)
{
    const ModelPair pair = evaluatedPair();
    const QString csv =
        QString::fromStdString(PairOverviewFigure(pair, PairMode::SideBySide).csv());
    const auto all = [](const core::Model& model) { return model.parameters.count(); };
    EXPECT_TRUE(csv.contains(QString("parameters,all,\"%1,%2\",820,+%3")
                                 .arg(all(*pair.current) / 1000)
                                 .arg(all(*pair.current) % 1000, 3, 10, QChar('0'))
                                 .arg(all(*pair.current) - 820)) ||
                csv.contains(QString("parameters,all,%1,820,+%2")
                                 .arg(all(*pair.current))
                                 .arg(all(*pair.current) - 820)))
        << csv.toStdString();
    EXPECT_TRUE(csv.contains(",right,") && csv.contains(",+25\n")) << csv.toStdString();
    EXPECT_TRUE(csv.contains("0,903 of \"") || csv.contains("0,903 of") || csv.contains("903 of 1"))
        << csv.toStdString();
    // 3 only the current model, 7 only the reference.
    EXPECT_TRUE(csv.contains(QString::fromUtf8(",\u22124\n"))) << csv.toStdString();
}

TEST(PairOverview, DrawsBothNetworksOnlyWhereBothAreShown)
{
    const ModelPair pair = evaluatedPair();
    const auto height = [&](PairMode mode) {
        return laidOut(PairOverviewFigure(pair, mode)).height();
    };
    EXPECT_GT(height(PairMode::SideBySide), height(PairMode::Current) + 50);
    EXPECT_GT(height(PairMode::Current), height(PairMode::Difference) + 50);
}

TEST(PairCircuit, PutsPartnersAtTheSamePlaceInBothPanels)
{
    const ModelPair pair = unequalPair();
    ASSERT_TRUE(PairCircuitFigure::fits(pair));
    const PairCircuitFigure figure(pair, PairMode::SideBySide, {});
    const Scene scene = laidOut(figure);
    for (int place = 0; place < 6; ++place) {
        const auto current = scene.areaOf({PairCircuitFigure::kCurrentNode + 1, place});
        const auto reference = scene.areaOf({PairCircuitFigure::kReferenceNode + 1, place});
        ASSERT_TRUE(current && reference);
        EXPECT_EQ(current->left(), reference->left());
        EXPECT_GT(reference->top(), current->bottom());
    }
    // conv1's channel 4 is the reference's channel 1.
    const QString text = figure.hoverText({{PairCircuitFigure::kReferenceNode + 1, 4}});
    EXPECT_TRUE(text.startsWith(QString::fromUtf8("conv1 4 \u2194 1"))) << text.toStdString();
    EXPECT_EQ(figure.nodeAt({{PairCircuitFigure::kReferenceNode + 1, 4}})->node, 4);
}

TEST(PairCircuit, ShowsOnlyPathsThroughWhatIsSelected)
{
    const ModelPair pair = unequalPair();
    PairCircuitFigure::Chosen chosen(6);
    chosen[1] = 4;
    const PairCircuitFigure figure(pair, PairMode::Difference, chosen);
    const auto marks = figure.marksOf({});
    ASSERT_EQ(marks.size(), 1U);
    EXPECT_EQ(marks[0].key, (MapKey{PairCircuitFigure::kDifferenceNode + 1, 4}));
    EXPECT_TRUE(figure.caption().contains("Only paths through what is selected"));
}

TEST(PairCircuit, IsNotDrawnForNetworksOfOtherLayers)
{
    ModelPair pair = unequalPair();
    pair.reference = samples::model("4@4x4 prelu pool, 5@3x3 prelu pool, linear 10", 2);
    EXPECT_FALSE(PairCircuitFigure::fits(pair));
}
