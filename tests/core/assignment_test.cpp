// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/assignment.h"

#include "core/base/random.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>
#include <set>

namespace core
{

namespace
{

double total(const std::vector<double>& benefit, int columns, const std::vector<int>& assigned)
{
    double sum = 0;
    for (std::size_t row = 0; row < assigned.size(); ++row)
        if (assigned[row] >= 0)
            sum += benefit[row * static_cast<std::size_t>(columns) +
                           static_cast<std::size_t>(assigned[row])];
    return sum;
}

/// The best of all ways to pair them.
double bruteForce(const std::vector<double>& benefit, int rows, int columns)
{
    // Slots beyond the columns stand for "left over".
    std::vector<int> order(static_cast<std::size_t>(std::max(rows, columns)));
    std::iota(order.begin(), order.end(), 0);
    double best = -1e300;
    do {
        std::vector<int> assigned(order.begin(), order.begin() + rows);
        for (int& column : assigned)
            column = column < columns ? column : -1;
        best = std::max(best, total(benefit, columns, assigned));
    } while (std::ranges::next_permutation(order).found);
    return best;
}

} // namespace

TEST(Assignment, IsAsGoodAsTheBestOfAllPermutations)
{
    Random random(5);
    for (int rows = 1; rows <= 7; ++rows)
        for (int columns = 1; columns <= 7; ++columns)
            for (int repetition = 0; repetition < 4; ++repetition) {
                std::vector<double> benefit(static_cast<std::size_t>(rows * columns));
                for (double& value : benefit) // coarse ones, so that there are ties
                    value = repetition % 2 == 0 ? random.uniform() * 2 - 1
                                                : static_cast<double>(random.below(4)) - 1;
                const auto assigned = assign(benefit, rows, columns);
                ASSERT_EQ(assigned.size(), static_cast<std::size_t>(rows));
                std::set<int> used;
                for (const int column : assigned)
                    ASSERT_TRUE(column < 0 || (column < columns && used.insert(column).second));
                EXPECT_EQ(used.size(), static_cast<std::size_t>(std::min(rows, columns)));
                EXPECT_NEAR(total(benefit, columns, assigned), bruteForce(benefit, rows, columns),
                            1e-9)
                    << rows << 'x' << columns;
            }
}

TEST(Assignment, FindsAHiddenPermutation)
{
    constexpr int kSize = 40;
    std::vector<double> benefit(kSize * kSize, 0.5);
    for (std::size_t row = 0; row < kSize; ++row)
        benefit[row * kSize + (row * 7 + 3) % kSize] = 1;
    const auto assigned = assign(benefit, kSize, kSize);
    for (std::size_t row = 0; row < kSize; ++row)
        EXPECT_EQ(assigned[row], static_cast<int>((row * 7 + 3) % kSize));
}

TEST(Assignment, OfNothingIsNothing)
{
    EXPECT_TRUE(assign({}, 0, 3).empty());
    EXPECT_EQ(assign({}, 2, 0), std::vector<int>({-1, -1}));
}

} // namespace core
