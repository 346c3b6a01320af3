// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/circuit_pair.h"

#include "core/model/architecture_text.h"
#include "core/model/model.h"

#include <gtest/gtest.h>

#include <cmath>

namespace core
{

namespace
{

Circuit circuit(const std::string& text, std::uint64_t seed)
{
    const Architecture architecture = parseArchitecture(text);
    return circuitOf(architecture, initialParameters(architecture, seed));
}

constexpr const char* kNarrow = "2@4x4 relu pool, 2@3x3 relu pool, linear 10";
constexpr const char* kWide = "3@4x4 relu pool, 2@3x3 relu pool, linear 10";

/// 0 if there is no such edge.
double weightOf(const CircuitColumn& column, int from, int to)
{
    for (const CircuitEdge& edge : column.edges)
        if (edge.from == from && edge.to == to)
            return edge.weight;
    return 0;
}

/// b's channel 2 is a's channel 0, b's 0 is a's 1; b's 1 is alone.
UnitMatching crossed()
{
    return {"conv1", 2, 3, {}, {{0, 2, 0.9}, {1, 0, 0.8}}, {}, {1}};
}

} // namespace

TEST(CircuitPair, PutsMatchedChannelsAtTheSamePlace)
{
    const Circuit a = circuit(kNarrow, 1);
    const Circuit b = circuit(kWide, 2);
    const std::vector<UnitMatching> units{crossed()};
    const auto pair = pairedCircuits(a, b, units);
    ASSERT_TRUE(pair);
    EXPECT_EQ(pair->places[1], (std::vector<CircuitPlace>{{1, 0}, {std::nullopt, 1}, {0, 2}}));
    for (int to = 0; to < 2; ++to) {
        EXPECT_EQ(weightOf(pair->a.columns[2], 2, to), weightOf(a.columns[2], 0, to));
        EXPECT_EQ(weightOf(pair->a.columns[2], 0, to), weightOf(a.columns[2], 1, to));
        EXPECT_EQ(weightOf(pair->a.columns[2], 1, to), 0);
        EXPECT_EQ(weightOf(pair->b.columns[2], 1, to), weightOf(b.columns[2], 1, to));
        EXPECT_DOUBLE_EQ(weightOf(pair->difference.columns[2], 2, to),
                         weightOf(b.columns[2], 2, to) - weightOf(a.columns[2], 0, to));
    }
}

TEST(CircuitPair, HasOneScaleForBoth)
{
    const Circuit a = circuit(kNarrow, 1);
    const Circuit b = circuit(kWide, 2);
    const std::vector<UnitMatching> units{crossed()};
    const auto pair = pairedCircuits(a, b, units);
    ASSERT_TRUE(pair);
    for (std::size_t c = 1; c < a.columns.size(); ++c) {
        EXPECT_EQ(pair->a.columns[c].largest, std::max(a.columns[c].largest, b.columns[c].largest));
        EXPECT_EQ(pair->b.columns[c].largest, pair->a.columns[c].largest);
        double largest = 0;
        for (const CircuitEdge& edge : pair->difference.columns[c].edges)
            largest = std::max(largest, std::abs(edge.weight));
        if (pair->difference.columns[c].name != "neurons") {
            EXPECT_DOUBLE_EQ(pair->difference.columns[c].largest, largest);
        }
    }
}

TEST(CircuitPair, NeuronsGoWithTheirChannel)
{
    const Circuit a = circuit(kNarrow, 1);
    const Circuit b = circuit(kWide, 2);
    const std::vector<UnitMatching> units{{"conv2", 2, 2, {}, {{0, 1, 0.7}, {1, 0, 0.6}}, {}, {}}};
    const auto pair = pairedCircuits(a, b, units);
    ASSERT_TRUE(pair);
    const int per = a.columns[3].perChannel;
    ASSERT_GT(per, 1);
    EXPECT_EQ(pair->places[3][0], (CircuitPlace{per, 0}));
    EXPECT_EQ(pair->places[3][static_cast<std::size_t>(per) + 2], (CircuitPlace{2, per + 2}));
    // A digit reads a's neuron 2 where that neuron now stands.
    EXPECT_EQ(weightOf(pair->a.columns[4], per + 2, 6), weightOf(a.columns[4], 2, 6));
    EXPECT_EQ(pair->difference.columns[3].edges.size(), a.columns[3].edges.size());
}

TEST(CircuitPair, OfTheSameCircuitHasNoDifference)
{
    const Circuit a = circuit(kWide, 3);
    const auto pair = pairedCircuits(a, a, {});
    ASSERT_TRUE(pair);
    for (const CircuitColumn& column : pair->difference.columns)
        if (column.name != "neurons") {
            EXPECT_TRUE(column.edges.empty()) << column.name;
        }
}

TEST(CircuitPair, IsAbsentForNetworksOfOtherLayers)
{
    EXPECT_FALSE(pairedCircuits(circuit(kNarrow, 1), circuit("2@4x4 relu pool, linear 10", 1), {}));
}

} // namespace core
