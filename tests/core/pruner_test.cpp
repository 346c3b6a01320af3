// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/pruner.h"

#include "core/base/error.h"
#include "core/search/halving_pruner.h"
#include "core/search/percentile_pruner.h"
#include "tests/support/places.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <nlohmann/json.hpp>

namespace core
{

namespace
{

const nlohmann::json& record()
{
    static const auto kRecord = nlohmann::json::parse(
        test::readFile(test::sourcePath("tests/data/search/pruner_decisions.json")));
    return kRecord;
}

/// What record_pruners.py calls by these names.
PrunerOptions optionsOf(const std::string& name)
{
    if (name == "median")
        return {};
    if (name == "median_later")
        return {.percentile = {.startup = 2, .warmup = 3, .interval = 4, .least = 3}};
    if (name == "percentile")
        return {.kind = PrunerKind::Percentile, .percentile = {.percentile = 25}};
    if (name == "halving")
        return {.kind = PrunerKind::SuccessiveHalving, .halving = {.minSteps = 2, .factor = 3}};
    if (name == "halving_auto")
        return {.kind = PrunerKind::SuccessiveHalving};
    if (name == "halving_bootstrap")
        return {.kind = PrunerKind::SuccessiveHalving, .halving = {.minSteps = 4, .bootstrap = 1}};
    if (name == "hyperband")
        return {.kind = PrunerKind::Hyperband, .hyperband = {.maxSteps = 27}};
    return {.kind = PrunerKind::Hyperband, .hyperband = {.minSteps = 2}};
}

/// Plays a recorded game again and says where a decision differs.
void replay(const nlohmann::json& game)
{
    const std::string name = game.at("pruner");
    const auto pruner = makePruner(optionsOf(name));
    const auto steps = record().at("steps").get<std::size_t>();
    std::vector<Trial> trials;
    StudyHistory history{game.at("study"),
                         game.at("direction") == "minimize" ? Direction::Minimize
                                                            : Direction::Maximize,
                         {}};
    for (const auto& event : game.at("events")) {
        const auto number = event[0].get<std::size_t>();
        while (trials.size() <= number) {
            trials.emplace_back();
            trials.back().number = static_cast<int>(trials.size() - 1);
        }
        history.trials = trials;
        Trial& trial = trials[number];
        const auto& value = game.at("curves")[number][trial.reported.size()];
        const double reported =
            value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
        trial.reported[static_cast<std::int64_t>(trial.reported.size() + 1)] = reported;
        const PruneVerdict verdict = pruner->judge(history, trial);
        ASSERT_EQ(verdict.prune, event[1].get<int>() == 1)
            << name << ", trial " << number << ", step " << trial.reported.size();
        for (const auto& [key, attribute] : verdict.attributes)
            trial.systemAttributes[key] = attribute;
        if (verdict.prune)
            trial.state = TrialState::Pruned;
        else if (trial.reported.size() == steps)
            trial.state = std::isnan(reported) ? TrialState::Fail : TrialState::Complete;
    }
    for (std::size_t i = 0; i < trials.size(); ++i) {
        const auto& rungs = game.at("rungs")[i];
        ASSERT_EQ(trials[i].systemAttributes.size(), rungs.size()) << name << ", trial " << i;
        for (const auto& [key, value] : rungs.items())
            EXPECT_EQ(attributeNumber(trials[i].systemAttributes, key), value.get<double>());
    }
}

} // namespace

TEST(Pruners, DecideAsOptunaDoesWithTrialsSideBySide)
{
    for (const auto& game : record().at("games"))
        replay(game);
}

TEST(Pruners, LetEverythingPassWhereThereIsNone)
{
    Trial trial;
    trial.reported = {{1, std::numeric_limits<double>::quiet_NaN()}};
    EXPECT_FALSE(makePruner({.kind = PrunerKind::None})->judge({}, trial).prune);
}

TEST(Pruners, RefuseOptionsWithoutSense)
{
    EXPECT_THROW(makePruner({.kind = PrunerKind::Percentile, .percentile = {.percentile = 101}}),
                 Error);
    EXPECT_THROW(makePruner({.kind = PrunerKind::SuccessiveHalving, .halving = {.factor = 1}}),
                 Error);
    EXPECT_THROW(
        makePruner({.kind = PrunerKind::Hyperband, .hyperband = {.minSteps = 5, .maxSteps = 4}}),
        Error);
    EXPECT_THROW(makePruner({.percentile = {.interval = 0}}), Error);
}

TEST(Hyperband, SharesTrialsAmongItsBracketsByTheirBudgets)
{
    // 27 steps, factor 3: brackets that begin at 1, 3, 9 and 27 steps; ceil(4 * 3^s / (s + 1)).
    const auto budgets = bracketBudgets(1, 27, 3);
    EXPECT_EQ(budgets, (std::vector<std::int64_t>{27, 12, 6, 4}));
    std::vector<int> counts(4);
    for (int number = 0; number < 4900; ++number)
        ++counts[bracketOf("a study", number, budgets)];
    for (std::size_t i = 0; i < counts.size(); ++i)
        EXPECT_NEAR(counts[i], 100.0 * static_cast<double>(budgets[i]), 4 * std::sqrt(4900 * 0.25));
    EXPECT_EQ(bracketBudgets(4, 4, 3).size(), 1u);
}

TEST(Percentile, LiesBetweenTheNeighbours)
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(percentile({4, 1, nan, 2, 3}, 50), 2.5);
    EXPECT_EQ(percentile({4, 1, 2, 3}, 0), 1);
    EXPECT_EQ(percentile({4, 1, 2, 3}, 100), 4);
    EXPECT_EQ(percentile({INFINITY, INFINITY}, 50), INFINITY);
    EXPECT_TRUE(std::isnan(percentile({nan}, 50)));
}

} // namespace core
