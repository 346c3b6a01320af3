// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/scene.h"

#include <QPolygonF>
#include <QString>

#include <span>
#include <vector>

namespace ui
{

struct ChartSeries {
    QString label; ///< written at its end
    QColor colour;
    QPolygonF points; ///< in the units of the axes
    bool markEnd = false;
};

/// A line across the chart, with words.
struct ChartRule {
    double value = 0;
    QString label;
    QColor colour;
};

/// Curves over two labelled axes, to be drawn into a scene.
struct Chart {
    QString xTitle;
    QString yTitle;
    double xLow = 0;
    double xHigh = 1;
    double yLow = 0;
    double yHigh = 1;
    bool xFalls = false; ///< the largest x at the left
    int yDecimals = 2;
    std::vector<ChartSeries> series;
    std::vector<ChartRule> rules;

    void fitTo(double xStep); ///< ranges that hold all series and rules, with some air
};

void addChart(Scene& scene, const QRectF& area, const Chart& chart);

/// 1, 2 or 5 times a power of ten: a distance of ticks that gives at most `most` of them.
double tickStep(double range, int most);

/// Distinct colours for curves, readable on the style's background and told apart without red and
/// green; go round after the last.
QColor curveColour(int index, const QColor& background);

} // namespace ui
