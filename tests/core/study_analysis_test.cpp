// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/analysis/importance.h"
#include "core/search/analysis/landscape.h"
#include "core/search/analysis/progress.h"

#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <limits>

namespace core
{

namespace
{

const SearchSpace kSquare = {{{"x", FloatRange{0, 1}}, {"y", FloatRange{0, 1}}}};

Trial complete(int number, double value, std::map<std::string, TrialParameter> parameters = {})
{
    Trial trial;
    trial.number = number;
    trial.state = TrialState::Complete;
    trial.values = {value};
    trial.parameters = std::move(parameters);
    return trial;
}

/// Trials at random places of the square.
std::vector<Trial> scattered(int count, const std::function<double(double, double)>& result)
{
    Random random(3);
    std::vector<Trial> trials;
    for (int i = 0; i < count; ++i) {
        const double x = random.uniform();
        const double y = random.uniform();
        trials.push_back(complete(i, result(x, y),
                                  {{"x", {x, kSquare.dimensions[0].distribution}},
                                   {"y", {y, kSquare.dimensions[1].distribution}}}));
    }
    return trials;
}

StudyHistory historyOf(const std::vector<Trial>& trials, Direction direction = Direction::Maximize)
{
    return {"s", direction, trials};
}

double shareOf(const ImportanceResult& result, const std::string& name)
{
    for (const Importance& one : result.parameters)
        if (one.name == name)
            return one.share;
    ADD_FAILURE() << name;
    return 0;
}

} // namespace

TEST(StudyProgress, KnowsTheBestResultAfterEachTrial)
{
    std::vector<Trial> trials = {complete(0, 0.5), complete(1, 0.7), complete(2, 0.6),
                                 complete(3, std::numeric_limits<double>::quiet_NaN()),
                                 complete(4, 0.9)};
    trials[4].state = TrialState::Pruned; // its last value, which no complete trial had
    using Best = std::vector<std::optional<double>>;
    EXPECT_EQ(bestSoFar(historyOf(trials)), (Best{0.5, 0.7, 0.7, 0.7, 0.7}));
    EXPECT_EQ(bestSoFar(historyOf(trials, Direction::Minimize)), (Best{0.5, 0.5, 0.5, 0.5, 0.5}));
    trials[0].state = TrialState::Fail;
    EXPECT_EQ(bestSoFar(historyOf(trials)).front(), std::nullopt);
    EXPECT_EQ(trialsIn(historyOf(trials), TrialState::Complete), 3);
}

TEST(StudyProgress, DistributesTheResults)
{
    const std::vector<Trial> trials = {complete(0, 3), complete(1, 1), complete(2, 3),
                                       complete(3, 2)};
    const auto shares = resultDistribution(historyOf(trials));
    ASSERT_EQ(shares.size(), 3u);
    EXPECT_EQ(shares[0].value, 1);
    EXPECT_EQ(shares[0].share, 0.25);
    EXPECT_EQ(shares[1].share, 0.5);
    EXPECT_EQ(shares[2].value, 3);
    EXPECT_EQ(shares[2].share, 1);
}

TEST(StudyProgress, JoinsTheRangesThatTrialsDrewFrom)
{
    const std::vector<Trial> trials = {
        complete(0, 1, {{"lr", {0.1, FloatRange{0.01, 0.1, true}}}, {"a", {1, IntRange{1, 3}}}}),
        complete(1, 1, {{"lr", {0.5, FloatRange{0.05, 1, true}}}, {"z", {4, IntRange{4, 8}}}})};
    const SearchSpace known = {{{"z", IntRange{0, 99}}, {"absent", FloatRange{}}}};
    const SearchSpace space = triedSpace(historyOf(trials), known);
    EXPECT_EQ(space, (SearchSpace{{{"z", IntRange{4, 8}},
                                   {"a", IntRange{1, 3}},
                                   {"lr", FloatRange{0.01, 1, true}}}}));
}

TEST(UnitCube, PlacesValuesAndFindsThemAgain)
{
    EXPECT_DOUBLE_EQ(unitPosition(FloatRange{1e-4, 1e-2, true}, 1e-3), 0.5);
    EXPECT_DOUBLE_EQ(unitPosition(FloatRange{2, 4}, 3.5), 0.75);
    EXPECT_DOUBLE_EQ(unitPosition(IntRange{1, 4}, 1), 0.125) << "the middle of the first cell";
    const Distribution words = Categories{{std::string("a"), std::string("b")}};
    EXPECT_DOUBLE_EQ(unitPosition(words, 1), 0.75);
    EXPECT_DOUBLE_EQ(unitPosition(FloatRange{2, 2}, 2), 0.5);
    for (const Distribution& distribution :
         {Distribution(FloatRange{1e-4, 1e-2, true}), Distribution(FloatRange{0, 1, false, 0.25}),
          Distribution(IntRange{2, 20, false, 3}), Distribution(IntRange{1, 64, true}), words})
        for (const double position : {0.0, 0.2, 0.5, 0.8, 1.0}) {
            const double value = valueAtPosition(distribution, position);
            EXPECT_TRUE(contains(distribution, value)) << toJson(distribution) << ' ' << value;
            EXPECT_DOUBLE_EQ(valueAtPosition(distribution, unitPosition(distribution, value)),
                             value);
        }
}

TEST(RegressionTree, TilesTheCubeAndSaysWhatItSaw)
{
    const auto trials = scattered(60, [](double x, double y) { return std::sin(5 * x) * y; });
    const StudySamples samples = studySamples(kSquare, historyOf(trials));
    std::vector<std::size_t> all(60);
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = i;
    const auto cells = growTree(samples, all);
    EXPECT_EQ(cells.size(), 60u);
    double volume = 0;
    for (const TreeCell& cell : cells)
        volume += (cell.high[0] - cell.low[0]) * (cell.high[1] - cell.low[1]);
    EXPECT_NEAR(volume, 1, 1e-12);
    for (std::size_t i = 0; i < all.size(); ++i)
        for (const TreeCell& cell : cells)
            if (samples.points[i][0] >= cell.low[0] && samples.points[i][0] < cell.high[0] &&
                samples.points[i][1] >= cell.low[1] && samples.points[i][1] < cell.high[1])
                EXPECT_EQ(cell.value, samples.results[i]);
}

TEST(ParameterImportance, IsExactForATreeWhoseVarianceIsKnown)
{
    // 2 where x is in its upper half, and 1 more where y is: variances 1 and 1/4.
    std::vector<TreeCell> cells = {{{0, 0}, {0.5, 0.5}, 0},
                                   {{0.5, 0}, {1, 0.5}, 2},
                                   {{0, 0.5}, {0.5, 1}, 1},
                                   {{0.5, 0.5}, {1, 1}, 3}};
    auto shares = mainEffects(cells);
    ASSERT_EQ(shares.size(), 2u);
    EXPECT_DOUBLE_EQ(shares[0], 0.8);
    EXPECT_DOUBLE_EQ(shares[1], 0.2);
    cells[2].value = 2; // either or: neither says anything alone
    cells[3].value = 0;
    shares = mainEffects(cells);
    EXPECT_DOUBLE_EQ(shares[0], 0);
    EXPECT_DOUBLE_EQ(shares[1], 0);
    for (TreeCell& cell : cells)
        cell.value = 1;
    EXPECT_TRUE(mainEffects(cells).empty());
}

// The shares of 3 x + y are 9/10 and 1/10. A forest of staircases over 400 random points comes
// within a few hundredths; the bound is wider than ten seeds ever needed.
TEST(ParameterImportance, FindsTheSharesOfAFunction)
{
    const auto sum = scattered(400, [](double x, double y) { return 3 * x + y; });
    const ImportanceResult result = parameterImportance(kSquare, historyOf(sum));
    EXPECT_EQ(result.results, 400);
    EXPECT_EQ(result.parameters.front().name, "x");
    EXPECT_NEAR(shareOf(result, "x"), 0.9, 0.04);
    EXPECT_NEAR(shareOf(result, "y"), 0.1, 0.04);
    EXPECT_LT(result.together, 0.05);
    EXPECT_EQ(parameterImportance(kSquare, historyOf(sum)), result) << "the same seed";

    // Around their middles a product has no effect of one factor alone.
    const auto product = scattered(400, [](double x, double y) { return (x - 0.5) * (y - 0.5); });
    EXPECT_GT(parameterImportance(kSquare, historyOf(product)).together, 0.75);
}

TEST(ParameterImportance, SaysNothingOfTooFewOrEqualResults)
{
    const auto few = scattered(kLeastResults - 1, [](double x, double) { return x; });
    EXPECT_TRUE(parameterImportance(kSquare, historyOf(few)).parameters.empty());
    const auto equal = scattered(50, [](double, double) { return 1; });
    EXPECT_TRUE(parameterImportance(kSquare, historyOf(equal)).parameters.empty());
    std::stop_source stop;
    stop.request_stop();
    const auto enough = scattered(50, [](double x, double) { return x; });
    EXPECT_TRUE(
        parameterImportance(kSquare, historyOf(enough), {}, stop.get_token()).parameters.empty());
}

TEST(Landscape, IsATrialsOwnResultWhereThereIsOne)
{
    const auto& x = kSquare.dimensions[0];
    const auto& y = kSquare.dimensions[1];
    const auto at = [&](int number, double across, double up, double value) {
        return complete(number, value,
                        {{"x", {across, x.distribution}}, {"y", {up, y.distribution}}});
    };
    const std::vector<Trial> trials = {at(0, 0.125, 0.125, 2), at(1, 0.875, 0.125, 5),
                                       at(2, 0.125, 0.875, 2), at(3, 0.875, 0.875, 7)};
    const Landscape made = landscape(x, y, historyOf(trials), 4, 4);
    ASSERT_EQ(made.results.size(), 16u);
    EXPECT_EQ(made.results[0], 2);
    EXPECT_EQ(made.results[3], 5);
    EXPECT_EQ(made.results[12], 2);
    EXPECT_EQ(made.results[15], 7);
    for (const float value : made.results) {
        EXPECT_GE(value, 2);
        EXPECT_LE(value, 7);
    }
    EXPECT_TRUE(landscape(x, y, historyOf({}), 4, 4).results.empty());
}

TEST(Landscape, HasItsLevelsWhereTheyAre)
{
    // Rises by 1 a column: level 1.5 is halfway between the second and the third, at 0.5.
    Landscape plane{4, 4, {}, 1};
    for (int i = 0; i < 16; ++i)
        plane.results.push_back(static_cast<float>(i % 4));
    const auto pieces = levelLines(plane, 1.5);
    ASSERT_EQ(pieces.size(), 3u);
    double length = 0;
    for (const auto& [from, to] : pieces) {
        EXPECT_DOUBLE_EQ(from.first, 0.5);
        EXPECT_DOUBLE_EQ(to.first, 0.5);
        length += std::abs(to.second - from.second);
    }
    EXPECT_DOUBLE_EQ(length, 0.75);
    EXPECT_TRUE(levelLines(plane, 9).empty());
}

} // namespace core
