// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_runs.h"
#include "ui/figures/chart.h"
#include "ui/figures/curves_figure.h"
#include "ui/figures/parameters_figure.h"
#include "ui/figures/prune_map.h"
#include "ui/figures/pruning_figure.h"
#include "ui/figures/weight_page.h"

#include <gtest/gtest.h>

#include <set>

using namespace ui;

namespace
{

PruningFigure pruningAfter(int visits)
{
    const core::ModelPointer start = sharedModel("a");
    auto map = std::make_shared<PruneMap>(start->parameters.values());
    for (int visit = 1; visit <= visits; ++visit)
        map->apply(fakeVisit(visit));
    PruningFigureOptions options;
    core::PruneSpec spec;
    spec.options.split = core::Split::Test;
    options.spec.work = spec;
    options.spec.data = "MNIST";
    options.spec.title = "Published pruning";
    options.images = 10000;
    options.total = 784;
    return {start, map, options};
}

} // namespace

TEST(PruneMap, TellsWhatWasZeroBefore)
{
    const std::vector<float> parameters{0, 1, 2};
    PruneMap map(parameters);
    EXPECT_EQ(map.weights[0].fate, WeightFate::Absent);
    EXPECT_EQ(map.weights[1].fate, WeightFate::NotVisited);
}

TEST(PruneMap, ALaterPassMayRemoveWhatAnEarlierOneKept)
{
    PruneMap map(std::vector<float>{1, 1});
    map.apply({1, 1, 0, 1.0F, false, 90, false, 100, 2});
    EXPECT_EQ(map.weights[0].fate, WeightFate::Kept);
    EXPECT_EQ(map.weights[0].change, -10);
    EXPECT_FALSE(map.weights[0].exact);
    map.apply({2, 2, 0, 1.0F, true, 99, true, 100, 1});
    EXPECT_EQ(map.weights[0].fate, WeightFate::Removed);
    ASSERT_EQ(map.curve.size(), 2U);
    EXPECT_EQ(map.curve[0].nonzero, 2);
    EXPECT_EQ(map.curve[1].nonzero, 1);
    EXPECT_EQ(map.curve[1].correct, 99);
}

TEST(WeightPage, EachParameterHasOnePlaceAndFindsItAgain)
{
    for (const char* text : {"4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10",
                             "8@4x4 relu pool, 5@3x3 relu pool, 4@3x3 relu, linear 10",
                             "3@5x5 bn relu pool, linear 20 relu, linear 10"}) {
        const core::Architecture architecture = core::parseArchitecture(text);
        const core::Parameters parameters(architecture);
        const WeightPage page(architecture);
        std::set<std::tuple<int, int, int, int>> places;
        for (const core::ParameterSlice& slice : parameters.slices()) {
            if (!core::isTrainable(slice.role))
                continue;
            for (std::size_t i = slice.offset; i < slice.offset + slice.count; ++i) {
                const SceneHit hit = page.hitOf(i);
                EXPECT_TRUE(
                    places.insert({hit.key.group, hit.key.index, hit.row, hit.column}).second);
                EXPECT_EQ(page.placeOf(hit).parameter, i);
            }
        }
        EXPECT_EQ(places.size(), parameters.count());
    }
}

TEST(WeightPage, NamesAParameterAsPyTorchCounts)
{
    const core::Architecture architecture =
        core::parseArchitecture("4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10");
    const core::Parameters parameters(architecture);
    const core::ParameterSlice* weights = parameters.find("features.3.weight");
    ASSERT_NE(weights, nullptr);
    // [2, 3, 1, 0] of 5x4x3x3
    EXPECT_EQ(WeightPage(architecture).describe(weights->offset + 2 * 36 + 3 * 9 + 3),
              "conv2 features.3.weight[2, 3, 1, 0]");
}

TEST(PruningFigure, SaysWhatSelectsAndHowFarItIs)
{
    const PruningFigure figure = pruningAfter(12);
    EXPECT_TRUE(figure.caption().contains("After 12 of 784 visits: 4 removed, 816 non-zero, "
                                          "98.42 % right. Selected on MNIST test."))
        << figure.caption().toStdString();
}

TEST(PruningFigure, MarksRemovedImprovedAndUnknownCells)
{
    const PruningFigure figure = pruningAfter(12);
    const Scene scene = figure.scene(500, printStyle());
    const SceneMap* first = scene.find({0, 0}); // visits 1 to 12 of the first kernel of 16
    ASSERT_NE(first, nullptr);
    const HeatMap& map = *first->map;
    EXPECT_FALSE(map.removed[0]);
    EXPECT_EQ(map.values[0], -41.0F);
    EXPECT_TRUE(map.removed[2]);
    EXPECT_FALSE(map.raised[2]);
    EXPECT_TRUE(map.removed[5]);
    EXPECT_TRUE(map.raised[5]);
    EXPECT_FALSE(map.blank[11]);
    EXPECT_TRUE(map.blank[12]);
}

TEST(PruningFigure, WritesEachParameterToTheTable)
{
    const std::string csv = pruningAfter(12).csv();
    EXPECT_EQ(std::ranges::count(csv, '\n'), 821);
    EXPECT_NE(csv.find(",removed for better,6,2,1"), std::string::npos);
}

TEST(PruningFigure, FitsItsWidthAndRoom)
{
    const PruningFigure figure = pruningAfter(400);
    for (const double width : {420.0, 700.0, 1600.0}) {
        const Scene scene = figure.scene(width, screenStyle({}, {}), 620);
        for (const SceneMap& map : scene.maps()) {
            EXPECT_LE(map.area.right(), width + 1);
            EXPECT_LE(map.area.bottom(), scene.height());
        }
    }
}

TEST(CurvesFigure, LeavesOutSplitsThatWereNotMeasured)
{
    const std::vector<core::EpochResult> epochs{fakeEpoch(1), fakeEpoch(2)};
    EXPECT_EQ(curvePoints(epochs, CurveSplit::Test, CurveQuantity::Accuracy).size(), 2);
    EXPECT_EQ(curvePoints(epochs, CurveSplit::Validation, CurveQuantity::Loss).size(), 0);
    EXPECT_DOUBLE_EQ(curvePoints(epochs, CurveSplit::Test, CurveQuantity::Accuracy)[1].y(), 90.02);
}

TEST(CurvesFigure, NamesEachTrainingInItsCaption)
{
    const CurvesFigure figure(sharedModel("a"),
                              {{"a", "First", "MNIST", {fakeEpoch(1)}, 0},
                               {"b", "Second", "MNIST", {fakeEpoch(1), fakeEpoch(2)}, 1}});
    EXPECT_TRUE(figure.caption().contains("First: 90.01 % on test after epoch 1"));
    EXPECT_TRUE(figure.caption().contains("Second: 90.02 % on test after epoch 2"));
    EXPECT_GT(figure.heightFor(400, printStyle()), 100);
}

TEST(ParametersFigure, ColoursStayWhileWeightsMoveALittle)
{
    const core::ModelPointer model = sharedModel("a");
    const ParametersFigure first(model, std::vector<float>(820, 0.61F), "now");
    const ParametersFigure second(model, std::vector<float>(820, -0.98F), "now");
    EXPECT_EQ(first.scale(), second.scale());
}

TEST(Chart, TicksAreRoundAndFew)
{
    EXPECT_DOUBLE_EQ(tickStep(20, 8), 5);
    EXPECT_DOUBLE_EQ(tickStep(1, 4), 0.5);
    EXPECT_DOUBLE_EQ(tickStep(0.43, 5), 0.1);
    EXPECT_DOUBLE_EQ(tickStep(820, 10), 100);
}
