// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/scene.h"

#include <optional>
#include <vector>

namespace ui
{

/// What of an axis is visible.
struct AxisRange {
    double low = 0;
    double high = 1;
    bool logarithmic = false; ///< then low is above 0
    bool falls = false;       ///< the high end at the left, or at the bottom

    double shareOf(double value) const; ///< 0 at the left or at the bottom, 1 at the other end
    double valueAt(double share) const;
    AxisRange zoomed(double factor, double share) const; ///< around a place
    AxisRange moved(double share) const;
    bool operator==(const AxisRange&) const = default;
};

struct PlaneRange {
    AxisRange across;
    AxisRange up;

    PlaneRange zoomed(double factor, double share, double level) const;
    PlaneRange moved(double share, double level) const;
    bool operator==(const PlaneRange&) const = default;
};

/// A rectangle of a scene with two axes, of which a part is visible: where values lie in it, and
/// its axes drawn.
class PlotPlane
{
public:
    PlotPlane(Scene& scene, const QRectF& plot, const PlaneRange& range);

    const QRectF& plot() const { return m_plot; }
    double x(double value) const;
    double y(double value) const;
    QPointF place(double across, double up) const { return {x(across), y(up)}; }
    bool contains(const QPointF& place) const { return m_plot.contains(place); }

    /// What is left of an area beside the axes' numbers and titles, and `right` for rules' words.
    static QRectF plotIn(const QRectF& area, const FigureStyle& style, double right);

    /// Ticks with numbers and both titles; `unit` is what the numbers at the left are multiplied
    /// with: 100 for shares in per cent. Whole numbers across.
    void addAxes(const QString& acrossTitle, const QString& upTitle, double unit = 1);
    /// A dashed line across with words at its right end, where it is visible.
    void addRule(double value, const QString& label, const QColor& colour);
    /// What is visible of a line through points, each of which lies somewhere.
    void addPath(const QPolygonF& places, const QColor& colour, double width);

private:
    void addLevels(double unit);
    void addTick(double value);
    void addPowers();

    Scene& m_scene;
    QRectF m_plot;
    PlaneRange m_range;
};

/// A closed polygon around a point: a diamond has 4 corners, a triangle 3, a disc many.
QPolygonF regularPolygon(const QPointF& middle, int corners, double reach, double turn = 0);

/// Opaque, half way to the background: for what is to stay behind.
QColor quietColour(const QColor& colour, const FigureStyle& style);

/// A vertical bar with caps, as far as it lies in the plot: of an interval.
enum class BarLine { Solid, Dashed };
void addInterval(Scene& scene, const QRectF& plot, double x, double low, double high,
                 const QColor& colour, BarLine line = BarLine::Solid);

/// Finds room for words beside marks.
class LabelRoom
{
public:
    explicit LabelRoom(const QRectF& plot) : m_plot(plot) {}

    void take(const QRectF& box) { m_taken.push_back(box); }
    bool takeFree(const QRectF& box); ///< false: something is there, or it lies outside
    /// Beside, above or below the place, where nothing else is; then it is taken.
    std::optional<QRectF> find(const QPointF& place, const QSizeF& size, double gap);

private:
    QRectF m_plot;
    std::vector<QRectF> m_taken;
};

/// Marks with their words, one after the other in as many lines as it takes.
class LegendLine
{
public:
    LegendLine(Scene& scene, const QPointF& topLeft, double width);

    QPointF add(const QString& text); ///< returns the middle of where its mark is to be
    double height() const;

private:
    Scene& m_scene;
    QPointF m_topLeft;
    QPointF m_at;
    double m_width = 0;
};

} // namespace ui
