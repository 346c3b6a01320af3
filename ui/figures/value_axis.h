// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/distribution.h"
#include "ui/figures/scene.h"

#include <QString>

#include <vector>

namespace ui
{

struct AxisTick {
    double share = 0; ///< along the axis, from 0 to 1
    QString text;
};

/// Numbers or categories along a line.
class ValueAxis
{
public:
    enum class Ticks { Any, Whole };
    /// Linear. Texts say a value times `factor`.
    ValueAxis(double low, double high, double factor = 1, Ticks ticks = Ticks::Any);
    /// Over a hyper-parameter's range: on the logarithm where that is.
    explicit ValueAxis(core::Distribution distribution);

    double share(double value) const;            ///< outside [0, 1] for what lies beyond the ends
    std::vector<AxisTick> ticks(int most) const; ///< at most about so many, but at least two

private:
    std::vector<AxisTick> linearTicks(double low, double high, int most, bool whole) const;
    std::vector<AxisTick> logTicks(double low, double high, int most) const;
    std::vector<AxisTick> nameTicks(const core::Categories& categories, int most) const;
    void addTick(std::vector<AxisTick>& ticks, double value, const QString& text) const;

    core::Distribution m_distribution;
    double m_factor = 1;
    Ticks m_ticks = Ticks::Any;
};

/// Room that addPlotAxes() needs outside the plot.
QMarginsF plotMargins(const FigureStyle& style);

/// Axes at the plot's left and bottom with ticks, hairlines across, and titles.
void addPlotAxes(Scene& scene, const QRectF& plot, const ValueAxis& x, const ValueAxis& y,
                 const QString& xTitle, const QString& yTitle);

/// Without a part beyond the plot: lines that leave it end at its edge.
QPolygonF withinPlot(const QPolygonF& points, const QRectF& plot);

} // namespace ui
