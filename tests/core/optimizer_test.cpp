// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/optimizer.h"

#include <cmath>
#include <gtest/gtest.h>

namespace core
{

namespace
{

std::vector<float> afterFourSteps(const TrainingOptions& options)
{
    std::vector<float> parameters = {0.5F, -1.25F, 2.0F, 0.0F};
    OptimizerState state = initialOptimizerState(options.optimizer, parameters.size());
    optimizerStep(options, state, parameters, {{0.1F, -0.2F, 0.3F, 0.0F}}, 0.02);
    optimizerStep(options, state, parameters, {{0.05F, 0.4F, -0.6F, 1e-6F}}, 0.02);
    optimizerStep(options, state, parameters, {{-0.7F, 0.0F, 0.2F, -2.0F}}, 0.02);
    optimizerStep(options, state, parameters, {{0.3F, 0.1F, -0.1F, 0.5F}}, 0.02);
    EXPECT_EQ(state.steps, 4U);
    return parameters;
}

/// Float32 on both sides; PyTorch fuses some multiplications with their additions.
void expectClose(const std::vector<float>& found, const std::vector<double>& expected)
{
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_NEAR(found[i], expected[i], 2e-7) << i;
}

} // namespace

// All expected values were recorded from torch.optim of PyTorch 1.13.
TEST(Optimizer, TakesTheStepsOfPyTorchsAdam)
{
    expectClose(
        afterFourSteps({.optimizer = OptimizerKind::Adam, .weightDecay = 0}),
        {0.47497400641441345, -1.2500452995300293, 1.9921753406524658, 0.00543356966227293});
}

TEST(Optimizer, AddsAdamsDecayToTheGradient)
{
    expectClose(afterFourSteps({.optimizer = OptimizerKind::Adam, .weightDecay = 0.05}),
                {0.4723292589187622, -1.2362065315246582, 1.9776276350021362, 0.00543538061901927});
}

TEST(Optimizer, DecaysAdamWsWeightsApartFromTheGradient)
{
    expectClose(afterFourSteps({.optimizer = OptimizerKind::AdamW, .weightDecay = 0.05}),
                {0.4730639159679413, -1.245092511177063, 1.9842309951782227, 0.005450128577649593});
}

TEST(Optimizer, TakesTheStepsOfPyTorchsSgd)
{
    expectClose(
        afterFourSteps({.optimizer = OptimizerKind::Sgd, .momentum = 0.9, .weightDecay = 0.05}),
        {0.5065022706985474, -1.2486357688903809, 1.98822820186615, 0.06595994532108307});
    expectClose(afterFourSteps({.optimizer = OptimizerKind::Sgd, .momentum = 0, .weightDecay = 0}),
                {0.5050000548362732, -1.25600004196167, 2.004000186920166, 0.029999980702996254});
}

TEST(Optimizer, KeepsNoSquaresForSgd)
{
    EXPECT_TRUE(initialOptimizerState(OptimizerKind::Sgd, 5).square.empty());
    EXPECT_EQ(initialOptimizerState(OptimizerKind::AdamW, 5).square.size(), 5U);
}

TEST(Adam, IsTheSameWithoutItsCorrection)
{
    std::vector<float> plain = {1.0F, -2.0F, 0.5F};
    std::vector<float> folded = plain;
    std::vector<float> mean(3);
    std::vector<float> square(3);
    std::vector<float> foldedMean(3);
    std::vector<float> foldedSquare(3);
    for (std::uint64_t i = 1; i <= 50; ++i) {
        const auto wave = static_cast<float>(std::sin(static_cast<double>(i)));
        const std::vector<float> gradient = {0.3F * wave, 1e-7F, -0.2F};
        const AdamStep step = adamStepAt({}, i, 0.1);
        take(step, plain, gradient, mean, square);
        take(withoutCorrection(step), folded, gradient, foldedMean, foldedSquare);
    }
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_NEAR(folded[i], plain[i], 1e-5F * (1 + std::abs(plain[i])));
    EXPECT_EQ(foldedSquare, square);
}

TEST(Adam, TakesAStepOfAnyPart)
{
    const std::vector<float> gradient = {0.3F, 0.7F, -0.2F};
    std::vector<float> whole = {1.0F, -2.0F, 0.5F};
    std::vector<float> parts = whole;
    std::vector<float> mean(3);
    std::vector<float> square(3);
    OptimizerState state = initialOptimizerState(OptimizerKind::AdamW, 3);
    for (std::uint64_t i = 1; i <= 3; ++i) {
        optimizerStep({.weightDecay = 0.01}, state, whole, gradient, 0.1);
        const AdamStep step = adamStepAt({.weightDecay = 0.01}, i, 0.1);
        for (const auto& [first, count] : {std::pair<std::size_t, std::size_t>{1, 2}, {0, 1}})
            take(step, std::span(parts).subspan(first, count),
                 std::span(gradient).subspan(first, count), std::span(mean).subspan(first, count),
                 std::span(square).subspan(first, count));
    }
    EXPECT_EQ(parts, whole);
    EXPECT_EQ(square, state.square);
}

} // namespace core
