// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sample_digits.h"
#include "tests/ui/pair_samples.h"
#include "ui/figures/pair_heatmap.h"
#include "ui/figures/pair_predictions.h"
#include "ui/figures/pair_units.h"
#include "ui/figures/pair_weights.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace ui;
using samples::laidOut;
using samples::unequalPair;
using samples::valueAt;

namespace
{

ModelPair equalPair()
{
    auto sparse = std::make_shared<core::Model>(*samples::model(samples::kGolf, 1));
    sparse->parameters.values()[3] = 0;
    auto other = std::make_shared<core::Model>(*samples::model(samples::kGolf, 1));
    other->parameters.values()[5] = 0;
    ModelPair pair{sparse, other, nullptr};
    auto comparison = std::make_shared<core::Comparison>();
    comparison->data = "made-up digits, 450 images";
    comparison->tensors = core::parameterDifference(*other, *sparse);
    comparison->mask = core::maskDifference(comparison->tensors);
    pair.comparison = comparison;
    return pair;
}

PairActivations activationsOf(const ModelPair& pair)
{
    return {samples::activations(*pair.current), samples::activations(*pair.reference), "an image"};
}

} // namespace

TEST(PairFigures, KeepTheCurrentModelsOrderAndSayWhatHasNoPartner)
{
    const auto matches = channelMatches(unequalPair(), "conv1");
    ASSERT_EQ(matches.size(), 6U);
    EXPECT_EQ(matches[5].reference, 0);
    EXPECT_EQ(matches[2].reference, 3);
    EXPECT_DOUBLE_EQ(*matches[2].correlation, 0.8);
    EXPECT_FALSE(matches[0].reference);
    EXPECT_EQ(matches[0].text(), "0, only in current");
    ModelPair swapped = unequalPair();
    std::swap(swapped.current, swapped.reference);
    auto comparison = std::make_shared<core::Comparison>(*swapped.comparison);
    comparison->units = {samples::crossed("conv1", 6, 4)};
    swapped.comparison = comparison;
    const auto other = channelMatches(swapped, "conv1");
    ASSERT_EQ(other.size(), 6U);
    EXPECT_EQ(other[4].text(), "4, only in reference");
    const auto logits = channelMatches(unequalPair(), "logits");
    ASSERT_EQ(logits.size(), 10U);
    EXPECT_EQ(logits[7].reference, 7);
    EXPECT_FALSE(logits[7].correlation);
}

TEST(PairFigures, ChannelsStandBesideTheirPartnerOnOneScale)
{
    const ModelPair pair = unequalPair();
    const PairActivations images = activationsOf(pair);
    const PairChannelsFigure figure(pair, PairMode::SideBySide, 0, core::Stage::Post, images);
    const Scene scene = laidOut(figure);
    const core::Unit& unit = pair.reference->architecture.units()[0];
    const auto& reference = images.reference->of(unit, core::Stage::Post).values;
    const auto area = static_cast<std::size_t>(unit.shape.area());
    // The reference's channel 1 is the partner of the current model's channel 4.
    EXPECT_EQ(valueAt(scene, {kReferenceMap, 4}, 2, 3),
              reference[area + 2 * static_cast<std::size_t>(unit.shape.width) + 3]);
    EXPECT_EQ(scene.find({kReferenceMap, 0}), nullptr); // only in the current model
    const ColourScale scale = scene.find({kCurrentMap, 0})->map->scale;
    for (const SceneMap& map : scene.maps())
        if (map.key.group != PairChannelsFigure::kInput) {
            EXPECT_EQ(map.map->scale, scale);
        }
}

TEST(PairFigures, DifferenceIsCurrentLessReference)
{
    const ModelPair pair = unequalPair();
    const PairActivations images = activationsOf(pair);
    const auto one = [&](PairMode mode) {
        return laidOut(PairChannelsFigure(pair, mode, 0, core::Stage::Post, images));
    };
    const Scene both = one(PairMode::SideBySide);
    const Scene difference = one(PairMode::Difference);
    EXPECT_FLOAT_EQ(valueAt(difference, {kDifferenceMap, 4}, 1, 2),
                    valueAt(both, {kCurrentMap, 4}, 1, 2) -
                        valueAt(both, {kReferenceMap, 4}, 1, 2));
    EXPECT_EQ(difference.find({kDifferenceMap, 0}), nullptr);
    EXPECT_DOUBLE_EQ(difference.find({kDifferenceMap, 4})->map->scale.low,
                     -difference.find({kDifferenceMap, 4})->map->scale.high);
}

TEST(PairFigures, FlickeringPutsTheReferenceIntoTheSamePlace)
{
    const ModelPair pair = unequalPair();
    const PairActivations images = activationsOf(pair);
    const auto place = [&](PairMode mode, PairGroup group) {
        return laidOut(PairChannelsFigure(pair, mode, 0, core::Stage::Post, images))
            .areaOf({group, 4});
    };
    ASSERT_TRUE(place(PairMode::Current, kCurrentMap));
    EXPECT_EQ(place(PairMode::Current, kCurrentMap), place(PairMode::Reference, kReferenceMap));
}

TEST(PairFigures, KernelsArePairedByOutputAndInputChannel)
{
    const ModelPair pair = unequalPair();
    const PairKernelsFigure figure(pair, PairMode::SideBySide, 1);
    const Scene scene = laidOut(figure);
    // conv2 of the current model reads 6 channels, so its cells come in rows of 6. Output 0 from
    // input 2: in the reference output 4 from input 3.
    const auto* slice = pair.reference->parameters.find(
        pair.reference->architecture.units()[1].weightLayer, core::ParameterRole::Weight);
    const auto weights = pair.reference->parameters.of(*slice);
    EXPECT_EQ(valueAt(scene, {kReferenceMap, 2}, 1, 2), weights[(4 * 4 + 3) * 9 + 5]);
    EXPECT_EQ(scene.find({kReferenceMap, 0}), nullptr); // from a channel that only current has
    Selection selection;
    EXPECT_EQ(figure.chosen({{kCurrentMap, 7}, 0, 0}, selection).channel, 1);
}

TEST(PairFigures, HeatmapPutsMatchedChannelsAboveEachOther)
{
    const ModelPair pair = unequalPair();
    auto statistics = std::make_shared<PairStatistics>(
        PairStatistics{*samples::statistics(*pair.current), *samples::statistics(*pair.reference)});
    const PairHeatmapFigure figure(pair, PairMode::SideBySide, statistics);
    const Scene scene = laidOut(figure);
    const core::ClassStatistics& reference = statistics->reference;
    // Current channel 1 and reference channel 2.
    EXPECT_FLOAT_EQ(valueAt(scene, {kReferenceMap, 1}, 6, 4),
                    static_cast<float>(reference.meanOf(6, 2 * 9 + 4)));
    EXPECT_EQ(scene.areaOf({kReferenceMap, 1})->left(), scene.areaOf({kCurrentMap, 1})->left());
    const Selection chosen = figure.chosen({{kCurrentMap, 3}, 8, 5}, {});
    EXPECT_EQ(chosen.unit, 2);
    EXPECT_EQ(chosen.channel, 3);
    EXPECT_EQ(chosen.position, 5);
    EXPECT_EQ(chosen.label, 8);
}

TEST(PairFigures, MaskTellsWhichModelHasAWeight)
{
    const ModelPair pair = equalPair();
    const PairWeightsFigure figure(pair, PairMode::Mask);
    const Scene scene = laidOut(figure);
    EXPECT_EQ(valueAt(scene, {0, 0}, 0, 3), -1); // only in the reference
    EXPECT_EQ(valueAt(scene, {0, 0}, 1, 1), 1);  // only in the current model
    EXPECT_EQ(valueAt(scene, {0, 0}, 0, 0), 0);  // in both
    const std::vector<bool>& hatched = scene.find({0, 0})->map->hatched; // not by colour alone
    EXPECT_EQ(std::ranges::count(hatched, true), 1);
    EXPECT_TRUE(hatched[3]);
    const auto values = pair.current->parameters.values();
    EXPECT_TRUE(figure.hoverText({{0, 0}, 0, 3}).contains("current removed"));
    EXPECT_EQ(pair.comparison->mask.onlyA, 1U);
    EXPECT_TRUE(figure.caption().contains("1 only in the current model, 1 only in the reference"))
        << figure.caption().toStdString();
    EXPECT_EQ(figure.chosen({{0, 0}, 0, 3}, {}).channel, 0);
    EXPECT_EQ(values.size(), 820U);
}

TEST(PairFigures, WeightsOfOtherShapesAreNamedInsteadOfCompared)
{
    const ModelPair pair = unequalPair();
    const PairWeightsFigure figure(pair, PairMode::Difference);
    const Scene scene = laidOut(figure);
    const SceneMap* conv1 = scene.find({0, 0});
    ASSERT_NE(conv1, nullptr);
    EXPECT_TRUE(conv1->map->blank[0]);
    const std::size_t bias = pair.current->parameters.values().size() - 10;
    const WeightPage page(pair.current->architecture);
    const SceneHit hit = page.hitOf(bias);
    EXPECT_FLOAT_EQ(
        valueAt(scene, hit.key, hit.row, hit.column),
        pair.current->parameters.values()[bias] -
            pair.reference->parameters.values()[pair.reference->parameters.values().size() - 10]);
}

TEST(PairFigures, PredictionsListTheImagesThatPassTheFilter)
{
    ModelPair pair = equalPair();
    auto comparison = std::make_shared<core::Comparison>(*pair.comparison);
    const auto data = std::make_shared<core::Dataset>(core::sampleDigits(30, 1, core::Split::Test));
    core::Evaluation reference;
    core::Evaluation current;
    for (const std::uint8_t label : data->labels) {
        reference.predictions.push_back(label);
        current.predictions.push_back(label);
    }
    const auto wrong = [](std::uint8_t label) {
        return static_cast<std::uint8_t>((label + 1) % 10);
    };
    reference.predictions[4] = wrong(data->labels[4]);
    current.predictions[9] = wrong(data->labels[9]);
    current.predictions[11] = wrong(data->labels[11]);
    reference.predictions[20] = wrong(data->labels[20]);
    current.predictions[20] = static_cast<std::uint8_t>((data->labels[20] + 2) % 10);
    comparison->predictions = core::comparePredictions(reference, current, data->labels, 10);
    pair.comparison = comparison;
    const auto shown = [&](DisagreementFilter filter) {
        std::vector<int> images;
        const PairPredictionsFigure figure(pair, data, filter);
        for (const core::Disagreement& one : figure.disagreements())
            images.push_back(one.image);
        return images;
    };
    EXPECT_EQ(shown(DisagreementFilter::All), (std::vector{4, 9, 11, 20}));
    EXPECT_EQ(shown(DisagreementFilter::OnlyCurrentRight), (std::vector{4}));
    EXPECT_EQ(shown(DisagreementFilter::OnlyReferenceRight), (std::vector{9, 11}));
    EXPECT_EQ(shown(DisagreementFilter::BothWrong), (std::vector{20}));

    const PairPredictionsFigure figure(pair, data, DisagreementFilter::OnlyReferenceRight);
    const Scene scene = laidOut(figure);
    EXPECT_EQ(figure.imageAt({{PairPredictionsFigure::kImage, 1}}), 11);
    EXPECT_EQ(figure.markOf(9)->key, (MapKey{PairPredictionsFigure::kImage, 0}));
    EXPECT_FALSE(figure.markOf(4));
    EXPECT_EQ(valueAt(scene, {PairPredictionsFigure::kImage, 1}, 14, 14),
              data->imagesAsFloat(11, 1)[14 * 28 + 14]);
    EXPECT_EQ(QString::fromStdString(figure.csv()).count('\n'), 3);
}

TEST(PairFigures, NameBothModelsInTheirRecipe)
{
    const ModelPair pair = unequalPair();
    const QJsonObject recipe = PairWeightsFigure(pair, PairMode::Difference).recipe();
    EXPECT_EQ(recipe["model"].toObject()["hash"].toString().toStdString(),
              core::modelHash(*pair.current));
    EXPECT_EQ(recipe["reference"].toObject()["hash"].toString().toStdString(),
              core::modelHash(*pair.reference));
    EXPECT_EQ(recipe["mode"], "difference");
}
