// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace app
{

struct Interval {
    double low = 0;
    double high = 1;
};

/// The 95 % interval of a proportion (Wilson 1927): unlike the normal approximation it is right for
/// proportions near 1, which is where all good networks are. [0, 1] without trials.
Interval wilsonInterval(int successes, int trials);

} // namespace app
