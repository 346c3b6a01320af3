// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/edge_curves.h"

#include <algorithm>

namespace ui
{

namespace
{

double highest(const std::vector<double>& values)
{
    return values.empty() ? 0.0 : *std::ranges::max_element(values);
}

} // namespace

std::vector<double> gratingsRound(const core::OrientationTuning& tuning)
{
    std::vector<double> round = tuning.gratings;
    round.insert(round.end(), tuning.gratings.begin(), tuning.gratings.end());
    return round;
}

std::vector<double> edgesRound(const core::OrientationTuning& tuning)
{
    constexpr int kQuarter = core::kOrientationAngles / 2;
    std::vector<double> round(2 * tuning.inkLeft.size());
    for (std::size_t i = 0; i < tuning.inkLeft.size(); ++i) {
        round[i + kQuarter] = tuning.inkLeft[i];
        round[(i + 3 * kQuarter) % round.size()] = tuning.inkRight[i];
    }
    return round;
}

double highestGrating(const core::OrientationTuning& tuning)
{
    return highest(tuning.gratings);
}

double highestEdge(const core::OrientationTuning& tuning)
{
    return std::max(highest(tuning.inkLeft), highest(tuning.inkRight));
}

} // namespace ui
