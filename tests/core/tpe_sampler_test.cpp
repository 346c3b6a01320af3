// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/tpe_sampler.h"

#include "tests/support/places.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <nlohmann/json.hpp>

namespace
{

using Json = nlohmann::ordered_json;

const Json& record()
{
    static const Json kRecord =
        Json::parse(test::readFile(test::sourcePath("tests/data/search/tpe_densities.json")));
    return kRecord;
}

core::SearchSpace recordedSpace()
{
    return core::searchSpaceFromJson(record().at("space").dump());
}

core::Trial trialOf(const Json& json, const core::SearchSpace& space)
{
    core::Trial trial;
    trial.state = *core::stateByName(json.at("state").get<std::string>());
    for (const auto& [name, value] : json.at("params").items())
        trial.parameters[name] = {value.get<double>(), *space.find(name)};
    if (!json.at("value").is_null())
        trial.values = {json.at("value").get<double>()};
    for (const auto& [step, value] : json.at("reported").items())
        trial.reported[std::stoll(step)] =
            value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
    return trial;
}

/// A recorded study.
struct Case {
    Case(const Json& recorded, const core::SearchSpace& space) : json(recorded)
    {
        for (const Json& trial : json.at("trials"))
            trials.push_back(trialOf(trial, space));
        history.trials = trials;
        history.direction = json.at("direction") == "minimize" ? core::Direction::Minimize
                                                               : core::Direction::Maximize;
    }

    const Json& json;
    std::vector<core::Trial> trials;
    core::StudyHistory history;
};

/// Optuna's own error function is accurate to some units in the last place, and so is the C
/// library's; a difference of logarithms may lose a few more digits.
void expectClose(double actual, double expected, const std::string& what)
{
    EXPECT_NEAR(actual, expected, 1e-9 * std::abs(expected)) << what;
}

void expectClose(const std::vector<double>& actual, const Json& expected, const std::string& what)
{
    ASSERT_EQ(actual.size(), expected.size()) << what;
    for (std::size_t i = 0; i < actual.size(); ++i)
        expectClose(actual[i], expected[i].get<double>(), what);
}

void expectComponents(const core::ParzenEstimator& estimator, std::size_t dimension,
                      const Json& expected, const std::string& what)
{
    const auto& components = estimator.components(dimension);
    if (const auto* numerical = std::get_if<core::ParzenEstimator::Numerical>(&components)) {
        std::vector<double> means;
        std::vector<double> deviations;
        for (const core::TruncatedNormal& normal : numerical->normals) {
            means.push_back(normal.mean());
            deviations.push_back(normal.deviation());
        }
        expectClose(means, expected.at("means"), what + " means");
        expectClose(deviations, expected.at("deviations"), what + " deviations");
        return;
    }
    const auto& rows = std::get<core::ParzenEstimator::Categorical>(components).probabilities;
    ASSERT_EQ(rows.size(), expected.at("probabilities").size()) << what;
    for (std::size_t i = 0; i < rows.size(); ++i)
        expectClose(rows[i], expected.at("probabilities")[i], what + " probabilities");
}

void expectDensity(const core::ParzenEstimator& estimator,
                   const std::vector<core::Dimension>& dimensions, const Json& expected,
                   const Json& points, const std::string& what)
{
    expectClose(estimator.weights(), expected.at("weights"), what + " weights");
    for (std::size_t i = 0; i < dimensions.size(); ++i)
        expectComponents(estimator, i, expected.at("components").at(dimensions[i].name), what);
    for (std::size_t i = 0; i < points.size(); ++i) {
        core::SearchPoint point;
        for (const core::Dimension& dimension : dimensions)
            point[dimension.name] = points[i].at(dimension.name).get<double>();
        expectClose(estimator.logDensity(point), expected.at("log_density")[i].get<double>(),
                    what + " log density");
    }
}

void expectDensities(const Case& study, const std::vector<core::Dimension>& dimensions,
                     core::Bandwidth bandwidth, const Json& expected, const std::string& what)
{
    const auto split = core::splitTrials(study.history, study.json.at("constant_liar").get<bool>());
    const auto [below, above] = core::tpeDensities(dimensions, study.history, split, bandwidth);
    expectDensity(below, dimensions, expected.at("below"), study.json.at("points"),
                  what + ", below,");
    expectDensity(above, dimensions, expected.at("above"), study.json.at("points"),
                  what + ", above,");
}

/// Complete trials of y = (x - 0.3)^2, x in [0, 1].
std::vector<core::Trial> parabola(int count)
{
    core::Random random(1);
    std::vector<core::Trial> trials;
    for (int i = 0; i < count; ++i) {
        core::Trial trial;
        trial.number = i;
        trial.state = core::TrialState::Complete;
        const double x = random.uniform();
        trial.parameters["x"] = {x, core::FloatRange{0, 1}};
        trial.values = {(x - 0.3) * (x - 0.3)};
        trials.push_back(trial);
    }
    return trials;
}

const core::SearchSpace kLine = {{{"x", core::FloatRange{0, 1}}}};

} // namespace

TEST(TpeSampler, BuildsTheDensitiesThatOptunaBuildsForEachKindOfParameter)
{
    const core::SearchSpace space = recordedSpace();
    for (const Json& recorded : record().at("cases")) {
        const Case study(recorded, space);
        for (const core::Dimension& dimension : space.dimensions)
            expectDensities(study, {dimension}, core::Bandwidth::Neighbours,
                            recorded.at("densities").at(dimension.name),
                            std::to_string(study.trials.size()) + " trials, " + dimension.name);
    }
}

TEST(TpeSampler, BuildsTheMultivariateDensitiesThatOptunaBuilds)
{
    const core::SearchSpace space = recordedSpace();
    for (const Json& recorded : record().at("cases")) {
        const Case study(recorded, space);
        expectDensities(study, space.dimensions, core::Bandwidth::Scott, recorded.at("together"),
                        std::to_string(study.trials.size()) + " trials");
    }
}

TEST(TpeSampler, GivesTheSamePointForTheSameHistoryAndNumber)
{
    const auto trials = parabola(20);
    const core::StudyHistory history{"line", core::Direction::Minimize, trials};
    const core::TpeSampler sampler({}, 5);
    const double first = sampler.suggest(kLine, history, 20)->point.at("x");
    EXPECT_EQ(sampler.suggest(kLine, history, 20)->point.at("x"), first);
    EXPECT_NE(sampler.suggest(kLine, history, 21)->point.at("x"), first);
}

TEST(TpeSampler, SearchesWhereTheGoodTrialsLie)
{
    const auto trials = parabola(60);
    const core::StudyHistory history{"line", core::Direction::Minimize, trials};
    const core::TpeSampler sampler({}, 5);
    int near = 0;
    for (int number = 60; number < 160; ++number)
        near += std::abs(sampler.suggest(kLine, history, number)->point.at("x") - 0.3) < 0.15;
    EXPECT_GT(near, 80); // 30 of a uniform draw
}

TEST(TpeSampler, FindsBetterValuesThanRandomDrawsAtTheSameBudget)
{
    // Twenty studies of forty trials each, on a bowl in the published ranges.
    const core::SearchSpace& space = core::searchSpacePresets().front().space;
    const auto lossAt = [](const core::SearchPoint& point) {
        const double lr = (std::log10(point.at("lr")) + 2.6) / 1.5;
        const double batch = (point.at("batch") - 10) / 14;
        const double gamma = (point.at("lr_gamma") - 0.6) / 0.4;
        const double step = (point.at("lr_step") - 4) / 2.5;
        return lr * lr + batch * batch + gamma * gamma + step * step;
    };
    const auto meanOfBest = [&](core::SamplerKind kind) {
        double sum = 0;
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            const auto sampler = core::makeSampler({.kind = kind, .seed = seed});
            std::vector<core::Trial> trials;
            for (int number = 0; number < 40; ++number) {
                const auto suggestion =
                    sampler->suggest(space, {"bowl", core::Direction::Minimize, trials}, number);
                core::Trial trial;
                trial.number = number;
                trial.state = core::TrialState::Complete;
                for (const auto& [name, value] : suggestion->point)
                    trial.parameters[name] = {value, *space.find(name)};
                trial.values = {lossAt(suggestion->point)};
                trials.push_back(std::move(trial));
            }
            sum += *core::bestTrial({"bowl", core::Direction::Minimize, trials})->value();
        }
        return sum / 20;
    };
    EXPECT_LT(meanOfBest(core::SamplerKind::Tpe), 0.5 * meanOfBest(core::SamplerKind::Random));
}

TEST(TpeSampler, DrawsUniformlyUntilEnoughTrialsAreFinished)
{
    auto trials = parabola(9);
    const core::StudyHistory history{"line", core::Direction::Minimize, trials};
    const core::TpeSampler sampler({}, 5);
    int right = 0;
    for (int number = 0; number < 400; ++number)
        right += sampler.suggest(kLine, history, number)->point.at("x") > 0.5;
    EXPECT_NEAR(right, 200, 40); // four standard deviations
}

TEST(TpeSampler, KeepsAwayFromRunningTrialsWithTheConstantLiar)
{
    auto trials = parabola(12);
    const auto best =
        std::ranges::min_element(trials, {}, [](const auto& trial) { return *trial.value(); });
    const double centre = best->parameters.at("x").internal;
    for (int i = 0; i < 20; ++i) {
        core::Trial running;
        running.number = 12 + i;
        running.parameters["x"] = {centre, core::FloatRange{0, 1}};
        trials.push_back(running);
    }
    const core::StudyHistory history{"line", core::Direction::Minimize, trials};
    const auto distance = [&](bool liar) {
        const core::TpeSampler sampler({.constantLiar = liar}, 5);
        double sum = 0;
        for (int number = 40; number < 90; ++number)
            sum += std::abs(sampler.suggest(kLine, history, number)->point.at("x") - centre);
        return sum / 50;
    };
    EXPECT_GT(distance(true), 2 * distance(false));
}

TEST(TpeSampler, IgnoresValuesOfAnotherKindUnderTheSameName)
{
    auto trials = parabola(20);
    trials[3].parameters["x"] = {
        2, core::Categories{{std::string("a"), std::string("b"), std::string("c")}}};
    const core::StudyHistory history{"line", core::Direction::Minimize, trials};
    const auto suggestion = core::TpeSampler({}, 5).suggest(kLine, history, 20);
    EXPECT_TRUE(core::contains(kLine.dimensions[0].distribution, suggestion->point.at("x")));
}
