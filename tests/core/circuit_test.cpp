// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/circuit.h"

#include "core/model/architecture_text.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

namespace core
{

namespace
{

constexpr const char* kGolf = "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10";

struct Network {
    Architecture architecture = parseArchitecture(kGolf);
    Parameters parameters = initialParameters(architecture, 5);

    std::span<float> weights(int unit)
    {
        const int layer = architecture.units()[static_cast<std::size_t>(unit)].weightLayer;
        return parameters.of(*parameters.find(layer, ParameterRole::Weight));
    }
    Circuit circuit() const { return circuitOf(architecture, parameters); }
};

const CircuitEdge* edge(const CircuitColumn& column, int from, int to)
{
    for (const CircuitEdge& one : column.edges)
        if (one.from == from && one.to == to)
            return &one;
    return nullptr;
}

std::size_t countOf(const std::vector<bool>& shown)
{
    return static_cast<std::size_t>(std::ranges::count(shown, true));
}

} // namespace

TEST(Circuit, HasAColumnForInputUnitsAndNeurons)
{
    const Network network;
    std::vector<std::string> names;
    std::vector<int> nodes;
    for (const CircuitColumn& column : network.circuit().columns) {
        names.push_back(column.name);
        nodes.push_back(column.nodes);
    }
    EXPECT_EQ(names,
              (std::vector<std::string>{"input", "conv1", "conv2", "conv3", "neurons", "logits"}));
    EXPECT_EQ(nodes, (std::vector<int>{1, 4, 5, 4, 36, 10}));
    EXPECT_EQ(network.circuit().columnOf(2), 3);
    EXPECT_EQ(network.circuit().neurons(), 4);
}

TEST(Circuit, WeighsAKernelByItsNormWithTheSignOfItsSum)
{
    Network network;
    auto kernel = network.weights(1).subspan((2 * 4 + 3) * 9, 9); // conv2 channel 2 of channel 3
    std::ranges::fill(kernel, 0.0F);
    kernel[0] = -4;
    kernel[5] = 3;
    const Circuit circuit = network.circuit();
    const CircuitEdge* found = edge(circuit.columns[2], 3, 2);
    ASSERT_NE(found, nullptr);
    EXPECT_DOUBLE_EQ(found->weight, -5);
    EXPECT_GE(circuit.columns[2].largest, 5);
}

TEST(Circuit, TakesALinearWeightAsItIsAndLeavesOutZeros)
{
    Network network;
    network.weights(3)[7 * 36 + 20] = -1.25F;
    network.weights(3)[7 * 36 + 21] = 0;
    const Circuit circuit = network.circuit();
    ASSERT_NE(edge(circuit.columns[5], 20, 7), nullptr);
    EXPECT_DOUBLE_EQ(edge(circuit.columns[5], 20, 7)->weight, -1.25);
    EXPECT_EQ(edge(circuit.columns[5], 21, 7), nullptr);
    EXPECT_EQ(circuit.columns[5].edges.size(), 359U);
}

TEST(Circuit, SaysWhichChannelANeuronIsPartOf)
{
    const Circuit circuit = Network().circuit();
    EXPECT_EQ(circuit.columns[4].perChannel, 9);
    for (const CircuitEdge& one : circuit.columns[4].edges)
        EXPECT_EQ(one.from, one.to / 9);
}

TEST(Circuit, DrawsNoNeuronsOfAHiddenLayerOnManyPixels)
{
    const Architecture architecture = parseArchitecture("linear 12, relu, linear 10");
    const Circuit circuit = circuitOf(architecture, initialParameters(architecture, 1));
    ASSERT_EQ(circuit.columns.size(), 3U);
    EXPECT_EQ(circuit.columns[1].edges.size(), 12U);
    EXPECT_EQ(circuit.columns[2].edges.size(), 120U);
}

TEST(Circuit, ThresholdIsAShareOfEachColumnsLargest)
{
    const Circuit circuit = Network().circuit();
    const auto shown = shownEdges(circuit, 0.5);
    for (std::size_t c = 1; c < circuit.columns.size(); ++c) {
        const CircuitColumn& column = circuit.columns[c];
        for (std::size_t i = 0; i < column.edges.size(); ++i)
            EXPECT_EQ(shown[c][i], column.largest == 0 ||
                                       std::abs(column.edges[i].weight) >= 0.5 * column.largest);
    }
}

TEST(Circuit, ChosenNodesLeaveThePathsThroughThem)
{
    Network network;
    network.weights(2)[(1 * 5 + 4) * 9] += 1; // whatever it is, not zero
    const Circuit circuit = network.circuit();
    // conv1 channel 2, conv3 channel 1, digit 6
    const auto shown = shownEdges(circuit, 0, {{}, 2, {}, 1, {}, 6});
    EXPECT_EQ(countOf(shown[1]), 1U);
    EXPECT_EQ(countOf(shown[2]), 5U);
    EXPECT_EQ(countOf(shown[3]), 5U);
    EXPECT_EQ(countOf(shown[4]), 9U);
    EXPECT_EQ(countOf(shown[5]), 9U);
    for (std::size_t i = 0; i < circuit.columns[5].edges.size(); ++i)
        if (shown[5][i]) {
            EXPECT_EQ(circuit.columns[5].edges[i].to, 6);
            EXPECT_EQ(circuit.columns[5].edges[i].from / 9, 1);
        }
}

TEST(Circuit, NothingIsShownBeyondWhereAPathEnds)
{
    Network network;
    // Nothing reads conv2 channel 3.
    for (int to = 0; to < 4; ++to)
        std::ranges::fill(network.weights(2).subspan(static_cast<std::size_t>(to * 5 + 3) * 9, 9),
                          0.0F);
    const auto shown = shownEdges(network.circuit(), 0, {{}, {}, 3, {}, {}, {}});
    EXPECT_EQ(countOf(shown[1]), 4U);
    EXPECT_EQ(countOf(shown[2]), 4U);
    EXPECT_EQ(countOf(shown[3]), 0U);
    EXPECT_EQ(countOf(shown[5]), 0U);
}

} // namespace core
