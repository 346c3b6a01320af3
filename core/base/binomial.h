// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace core
{

struct Interval {
    double low = 0;
    double high = 1;
    bool operator==(const Interval&) const = default;
};

/// The 95 % interval of a proportion (Wilson 1927): unlike the normal approximation it is right for
/// proportions near 1, which is where all good networks are. [0, 1] without trials.
Interval wilsonInterval(int successes, int trials);

/// The "exact" 95 % interval (Clopper and Pearson 1934): wider, and never covers the true
/// proportion less often than that. [0, 1] without trials.
Interval clopperPearsonInterval(int successes, int trials);

/// Probability of `successes` or more in `trials` with that chance each.
double binomialTail(int successes, int trials, double chance);

} // namespace core
