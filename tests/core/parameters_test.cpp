// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/parameters.h"

#include "core/model/architecture_text.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

namespace core
{

TEST(Parameters, CountsWhatIsNotZero)
{
    const Architecture network = parseArchitecture("2@3x3 bn prelu pool, linear 10");
    Parameters parameters(network);
    EXPECT_EQ(parameters.count(), network.trainableCount());
    EXPECT_EQ(parameters.nonzero(), 0U);
    parameters.values()[3] = 0.5F;
    parameters.values()[4] = -0.0F; // minus zero is zero
    EXPECT_EQ(parameters.nonzero(), 1U);
}

TEST(Parameters, LeavesRunningStatisticsOutOfTheScore)
{
    const Architecture network = parseArchitecture("2@3x3 bn relu, linear 10");
    Parameters parameters(network);
    const ParameterSlice* variance = parameters.find("features.1.running_var");
    ASSERT_NE(variance, nullptr);
    std::ranges::fill(parameters.of(*variance), 1.0F);
    EXPECT_EQ(parameters.nonzero(), 0U);
    EXPECT_EQ(parameters.bufferCount(), 4U);
}

TEST(Parameters, StatisticsAgreeWithASlowLoop)
{
    const std::vector<float> values = {1.0F, 0.0F, -3.0F, 2.0F};
    const TensorStatistics statistics = tensorStatistics(values);
    EXPECT_EQ(statistics.nonzero, 3U);
    EXPECT_EQ(statistics.min, -3);
    EXPECT_EQ(statistics.max, 2);
    EXPECT_DOUBLE_EQ(statistics.mean, 0);
    EXPECT_DOUBLE_EQ(statistics.deviation, std::sqrt((1.0 + 0 + 9 + 4) / 4));
}

TEST(InitialParameters, FollowPyTorchsDefaults)
{
    const Architecture network =
        parseArchitecture("4@4x4 prelu pool, 5@3x3 bn prelu pool, 4@3x3 prelu, linear 10");
    const Parameters parameters = initialParameters(network, 7);
    const auto within = [&](const char* name, double bound) {
        const auto values = parameters.of(*parameters.find(name));
        return std::ranges::all_of(values, [&](float v) { return std::abs(v) <= bound; }) &&
               std::ranges::any_of(values, [&](float v) { return std::abs(v) > bound / 2; });
    };
    EXPECT_TRUE(within("features.0.weight", 1 / std::sqrt(16.0)));
    EXPECT_TRUE(within("features.0.bias", 1 / std::sqrt(16.0)));
    EXPECT_TRUE(within("features.3.weight", 1 / std::sqrt(36.0)));
    EXPECT_TRUE(within("classifier.0.bias", 1 / std::sqrt(36.0)));
    EXPECT_EQ(parameters.of(*parameters.find("features.1.weight"))[0], 0.25F);
    EXPECT_EQ(parameters.of(*parameters.find("features.4.running_var"))[0], 1.0F);
}

TEST(InitialParameters, DependOnTheSeedAlone)
{
    const Architecture network = parseArchitecture("4@4x4 relu, linear 10");
    const auto a = initialParameters(network, 1);
    const auto b = initialParameters(network, 1);
    const auto c = initialParameters(network, 2);
    EXPECT_TRUE(std::ranges::equal(a.values(), b.values()));
    EXPECT_FALSE(std::ranges::equal(a.values(), c.values()));
}

} // namespace core
