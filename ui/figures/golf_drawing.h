// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/golf_games.h"

#include <vector>

namespace ui
{

// The parts of a GolfFigure. Marks have the figure's keys.

/// What the marks mean. Returns the height.
double addGolfLegend(Scene& scene, const QPointF& topLeft, double width,
                     const std::vector<GolfGame>& games);

/// Accuracy on the images that select against non-zero parameters, the larger networks at the left.
void addGolfAccuracy(Scene& scene, const QRectF& area, const std::vector<GolfGame>& games,
                     const PlaneRange& range);

/// The mean training loss of each step.
void addGolfLoss(Scene& scene, const QRectF& area, const std::vector<GolfGame>& games,
                 const PlaneRange& range);

} // namespace ui
