// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/orientation.h"

#include <vector>

namespace ui
{

// A channel's tuning as curves for polar plots: one value every 5 degrees, all the way round.

/// Along the stripes. They have no ends: each angle twice.
std::vector<double> gratingsRound(const core::OrientationTuning& tuning);
/// In the direction in which the ink lies: 90 degrees from the line, to its left or right.
std::vector<double> edgesRound(const core::OrientationTuning& tuning);

double highestGrating(const core::OrientationTuning& tuning);
double highestEdge(const core::OrientationTuning& tuning);

} // namespace ui
