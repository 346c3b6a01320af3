// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/truncated_normal.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>

namespace core
{

namespace
{

/// Simpson's rule in long double.
template<typename Function>
double integral(Function function, double from, double to)
{
    constexpr int kPieces = 20000;
    const long double width = (static_cast<long double>(to) - from) / kPieces;
    long double sum = function(from) + function(to);
    for (int i = 1; i < kPieces; ++i)
        sum += (i % 2 ? 4 : 2) * function(static_cast<double>(from + i * width));
    return static_cast<double>(sum * width / 3);
}

long double gauss(double x)
{
    return std::exp(-0.5L * x * x) / std::sqrt(2 * std::numbers::pi_v<long double>);
}

} // namespace

TEST(TruncatedNormal, HasTheMassOfTheIntegral)
{
    const double bounds[][2] = {{-1, 2}, {-6, -4}, {4, 6}, {-30, -29}, {29, 30}, {-8, 8}, {0, 1}};
    for (const auto& [a, b] : bounds)
        EXPECT_NEAR(logNormalMass(a, b), std::log(integral(gauss, a, b)),
                    1e-10 * std::abs(logNormalMass(a, b)) + 1e-14)
            << a << " to " << b;
}

TEST(TruncatedNormal, JoinsTheTailsSeriesToTheFunction)
{
    // Mills' ratio between its bounds x / (1 + x^2) and 1 / x.
    for (const double x : {19.9, 20.1, 25.0, 37.0, 60.0}) {
        const double ratio = logNormalCdf(-x) + 0.5 * x * x + 0.5 * std::log(2 * std::numbers::pi);
        EXPECT_LT(ratio, -std::log(x));
        EXPECT_GT(ratio, std::log(x / (1 + x * x)));
    }
    EXPECT_NEAR(logNormalCdf(-20 + 1e-9), logNormalCdf(-20 - 1e-9), 1e-6);
}

TEST(TruncatedNormal, IntegratesToOne)
{
    const TruncatedNormal normal{0.9, 0.3, -0.2, 1};
    const auto density = [&](double x) -> long double { return std::exp(normal.logDensity(x)); };
    EXPECT_NEAR(integral(density, -0.2, 1), 1, 1e-10);
    EXPECT_EQ(normal.logDensity(1.01), -INFINITY);
    EXPECT_NEAR(normal.logMass(0.5, 0.6), std::log(integral(density, 0.5, 0.6)), 1e-10);
    EXPECT_NEAR(normal.logMass(-5, 5), 0, 1e-14);
}

TEST(TruncatedNormal, HasTheQuantileBelowWhichTheProbabilityLies)
{
    const TruncatedNormal cases[] = {
        {0.5, 0.1, 0, 1}, {0, 0.01, 0, 1}, {1, 0.01, 0, 1}, {-3, 0.1, 0, 1}, {4, 0.1, 0, 1}};
    for (const TruncatedNormal& normal : cases) {
        EXPECT_NEAR(normal.quantile(0), 0, 1e-12);
        for (const double probability : {0.001, 0.3, 0.5, 0.999})
            EXPECT_NEAR(std::exp(normal.logMass(0, normal.quantile(probability))), probability,
                        1e-8)
                << normal.mean();
    }
}

} // namespace core
