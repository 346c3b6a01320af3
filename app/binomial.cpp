// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/binomial.h"

#include <cmath>

namespace app
{

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

} // namespace app
