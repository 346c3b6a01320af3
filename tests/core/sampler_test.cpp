// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/sampler.h"

#include "core/search/grid_sampler.h"

#include <cmath>
#include <gtest/gtest.h>
#include <set>

namespace core
{

namespace
{

const SearchSpace kSpace = {{{"batch", IntRange{4, 32}},
                             {"lr", FloatRange{1e-5, 1e-2, true}},
                             {"gamma", FloatRange{0.1, 0.9, false, 0.2}},
                             {"width", IntRange{1, 64, true}},
                             {"kind", Categories{{std::string("a"), std::string("b")}}}}};

/// Lets a sampler and an empty objective play `count` trials.
std::vector<Trial> play(const Sampler& sampler, const SearchSpace& space, int count)
{
    std::vector<Trial> trials;
    for (int number = 0; number < count; ++number) {
        const auto suggestion =
            sampler.suggest(space, {"play", Direction::Minimize, trials}, number);
        if (!suggestion)
            break;
        Trial trial;
        trial.number = number;
        trial.state = TrialState::Complete;
        trial.values = {0};
        trial.systemAttributes = suggestion->attributes;
        for (const auto& [name, value] : suggestion->point)
            trial.parameters[name] = {value, *space.find(name)};
        trials.push_back(std::move(trial));
    }
    return trials;
}

} // namespace

TEST(Samplers, StayInsideEveryRange)
{
    for (const SamplerKind kind : {SamplerKind::Random, SamplerKind::Grid, SamplerKind::Tpe}) {
        const auto sampler = makeSampler({.kind = kind});
        const auto trials = play(*sampler, kSpace, 40);
        ASSERT_EQ(trials.size(), 40u) << sampler->name();
        for (const Trial& trial : trials) {
            ASSERT_EQ(trial.parameters.size(), kSpace.dimensions.size());
            for (const auto& [name, parameter] : trial.parameters)
                EXPECT_TRUE(contains(parameter.distribution, parameter.internal))
                    << sampler->name() << " " << name << " " << parameter.internal;
        }
    }
}

TEST(RandomSampler, IsUniformOnTheLogarithm)
{
    const auto trials = play(*makeSampler({.kind = SamplerKind::Random}), kSpace, 2000);
    int low = 0;
    int ones = 0;
    for (const Trial& trial : trials) {
        low += trial.parameters.at("lr").internal < std::sqrt(1e-5 * 1e-2);
        ones += trial.parameters.at("width").internal == 1;
    }
    EXPECT_NEAR(low, 1000, 90); // four standard deviations
    // From ln 0.5 to ln 1.5 of ln 0.5 to ln 64.5.
    EXPECT_NEAR(ones, 2000 * std::log(3.0) / std::log(129.0), 75);
}

TEST(RandomSampler, DrawsEachTrialFromItsNumberAlone)
{
    const auto sampler = makeSampler({.kind = SamplerKind::Random, .seed = 3});
    const auto alone = sampler->suggest(kSpace, {}, 7)->point;
    const auto trials = play(*sampler, kSpace, 8);
    for (const auto& [name, parameter] : trials[7].parameters)
        EXPECT_EQ(parameter.internal, alone.at(name));
    const auto other = makeSampler({.kind = SamplerKind::Random, .seed = 4});
    EXPECT_NE(other->suggest(kSpace, {}, 7)->point, alone);
}

TEST(GridSampler, VisitsEveryCombinationOnceAndEnds)
{
    const SearchSpace space = {
        {{"a", IntRange{1, 3}}, {"b", FloatRange{1, 100, true}}, {"c", Categories{{true, false}}}}};
    const auto sampler = makeSampler({.kind = SamplerKind::Grid, .gridSteps = 3});
    const auto trials = play(*sampler, space, 100);
    EXPECT_EQ(gridSize(space, 3), 18u);
    ASSERT_EQ(trials.size(), 18u);
    std::set<std::vector<double>> points;
    for (const Trial& trial : trials)
        points.insert({trial.parameters.at("a").internal, trial.parameters.at("b").internal,
                       trial.parameters.at("c").internal});
    EXPECT_EQ(points.size(), 18u);
    EXPECT_NEAR(gridValues(*space.find("b"), 3)[1], 10, 1e-12);
}

TEST(GridSampler, CountsAHugeGridWithoutOverflow)
{
    SearchSpace space;
    for (int i = 0; i < 40; ++i)
        space.dimensions.push_back({std::to_string(i), FloatRange{0, 1}});
    EXPECT_EQ(gridSize(space, 10), std::uint64_t(1) << 62);
    EXPECT_EQ(play(*makeSampler({.kind = SamplerKind::Grid, .gridSteps = 10}), space, 3).size(),
              3u);
}

TEST(BestTrial, IsTheFirstOfTheBestCompleteOnes)
{
    std::vector<Trial> trials(4);
    trials[0].state = TrialState::Complete;
    trials[0].values = {0.5};
    trials[1].state = TrialState::Pruned;
    trials[1].values = {0.9};
    trials[2].state = TrialState::Complete;
    trials[2].values = {0.7};
    trials[3].state = TrialState::Complete;
    trials[3].values = {0.7};
    EXPECT_EQ(bestTrial({"", Direction::Maximize, trials}), &trials[2]);
    EXPECT_EQ(bestTrial({"", Direction::Minimize, trials}), &trials[0]);
    EXPECT_EQ(bestTrial({"", Direction::Minimize, {}}), nullptr);
}

TEST(TrialAttributes, ReadNumbersAsPythonWritesThem)
{
    const TrialAttributes attributes = {
        {"a", "0.25"}, {"b", "Infinity"}, {"c", "-Infinity"}, {"d", "NaN"}, {"e", "\"x\""}};
    EXPECT_EQ(attributeNumber(attributes, "a"), 0.25);
    EXPECT_EQ(attributeNumber(attributes, "b"), INFINITY);
    EXPECT_EQ(attributeNumber(attributes, "c"), -INFINITY);
    EXPECT_TRUE(std::isnan(*attributeNumber(attributes, "d")));
    EXPECT_EQ(attributeNumber(attributes, "e"), std::nullopt);
    EXPECT_EQ(attributeNumber(attributes, "f"), std::nullopt);
    for (const double number : {0.1, -double(INFINITY), 1e300})
        EXPECT_EQ(attributeNumber({{"x", attributeText(number)}}, "x"), number);
}

} // namespace core
