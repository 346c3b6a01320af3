// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/binomial.h"

#include <algorithm>
#include <cmath>

namespace core
{

namespace
{

double logBinomial(int k, int n)
{
    return std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0);
}

/// P(X >= first) and the like: terms from `first` on, `step` apart, while they still count. They
/// fall once past the middle; before it the caller asks for the other side.
double sumOfTerms(int first, int step, int n, double chance)
{
    const double ratio = chance / (1 - chance);
    double term = std::exp(logBinomial(first, n) + first * std::log(chance) +
                           (n - first) * std::log1p(-chance));
    double sum = 0;
    for (int k = first; k >= 0 && k <= n && term > sum * 1e-17; k += step) {
        sum += term;
        term *= step > 0 ? ratio * (n - k) / (k + 1.0) : k / (ratio * (n - k + 1.0));
    }
    return sum;
}

/// The chance at which `rising` reaches `target`.
template<typename Rising>
double solve(Rising rising, double target)
{
    double low = 0;
    double high = 1;
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (rising(middle) < target ? low : high) = middle;
    }
    return (low + high) / 2;
}

} // namespace

double binomialTail(int successes, int trials, double chance)
{
    if (successes <= 0 || chance >= 1)
        return 1;
    if (successes > trials || chance <= 0)
        return 0;
    if (successes > trials * chance)
        return sumOfTerms(successes, 1, trials, chance);
    return std::max(1 - sumOfTerms(successes - 1, -1, trials, chance), 0.0);
}

Interval wilsonInterval(int successes, int trials)
{
    if (trials == 0)
        return {};
    constexpr double kZ = 1.959963984540054; // of 95 %, two-sided
    const double n = trials;
    const double p = successes / n;
    const double denominator = 1 + kZ * kZ / n;
    const double centre = (p + kZ * kZ / (2 * n)) / denominator;
    const double half = kZ * std::sqrt(p * (1 - p) / n + kZ * kZ / (4 * n * n)) / denominator;
    return {centre - half, centre + half};
}

Interval clopperPearsonInterval(int successes, int trials)
{
    constexpr double kTail = 0.025;
    Interval interval;
    if (trials == 0)
        return interval;
    if (successes > 0)
        interval.low = solve([&](double p) { return binomialTail(successes, trials, p); }, kTail);
    if (successes < trials)
        interval.high =
            solve([&](double p) { return binomialTail(successes + 1, trials, p); }, 1 - kTail);
    return interval;
}

} // namespace core
