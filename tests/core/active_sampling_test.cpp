// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/active_sampling.h"

#include "tests/support/trained.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

namespace core
{

namespace
{

using ActiveSampling = test::SmallTraining;

TrainingOptions byLoss(double pressure)
{
    TrainingOptions options{.epochs = 4, .batch = 60, .lr = 0.02};
    options.switches.sample = Sampling::Loss;
    options.switches.samplePressure = pressure;
    return options;
}

} // namespace

TEST(DrawnByLoss, FollowsTheLawOfItsRanks)
{
    constexpr double kPressure = 20;
    const std::vector<std::int64_t> losses = {5, 900, 30, 7};
    const std::size_t rankOf[] = {3, 0, 1, 2};
    Random random(3);
    std::vector<double> counts(4);
    constexpr int kDraws = 40'000;
    for (int i = 0; i < kDraws / 4; ++i)
        for (const int image : drawnByLoss(losses, kPressure, random))
            ++counts[rankOf[image]];
    double sum = 0;
    for (int rank = 0; rank < 4; ++rank)
        sum += std::pow(kPressure, -rank / 4.0);
    for (int rank = 0; rank < 4; ++rank) {
        const double expected = std::pow(kPressure, -rank / 4.0) / sum;
        const double deviation = std::sqrt(expected * (1 - expected) / kDraws);
        EXPECT_NEAR(counts[static_cast<std::size_t>(rank)] / kDraws, expected, 5 * deviation);
    }
}

TEST(DrawnByLoss, IsEvenWithoutPressure)
{
    Random random(3);
    std::vector<int> counts(100);
    std::vector<std::int64_t> losses(100);
    for (std::size_t i = 0; i < losses.size(); ++i)
        losses[i] = static_cast<std::int64_t>(i);
    for (int i = 0; i < 1000; ++i)
        for (const int image : drawnByLoss(losses, 1, random))
            ++counts[static_cast<std::size_t>(image)];
    EXPECT_GT(std::ranges::min(counts), 800); // 1000 expected, a deviation of 32
    EXPECT_LT(std::ranges::max(counts), 1200);
}

TEST_F(ActiveSampling, MeasuresTheLossThatEvaluationMeasures)
{
    const Parameters parameters = initialParameters(backend->architecture(), 1);
    const auto losses = lossesOf(*backend, parameters.values(), training, {});
    ASSERT_TRUE(losses);
    double sum = 0;
    for (const std::int64_t loss : *losses)
        sum += static_cast<double>(loss);
    const double mean = backend->evaluate(parameters.values(), training).loss;
    const auto first = static_cast<double>((*losses)[0]);
    Dataset one = chosenImages(training, std::vector<int>{0});
    const double unit = backend->evaluate(parameters.values(), one).loss / first;
    EXPECT_NEAR(sum * unit / training.size(), mean, 1e-4);
}

TEST_F(ActiveSampling, BeginsWithAPlainEpochAndThenChooses)
{
    TrainingOptions plain = byLoss(10);
    plain.switches = {};
    const TrainingState a = run(plain);
    const TrainingState b = run(byLoss(10));
    EXPECT_EQ(a.epochs[0].trainLoss, b.epochs[0].trainLoss);
    // The chosen images are the harder ones.
    EXPECT_GT(b.epochs[1].trainLoss, a.epochs[1].trainLoss);
    EXPECT_EQ(b.epochs[1].trainImages, 200);
}

TEST_F(ActiveSampling, EndsInTheSameBitsWhereverItWasStopped)
{
    expectStopsChangeNothing(byLoss(10));
}

} // namespace core
