// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/binomial.h"

#include <cmath>
#include <gtest/gtest.h>

namespace core
{

namespace
{

/// The tail by adding up every term, in the plainest way.
double slowTail(int successes, int trials, double chance)
{
    double sum = 0;
    for (int k = successes; k <= trials; ++k) {
        double term = 1;
        for (int i = 0; i < k; ++i)
            term *= chance * (trials - i) / (i + 1);
        for (int i = k; i < trials; ++i)
            term *= 1 - chance;
        sum += term;
    }
    return sum;
}

} // namespace

TEST(Binomial, TailIsTheSumOfItsTerms)
{
    for (const int trials : {1, 7, 40})
        for (const double chance : {0.02, 0.3, 0.5, 0.98})
            for (int k = 0; k <= trials; ++k)
                EXPECT_NEAR(binomialTail(k, trials, chance), slowTail(k, trials, chance), 1e-12)
                    << k << " of " << trials << " at " << chance;
}

TEST(Binomial, ClopperAndPearsonsIntervalHasTheirDefinition)
{
    for (const auto& [successes, trials] : {std::pair{9800, 10000}, {3, 20}, {19, 20}}) {
        const Interval interval = clopperPearsonInterval(successes, trials);
        EXPECT_NEAR(binomialTail(successes, trials, interval.low), 0.025, 1e-9);
        EXPECT_NEAR(1 - binomialTail(successes + 1, trials, interval.high), 0.025, 1e-9);
    }
}

TEST(Binomial, ClopperAndPearsonsIntervalHasItsClosedFormsAtTheEnds)
{
    const Interval none = clopperPearsonInterval(0, 50);
    EXPECT_EQ(none.low, 0);
    EXPECT_NEAR(none.high, 1 - std::pow(0.025, 1.0 / 50), 1e-12);
    const Interval all = clopperPearsonInterval(50, 50);
    EXPECT_EQ(all.high, 1);
    EXPECT_NEAR(all.low, std::pow(0.025, 1.0 / 50), 1e-12);
    EXPECT_EQ(clopperPearsonInterval(0, 0), (Interval{0, 1}));
}

TEST(Binomial, WilsonsIntervalSolvesItsEquation)
{
    // Its ends are the chances p for which (x - p)^2 = z^2 p (1 - p) / n.
    for (const auto& [successes, trials] : {std::pair{9800, 10000}, {3, 20}, {0, 10}, {10, 10}}) {
        const double share = static_cast<double>(successes) / trials;
        const Interval interval = wilsonInterval(successes, trials);
        for (const double p : {interval.low, interval.high})
            EXPECT_NEAR(std::pow(share - p, 2), 3.8414588206941254 * p * (1 - p) / trials, 1e-12);
    }
    EXPECT_EQ(wilsonInterval(0, 0), (Interval{0, 1}));
}

TEST(Binomial, WilsonsIntervalLiesWithinTheExactOneNearTheGoal)
{
    const Interval wilson = wilsonInterval(9800, 10000);
    const Interval exact = clopperPearsonInterval(9800, 10000);
    EXPECT_GT(wilson.low, exact.low);
    EXPECT_NEAR(wilson.low, exact.low, 2e-4);
    EXPECT_NEAR(wilson.high, exact.high, 2e-4);
}

} // namespace core
