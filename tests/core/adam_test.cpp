// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/adam.h"

#include <gtest/gtest.h>

namespace core
{

namespace
{

std::vector<float> afterThreeSteps(double weightDecay)
{
    std::vector<float> parameters = {0.5F, -1.25F, 2.0F, 0.0F};
    Adam adam(parameters.size(), {.weightDecay = weightDecay});
    adam.step(parameters, {{0.1F, -0.2F, 0.3F, 0.0F}}, 0.02);
    adam.step(parameters, {{0.05F, 0.4F, -0.6F, 1e-6F}}, 0.02);
    adam.step(parameters, {{-0.7F, 0.0F, 0.2F, -2.0F}}, 0.02);
    return parameters;
}

} // namespace

// Recorded from torch.optim.AdamW(lr=0.02) of PyTorch 1.13; float32 on both sides.
TEST(Adam, TakesTheStepsOfPyTorch)
{
    const std::vector<double> expected = {0.47170203924179077, -1.242982029914856,
                                          1.989093542098999, -0.0018989825621247292};
    const auto found = afterThreeSteps(0);
    for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_NEAR(found[i], expected[i], 2e-7);
}

TEST(Adam, DecaysWeightsApartFromTheGradient)
{
    const std::vector<double> expected = {0.47141388058662415, -1.2422387599945068,
                                          1.9879004955291748, -0.0018960479646921158};
    const auto found = afterThreeSteps(0.01);
    for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_NEAR(found[i], expected[i], 2e-7);
}

} // namespace core
