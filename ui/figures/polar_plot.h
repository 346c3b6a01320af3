// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/scene.h"

#include <optional>
#include <vector>

namespace ui
{

/// One value a direction, all the way round: entry i lies at i * 360 / size degrees,
/// counter-clockwise from the right.
struct PolarPlot {
    std::vector<double> values; ///< not negative
    double bound = 1;           ///< what the outer circle stands for
    QColor colour;
    std::optional<double> axis; ///< degrees of a line through the centre
};

struct PolarPoint {
    double degrees = 0;
    double value = 0;
};

/// Draws the plot into a square, filled. 0 values are in the centre.
void addPolarPlot(Scene& scene, const QRectF& square, const PolarPlot& plot);

enum class PolarLine { Solid, Dashed };

/// The parts of one, for several curves in the same circle: two circles and four spokes, and a line
/// that is not filled. A plot's axis is drawn in its line's way.
void addPolarGrid(Scene& scene, const QRectF& square);
void addPolarCurve(Scene& scene, const QRectF& square, const PolarPlot& plot,
                   PolarLine line = PolarLine::Solid);
/// Pieces of a line, each as long as the gap behind it.
std::vector<QPolygonF> dashes(const QPolygonF& line, double length);

/// The entry nearest to the direction from the centre of a square to a point in it, which is given
/// as shares of the square's sides, from its top left.
PolarPoint polarPointAt(const PolarPlot& plot, const QPointF& share);

} // namespace ui
