// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prune/dead_paths.h"

#include "core/model/architecture_text.h"
#include "core/model/parameters.h"
#include "tests/support/naive_network.h"
#include "tests/support/random_architecture.h"

#include <gtest/gtest.h>

namespace core
{

namespace
{

const char* const kTwoConvolutions = "3@3x3 prelu pool, 4@3x3 prelu, linear 10";

std::vector<double> logits(const Architecture& architecture, const Parameters& parameters)
{
    const std::vector<float> image = test::randomImages(architecture, 1, 5);
    return test::naiveForward(architecture, test::inDouble(parameters.values()),
                              test::inDouble(image))
        .back();
}

void zeroSlice(Parameters& parameters, const char* name, std::size_t first, std::size_t count)
{
    std::ranges::fill(parameters.of(*parameters.find(name)).subspan(first, count), 0.0F);
}

TEST(DeadPaths, FindsNothingInALivelyNetwork)
{
    const Architecture architecture = parseArchitecture(kTwoConvolutions);
    EXPECT_TRUE(
        deadParameters(architecture, test::livelyParameters(architecture, 1).values()).empty());
}

TEST(DeadPaths, RemovesAChannelThatNobodyReadsWithoutChangingAnAnswer)
{
    const Architecture architecture = parseArchitecture(kTwoConvolutions);
    Parameters parameters = test::livelyParameters(architecture, 1);
    for (std::size_t output = 0; output < 4; ++output) // second channel of the first layer
        zeroSlice(parameters, "features.3.weight", (output * 3 + 1) * 9, 9);
    const std::vector<double> before = logits(architecture, parameters);
    EXPECT_EQ(removeDeadPaths(architecture, parameters.values()), 9 + 1 + 1);
    EXPECT_EQ(logits(architecture, parameters), before);
    EXPECT_EQ(parameters.of(*parameters.find("features.1.weight"))[1], 0);
}

TEST(DeadPaths, RemovesTheReadersOfAChannelThatIsAlwaysZero)
{
    const Architecture architecture = parseArchitecture(kTwoConvolutions);
    Parameters parameters = test::livelyParameters(architecture, 2);
    zeroSlice(parameters, "features.0.weight", 0, 9);
    zeroSlice(parameters, "features.0.bias", 0, 1);
    const std::vector<double> before = logits(architecture, parameters);
    EXPECT_EQ(removeDeadPaths(architecture, parameters.values()), 1 + 4 * 9);
    EXPECT_EQ(logits(architecture, parameters), before);
}

TEST(DeadPaths, FollowsADeathToTheLayerBefore)
{
    const Architecture architecture = parseArchitecture("1@3x3 relu, 1@3x3 relu, linear 10");
    Parameters parameters = test::livelyParameters(architecture, 3);
    std::ranges::fill(parameters.of(*parameters.find("classifier.0.weight")), 0.0F);
    EXPECT_EQ(removeDeadPaths(architecture, parameters.values()), 20);
    EXPECT_EQ(parameters.nonzero(), 10U) << "the logits' biases";
}

TEST(DeadPaths, KeepsAChannelThatIsItsBias)
{
    const Architecture architecture = parseArchitecture(kTwoConvolutions);
    Parameters parameters = test::livelyParameters(architecture, 4);
    zeroSlice(parameters, "features.0.weight", 0, 9);
    EXPECT_TRUE(deadParameters(architecture, parameters.values()).empty());
}

TEST(DeadPaths, SaysNothingWhereZeroDoesNotStayZero)
{
    const Architecture architecture = parseArchitecture("2@3x3 sigmoid, linear 10");
    Parameters parameters = test::livelyParameters(architecture, 5);
    zeroSlice(parameters, "features.0.weight", 0, 9);
    zeroSlice(parameters, "features.0.bias", 0, 1);
    EXPECT_TRUE(deadParameters(architecture, parameters.values()).empty());
}

} // namespace

} // namespace core
