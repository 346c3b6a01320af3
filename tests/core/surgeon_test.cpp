// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prune/surgeon.h"

#include "core/base/random.h"
#include "core/data/sample_digits.h"
#include "core/model/architecture_text.h"
#include "core/model/parameters.h"
#include "tests/support/naive_network.h"
#include "tests/support/random_architecture.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

namespace core
{

namespace
{

std::vector<int> allOf(const Dataset& data)
{
    std::vector<int> indices(static_cast<std::size_t>(data.size()));
    std::iota(indices.begin(), indices.end(), 0);
    return indices;
}

/// J^T (diag(p) - p p^T) J / N by central differences of the naive network's logits.
std::vector<double> slowMatrix(const Architecture& architecture, const Parameters& parameters,
                               const Dataset& data)
{
    const std::size_t size = parameters.values().size();
    const std::vector<double> values = test::inDouble(parameters.values());
    std::vector<double> matrix(size * size);
    for (const int index : allOf(data)) {
        const std::vector<double> image = test::inDouble(data.imagesAsFloat(std::span(&index, 1)));
        const auto logits = [&](const std::vector<double>& at) {
            return test::naiveForward(architecture, at, image).back();
        };
        std::vector<double> p = logits(values);
        const double highest = *std::ranges::max_element(p);
        for (double& value : p)
            value = std::exp(value - highest);
        const double sum = std::accumulate(p.begin(), p.end(), 0.0);
        std::vector<std::vector<double>> jacobian; // [parameter][class]
        for (std::size_t i = 0; i < size; ++i) {
            std::vector<double> above = values;
            std::vector<double> below = values;
            above[i] += 1e-5;
            below[i] -= 1e-5;
            std::vector<double> slope = logits(above);
            const std::vector<double> other = logits(below);
            for (std::size_t c = 0; c < slope.size(); ++c)
                slope[c] = (slope[c] - other[c]) / 2e-5;
            jacobian.push_back(std::move(slope));
        }
        for (std::size_t i = 0; i < size; ++i)
            for (std::size_t j = 0; j < size; ++j) {
                double both = 0;
                double first = 0;
                double second = 0;
                for (std::size_t c = 0; c < p.size(); ++c) {
                    both += p[c] / sum * jacobian[i][c] * jacobian[j][c];
                    first += p[c] / sum * jacobian[i][c];
                    second += p[c] / sum * jacobian[j][c];
                }
                matrix[i * size + j] += (both - first * second) / data.size();
            }
    }
    return matrix;
}

/// A quadratic loss with a minimum at `minimum`.
struct Bowl {
    explicit Bowl(std::size_t size, std::uint64_t seed) : curvature{}
    {
        Random random(seed);
        std::vector<double> factor(size * size);
        for (double& value : factor)
            value = random.normal();
        curvature.matrix.assign(size * size, 0);
        curvature.gradient.assign(size, 0);
        for (std::size_t i = 0; i < size; ++i)
            for (std::size_t j = 0; j < size; ++j)
                for (std::size_t k = 0; k < size; ++k)
                    curvature.matrix[i * size + j] +=
                        factor[i * size + k] * factor[j * size + k] + (i == j ? 0.01 : 0);
        for (std::size_t i = 0; i < size; ++i)
            minimum.push_back(static_cast<float>(random.normal()));
    }

    double loss(std::span<const float> at) const
    {
        double sum = 0;
        const std::size_t size = minimum.size();
        for (std::size_t i = 0; i < size; ++i)
            for (std::size_t j = 0; j < size; ++j)
                sum += curvature.matrix[i * size + j] * static_cast<double>(at[i] - minimum[i]) *
                       static_cast<double>(at[j] - minimum[j]);
        return sum / 2;
    }

    /// The least loss with the parameters of `free` moving from `at`, by many plain steps.
    std::vector<float> settled(std::vector<float> at, const std::vector<std::size_t>& free) const
    {
        const std::size_t size = minimum.size();
        for (int sweep = 0; sweep < 20000; ++sweep)
            for (const std::size_t i : free) { // exact along one axis at a time
                double slope = 0;
                for (std::size_t j = 0; j < size; ++j)
                    slope +=
                        curvature.matrix[i * size + j] * static_cast<double>(at[j] - minimum[j]);
                at[i] -= static_cast<float>(slope / curvature.matrix[i * size + i]);
            }
        return at;
    }

    Curvature curvature;
    std::vector<float> minimum;
};

TEST(Curvature, IsThatOfTheNetworksOwnProbabilities)
{
    const Architecture architecture = parseArchitecture("1@5x5 prelu pool 6, linear 10");
    const Parameters parameters = test::livelyParameters(architecture, 3);
    const Dataset data = sampleDigits(6, 1, Split::Train);
    const auto backend = makeBackend(architecture);
    const std::optional<Curvature> found =
        measureCurvature(*backend, parameters.values(), data, allOf(data), {.smallestPull = 0});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->terms, 60U);
    const std::vector<double> expected = slowMatrix(architecture, parameters, data);
    const double scale = *std::ranges::max_element(expected);
    ASSERT_GT(scale, 0);
    for (std::size_t i = 0; i < expected.size(); ++i)
        ASSERT_NEAR(found->matrix[i], expected[i], 1e-4 * scale) << "entry " << i;
    LossGradient gradient;
    backend->gradient(parameters.values(), {.data = &data, .indices = allOf(data)}, gradient);
    for (std::size_t i = 0; i < found->gradient.size(); ++i)
        ASSERT_NEAR(found->gradient[i], gradient.gradient[i], 1e-6);
}

TEST(Curvature, LeavesOutWhatBendsNothing)
{
    const Architecture architecture = parseArchitecture("1@5x5 relu pool 6, linear 10");
    Parameters parameters = test::livelyParameters(architecture, 3);
    for (float& weight : parameters.of(*parameters.find("classifier.0.weight")))
        weight *= 60; // so that most answers are sure
    const Dataset data = sampleDigits(50, 1, Split::Train);
    const auto backend = makeBackend(architecture);
    const auto all =
        measureCurvature(*backend, parameters.values(), data, allOf(data), {.smallestPull = 0});
    const auto most =
        measureCurvature(*backend, parameters.values(), data, allOf(data), {.smallestPull = 1e-3});
    EXPECT_LT(most->terms, all->terms / 2);
    double difference = 0;
    double size = 0;
    for (std::size_t i = 0; i < all->matrix.size(); ++i) {
        difference = std::max(difference, std::abs(all->matrix[i] - most->matrix[i]));
        size = std::max(size, std::abs(all->matrix[i]));
    }
    EXPECT_LT(difference, 0.02 * size);
}

TEST(Curvature, OfANetworkThatIsSureOfEveryAnswerIsFlat)
{
    const Architecture architecture = parseArchitecture("linear 10");
    Parameters parameters = initialParameters(architecture, 1);
    parameters.of(*parameters.find("classifier.0.bias"))[3] = 1e4F;
    const Dataset data = sampleDigits(10, 1, Split::Train);
    const auto found =
        measureCurvature(*makeBackend(architecture), parameters.values(), data, allOf(data));
    EXPECT_EQ(found->terms, 0U);
    EXPECT_TRUE(std::ranges::all_of(found->matrix, [](double entry) { return entry == 0; }));
}

TEST(Curvature, EndsWithNothingWhereItIsStopped)
{
    const Architecture architecture = parseArchitecture("linear 10");
    const Dataset data = sampleDigits(10, 1, Split::Train);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_FALSE(measureCurvature(*makeBackend(architecture),
                                  initialParameters(architecture, 1).values(), data, allOf(data),
                                  {}, stop.get_token()));
}

TEST(Surgeon, ForetellsARemovalAndWhatMakesUpForIt)
{
    const Bowl bowl(6, 1);
    const Surgeon surgeon(bowl.curvature, bowl.minimum, 0);
    const std::vector<SurgeryCost> costs = surgeon.removals(bowl.minimum);
    ASSERT_EQ(costs.size(), 6U);
    EXPECT_TRUE(std::ranges::is_sorted(costs, {}, &SurgeryCost::loss));
    for (const SurgeryCost& cost : costs) {
        std::vector<float> without = bowl.minimum;
        without[cost.parameter] = 0;
        std::vector<std::size_t> others;
        for (std::size_t i = 0; i < 6; ++i)
            if (i != cost.parameter)
                others.push_back(i);
        const std::vector<float> best = bowl.settled(without, others);
        const std::vector<float> found = surgeon.without(bowl.minimum, cost.parameter, 1);
        EXPECT_EQ(found[cost.parameter], 0);
        EXPECT_NEAR(cost.loss, bowl.loss(best), 1e-3 * bowl.loss(best) + 1e-6);
        EXPECT_NEAR(bowl.loss(found), cost.loss, 1e-3 * cost.loss + 1e-6);
        EXPECT_LE(bowl.loss(found), bowl.loss(surgeon.without(bowl.minimum, cost.parameter, 0)));
    }
}

TEST(Surgeon, FollowsOneRemovalAfterAnother)
{
    const Bowl bowl(6, 2);
    Surgeon surgeon(bowl.curvature, bowl.minimum, 0);
    std::vector<float> parameters = bowl.minimum;
    std::vector<std::size_t> left = {0, 1, 2, 3, 4, 5};
    for (int i = 0; i < 4; ++i) {
        const std::vector<SurgeryCost> costs = surgeon.removals(parameters);
        ASSERT_EQ(costs.size(), left.size());
        const double before = bowl.loss(parameters);
        parameters = surgeon.without(parameters, costs.front().parameter, 1);
        surgeon.commit(costs.front().parameter);
        std::erase(left, costs.front().parameter);
        EXPECT_NEAR(bowl.loss(parameters) - before, costs.front().loss,
                    1e-3 * costs.front().loss + 1e-6);
        const std::vector<float> best = bowl.settled(parameters, left);
        for (std::size_t j = 0; j < best.size(); ++j)
            EXPECT_NEAR(parameters[j], best[j], 2e-3);
    }
}

TEST(Surgeon, ForetellsARegrowth)
{
    const Bowl bowl(6, 3);
    const std::vector<std::size_t> active = {0, 2, 3};
    std::vector<float> parameters(6, 0.0F);
    for (const std::size_t i : active)
        parameters[i] = bowl.minimum[i];
    parameters = bowl.settled(parameters, active);
    Curvature here = bowl.curvature;
    for (std::size_t i = 0; i < 6; ++i)
        for (std::size_t j = 0; j < 6; ++j)
            here.gradient[i] += bowl.curvature.matrix[i * 6 + j] *
                                static_cast<double>(parameters[j] - bowl.minimum[j]);
    const std::vector<SurgeryCost> gains = regrowths(here, parameters, 0);
    ASSERT_EQ(gains.size(), 3U);
    EXPECT_GE(gains.front().loss, gains.back().loss);
    for (const SurgeryCost& gain : gains) {
        std::vector<std::size_t> free = active;
        free.push_back(gain.parameter);
        const double fall = bowl.loss(parameters) - bowl.loss(bowl.settled(parameters, free));
        EXPECT_NEAR(gain.loss, fall, 2e-3 * fall + 1e-6);
    }
}

TEST(Surgeon, StandsADirectionInWhichNothingBends)
{
    Curvature flat;
    flat.matrix.assign(9, 0);
    flat.matrix[0] = 1;
    flat.gradient.assign(3, 0);
    const std::vector<float> parameters = {1, 1, 1};
    const Surgeon surgeon(flat, parameters, 1e-3);
    const std::vector<SurgeryCost> costs = surgeon.removals(parameters);
    EXPECT_EQ(costs.back().parameter, 0U);
    EXPECT_LT(costs.front().loss, 1e-3);
    for (const float value : surgeon.without(parameters, 1, 1))
        EXPECT_TRUE(std::isfinite(value));
}

} // namespace

} // namespace core
