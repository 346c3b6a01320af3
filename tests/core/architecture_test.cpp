// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/architecture.h"

#include "core/base/error.h"
#include "core/model/architecture_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace core
{

namespace
{

constexpr auto kPublished = "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10";

std::string messageOf(std::string_view text)
{
    try {
        parseArchitecture(text);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

} // namespace

TEST(Architecture, InfersTheShapesOfThePublishedNetwork)
{
    const Architecture network = parseArchitecture(kPublished);
    std::vector<std::string> shapes;
    for (int i = 0; i < static_cast<int>(network.layers().size()); ++i)
        shapes.push_back(describe(network.outputOf(i)));
    EXPECT_THAT(shapes, testing::ElementsAre("4x25x25", "4x25x25", "4x12x12", "5x10x10", "5x10x10",
                                             "5x5x5", "4x3x3", "4x3x3", "36", "10"));
    EXPECT_EQ(network.featureShape(), (Shape{4, 3, 3}));
    EXPECT_EQ(network.classes(), 10);
}

TEST(Architecture, CountsTheParametersOfThePublishedLadder)
{
    const auto count = [](const char* text) { return parseArchitecture(text).trainableCount(); };
    EXPECT_EQ(count("8@4x4 relu pool, 5@3x3 relu pool, 4@3x3 relu, linear 10"), 1055U);
    EXPECT_EQ(count("7@4x4 relu pool, 5@3x3 relu pool, 4@3x3 relu, linear 10"), 993U);
    EXPECT_EQ(count("4@4x4 relu pool, 5@3x3 relu pool, 4@3x3 relu, linear 10"), 807U);
    EXPECT_EQ(count(kPublished), 820U);
    EXPECT_EQ(count("32@3x3 relu, 64@3x3 relu pool dropout 0.25, linear 128 relu dropout, "
                    "linear 10"),
              1199882U);
}

TEST(Architecture, NamesTensorsAsThePublishedFilesDo)
{
    std::vector<std::string> names;
    for (const ParameterSpec& spec : parseArchitecture(kPublished).parameterSpecs())
        names.push_back(spec.name);
    EXPECT_THAT(names,
                testing::ElementsAre("features.0.weight", "features.0.bias", "features.1.weight",
                                     "features.3.weight", "features.3.bias", "features.4.weight",
                                     "features.6.weight", "features.6.bias", "features.7.weight",
                                     "classifier.0.weight", "classifier.0.bias"));
}

TEST(Architecture, FindsUnitsWithTheirBatchNormAndActivation)
{
    const Architecture network =
        parseArchitecture("4@3x3 bn relu pool, 6@3x3, linear 20 tanh, linear 10");
    ASSERT_EQ(network.units().size(), 4U);
    EXPECT_EQ(network.units()[0].name, "conv1");
    EXPECT_EQ(network.units()[0].preLayer, 1);
    EXPECT_EQ(network.units()[0].postLayer, 2);
    EXPECT_EQ(network.units()[1].preLayer, network.units()[1].postLayer);
    EXPECT_EQ(network.units()[2].name, "hidden1");
    EXPECT_EQ(network.units()[3].name, "logits");
    EXPECT_EQ(network.featureShape(), (Shape{20, 1, 1}));
    EXPECT_EQ(network.featureUnit(), 2);
    EXPECT_EQ(network.unitByName("conv2"), 1);
    EXPECT_EQ(network.unitByName("2"), 1);
    EXPECT_EQ(network.unitByName("conv9"), std::nullopt);
}

TEST(Architecture, RoundsPoolsUpAsPyTorchDoes)
{
    const auto shape = [](const char* text) { return parseArchitecture(text).outputOf(1); };
    // Recorded from torch.nn.functional.max_pool2d(torch.zeros(1, 1, n, n), ..., ceil_mode=True).
    EXPECT_EQ(shape("1@4x4 pool 2 ceil, linear 10").height, 13); // of 25
    EXPECT_EQ(shape("1@4x4 pool 3 stride 2 pad 1 ceil, linear 10").height, 13);
    EXPECT_EQ(shape("1@3x3 pool 2 stride 3 ceil, linear 10").height, 9);        // of 26
    EXPECT_EQ(shape("1@1x1 pool 2 stride 3 pad 1 ceil, linear 10").height, 10); // of 28
}

TEST(Architecture, RefusesLayersThatDoNotFitNamingThem)
{
    EXPECT_EQ(messageOf("4@30x30 relu, linear 10"),
              "layer 1 (conv 4@30x30): does not fit into its input of 1x28x28");
    EXPECT_EQ(messageOf("4@3x3 groups 3, linear 10"),
              "layer 1 (conv 4@3x3, 3 groups): 1 input and 4 output channels can't be split into "
              "3 groups");
    EXPECT_EQ(messageOf("relu pool"),
              "the network has no convolution and no linear layer, expected at least one");
    EXPECT_THAT(messageOf("0@3x3, linear 10"), testing::HasSubstr("out of range"));
    EXPECT_THAT(messageOf("2000000000@3x3, linear 10"), testing::HasSubstr("out of range"));
}

TEST(ArchitectureText, RoundTrips)
{
    for (const char* text : {
             kPublished,
             "32@3x3 relu, 64@3x3 relu pool dropout 0.25, linear 128 relu dropout, linear 10",
             "6@5x5 pad 2 tanh avgpool, 16@5x5 tanh avgpool, linear 120 tanh, linear 84 tanh, "
             "linear 10",
             "input 28x28 mean 0.5 std 0.5, 4@3x5 stride 2 pad 1 dilation 2 nobias bn leaky 0.2 "
             "pool 3 stride 2 pad 1 ceil, 8@1x1 groups 4 prelu1 gavgpool, linear 10 nobias",
             "8@3x3 sigmoid bn eps 0.001 plain, 10@3x3 gmaxpool flatten",
             "pool, 4@3x3 leaky, linear 10",
             "4@3x3 silu pool, 4@3x3 gelu pool, 4@3x3 elu, linear 10 abs, linear 10 sqrelu, "
             "linear 10",
         }) {
        const Architecture network = parseArchitecture(text);
        EXPECT_EQ(parseArchitecture(toText(network)), network) << text;
    }
    EXPECT_EQ(toText(parseArchitecture(kPublished)), kPublished);
    EXPECT_EQ(toText(parseArchitecture(" 4@4x4  prelu pool 2,linear 10 ")),
              "4@4x4 prelu pool, linear 10");
    EXPECT_EQ(toText(parseArchitecture("mean 0 std 1, 4@4x4 relu, linear 10")),
              "mean 0 std 1, 4@4x4 relu, linear 10");
}

TEST(ArchitectureText, QuotesWhatItDidNotUnderstand)
{
    EXPECT_THAT(messageOf("4@4x4 swish, linear 10"), testing::HasSubstr("found \"swish\""));
    EXPECT_THAT(messageOf("4@4, linear 10"), testing::HasSubstr("found \"4@4\""));
    EXPECT_THAT(messageOf("4@4x4 stride, linear 10"),
                testing::HasSubstr("a number after \"stride\""));
    EXPECT_THAT(messageOf(""), testing::HasSubstr("expected layers"));
    EXPECT_THAT(messageOf("mean 0 std 0, 4@4x4, linear 10"), testing::HasSubstr("above 0"));
}

} // namespace core
