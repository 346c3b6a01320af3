// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <set>
#include <vector>

namespace
{

using core::Random;

TEST(Random, FollowsTheStandardsMersenneTwister)
{
    // The C++ standard fixes the 10,000th output of mt19937_64 with its default seed, 5489.
    Random random(5489);
    std::uint64_t last = 0;
    for (int i = 0; i < 10000; ++i)
        last = random.bits();
    EXPECT_EQ(last, 9981545732273789042ULL);
}

TEST(Random, GivesTheSameSequenceForTheSameSeed)
{
    Random first(7);
    Random second(7);
    Random other(8);
    EXPECT_EQ(first.bits(), second.bits());
    EXPECT_NE(first.bits(), other.bits());
}

TEST(Random, UniformStaysInItsHalfOpenRangeWithTheRightMean)
{
    Random random(1);
    double sum = 0;
    for (int i = 0; i < 100000; ++i) {
        const double value = random.uniform(-2.0, 6.0);
        ASSERT_GE(value, -2.0);
        ASSERT_LT(value, 6.0);
        sum += value;
    }
    // Standard error 8 / sqrt(12 * 100,000) = 0.0073; five of them.
    EXPECT_NEAR(sum / 100000, 2.0, 0.037);
}

TEST(Random, NormalHasMeanZeroAndVarianceOne)
{
    Random random(2);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 100000; ++i) {
        const double value = random.normal();
        ASSERT_TRUE(std::isfinite(value));
        sum += value;
        squares += value * value;
    }
    // Standard errors 0.0032 and 0.0045; five of each.
    EXPECT_NEAR(sum / 100000, 0.0, 0.016);
    EXPECT_NEAR(squares / 100000, 1.0, 0.023);
}

TEST(Random, BelowReachesEveryValueEquallyOften)
{
    Random random(3);
    std::array<int, 7> counts{};
    for (int i = 0; i < 70000; ++i)
        ++counts.at(random.below(7));
    for (const int count : counts)
        EXPECT_NEAR(count, 10000, 5 * std::sqrt(70000 * (1.0 / 7) * (6.0 / 7)));
    EXPECT_EQ(random.below(1), 0U);
}

TEST(Random, ShuffleKeepsEveryItem)
{
    std::vector<int> items(100);
    std::iota(items.begin(), items.end(), 0);
    const auto ordered = items;
    Random(4).shuffle(std::span(items));
    EXPECT_NE(items, ordered);
    std::ranges::sort(items);
    EXPECT_EQ(items, ordered);
}

TEST(Random, ContinuesFromASavedState)
{
    Random random(5);
    random.normal();
    const std::string state = random.state();
    const std::array expected = {random.bits(), random.bits(), random.bits()};

    Random restored(99);
    restored.restore(state);
    EXPECT_EQ((std::array{restored.bits(), restored.bits(), restored.bits()}), expected);
}

TEST(DerivedSeed, MatchesSplitMix64)
{
    // The first outputs of the reference splitmix64.c with state 0.
    EXPECT_EQ(core::derivedSeed(0, 0), 0xE220A8397B1DCDAFULL);
    EXPECT_EQ(core::derivedSeed(0, 1), 0x6E789E6AA1B965F4ULL);
    EXPECT_EQ(core::derivedSeed(0, 2), 0x06C45D188009454FULL);
}

TEST(DerivedSeed, DiffersBetweenParts)
{
    std::set<std::uint64_t> seeds;
    for (std::uint64_t part = 0; part < 1000; ++part)
        seeds.insert(core::derivedSeed(42, part));
    EXPECT_EQ(seeds.size(), 1000U);
}

} // namespace
