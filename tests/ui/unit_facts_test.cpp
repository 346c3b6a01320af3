// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/unit_facts.h"

#include "tests/support/fake_network.h"

#include <gtest/gtest.h>

#include <numeric>

using namespace ui;

namespace
{

/// Every parameter is its own index in the flat vector.
core::Model numbered(const std::string& architecture)
{
    core::Model model = namedModel("numbered", architecture);
    std::iota(model.parameters.values().begin(), model.parameters.values().end(), 0.0F);
    return model;
}

constexpr const char* kPublished = "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10";

} // namespace

TEST(UnitFacts, KernelsAreCutOutOfTheConvolutionsTensor)
{
    const core::Model model = numbered(kPublished);
    const core::ParameterSlice* slice = model.parameters.find("features.3.weight");
    ASSERT_NE(slice, nullptr);
    const std::vector<WeightMap> maps = weightMaps(model, 1, 2);
    ASSERT_EQ(maps.size(), 4U);
    EXPECT_EQ(maps[3].input, 3);
    EXPECT_EQ(maps[3].height, 3);
    // [5, 4, 3, 3]: output 2, input 3, first entry.
    EXPECT_EQ(maps[3].values[0], static_cast<float>(slice->offset) + (2 * 4 + 3) * 9);
    EXPECT_EQ(maps[3].values[8], static_cast<float>(slice->offset) + (2 * 4 + 3) * 9 + 8);
}

TEST(UnitFacts, LinearWeightsTakeTheShapeOfWhatWasFlattened)
{
    const core::Model model = numbered(kPublished);
    const core::ParameterSlice* slice = model.parameters.find("classifier.0.weight");
    ASSERT_NE(slice, nullptr);
    const std::vector<WeightMap> maps = weightMaps(model, 3, 7);
    ASSERT_EQ(maps.size(), 4U);
    EXPECT_EQ(maps[1].height * maps[1].width, 9);
    EXPECT_EQ(maps[1].values[4], static_cast<float>(slice->offset) + 7 * 36 + 9 + 4);
}

TEST(UnitFacts, LinearWeightsOfAHiddenLayerAreOneRow)
{
    const core::Model model = numbered("linear 12 relu, linear 10");
    const std::vector<WeightMap> maps = weightMaps(model, 1, 0);
    ASSERT_EQ(maps.size(), 1U);
    EXPECT_EQ(maps[0].height, 1);
    EXPECT_EQ(maps[0].width, 12);
}

TEST(UnitFacts, BiasAndSlopeBelongToTheChannel)
{
    const core::Model model = numbered(kPublished);
    const auto offset = [&](const char* name) {
        return static_cast<float>(model.parameters.find(name)->offset);
    };
    EXPECT_EQ(biasOf(model, 0, 2), offset("features.0.bias") + 2);
    EXPECT_EQ(slopeOf(model, 0, 2), offset("features.1.weight") + 2);
    EXPECT_EQ(slopeOf(model, 3, 2), std::nullopt) << "logits have no activation function";
}

TEST(UnitFacts, SharedSlopeAndMissingBiasAreUnderstood)
{
    const core::Model model = numbered("4@4x4 nobias prelu1, linear 10");
    EXPECT_EQ(biasOf(model, 0, 3), std::nullopt);
    ASSERT_TRUE(slopeOf(model, 0, 3).has_value());
    EXPECT_EQ(slopeOf(model, 0, 3), slopeOf(model, 0, 0));
}

TEST(UnitFacts, FeatureNeuronIsCountedChannelRowColumn)
{
    const core::Architecture network = core::parseArchitecture(kPublished);
    EXPECT_EQ(selectedFeature(network, {2, 3, 8, core::Stage::Post, {}}), 35);
    EXPECT_EQ(selectedFeature(network, {2, 1, 0, core::Stage::Post, {}}), 9);
    EXPECT_EQ(selectedFeature(network, {2, 1, {}, core::Stage::Post, {}}), std::nullopt);
    EXPECT_EQ(selectedFeature(network, {1, 1, 0, core::Stage::Post, {}}), std::nullopt);
}

TEST(UnitFacts, WeightsToTheClassesAreAColumnOfTheLastLayer)
{
    const core::Model model = numbered(kPublished);
    const auto offset = static_cast<float>(model.parameters.find("classifier.0.weight")->offset);
    const std::vector<float> weights = weightsToClasses(model, 11);
    ASSERT_EQ(weights.size(), 10U);
    for (std::size_t label = 0; label < 10; ++label)
        EXPECT_EQ(weights[label], offset + 36 * static_cast<float>(label) + 11);
}
