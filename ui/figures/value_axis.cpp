// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/value_axis.h"

#include "core/search/analysis/unit_cube.h"
#include "ui/figures/chart.h"
#include "ui/figures/heat_map.h"

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{

constexpr int kLeastTicks = 3;
constexpr int kMostTicks = 10;

} // namespace

ValueAxis::ValueAxis(double low, double high, double factor, Ticks ticks)
    : m_distribution(core::FloatRange{low, high}), m_factor(factor), m_ticks(ticks)
{
}

ValueAxis::ValueAxis(core::Distribution distribution) : m_distribution(std::move(distribution)) {}

double ValueAxis::share(double value) const
{
    return core::unitPosition(m_distribution, value);
}

void ValueAxis::addTick(std::vector<AxisTick>& ticks, double value, const QString& text) const
{
    constexpr double kSlack = 1e-9;
    const double place = share(value);
    if (place >= -kSlack && place <= 1 + kSlack)
        ticks.push_back({place, text});
}

std::vector<AxisTick> ValueAxis::linearTicks(double low, double high, int most, bool whole) const
{
    std::vector<AxisTick> ticks;
    double step = tickStep(m_factor * (high - low), std::max(kLeastTicks, most));
    if (whole)
        step = std::max(1.0, step);
    const int decimals = std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
    for (double i = std::ceil(m_factor * low / step - 1e-9);
         i * step <= m_factor * high + 1e-9 * step; ++i)
        addTick(ticks, i * step / m_factor, shortNumber(i * step, decimals));
    if (ticks.empty())
        addTick(ticks, low, shortNumber(m_factor * low));
    return ticks;
}

/// Powers of ten; with the ends where there are fewer than two of them.
std::vector<AxisTick> ValueAxis::logTicks(double low, double high, int most) const
{
    std::vector<AxisTick> ticks;
    const auto add = [&](double value) { addTick(ticks, value, QString::number(value, 'g', 3)); };
    const double first = std::ceil(std::log10(low) - 1e-9);
    const double last = std::floor(std::log10(high) + 1e-9);
    const double step = std::max(1.0, std::ceil((last - first + 1) / std::max(2, most)));
    for (double power = first; power <= last; power += step)
        add(std::pow(10, power));
    if (ticks.size() >= 2)
        return ticks;
    ticks.clear();
    add(low);
    if (high > low)
        add(high);
    return ticks;
}

std::vector<AxisTick> ValueAxis::nameTicks(const core::Categories& categories, int most) const
{
    std::vector<AxisTick> ticks;
    const auto count = static_cast<int>(categories.choices.size());
    const int step = std::max(1, (count + std::max(2, most) - 1) / std::max(2, most));
    for (int i = 0; i < count; i += step)
        addTick(
            ticks, i,
            QString::fromStdString(core::toText(categories.choices[static_cast<std::size_t>(i)])));
    return ticks;
}

std::vector<AxisTick> ValueAxis::ticks(int most) const
{
    if (const auto* range = std::get_if<core::FloatRange>(&m_distribution))
        return range->log ? logTicks(range->low, range->high, most)
                          : linearTicks(range->low, range->high, most, m_ticks == Ticks::Whole);
    if (const auto* range = std::get_if<core::IntRange>(&m_distribution)) {
        const auto low = static_cast<double>(range->low);
        const auto high = static_cast<double>(range->high);
        return range->log ? logTicks(low, high, most) : linearTicks(low, high, most, true);
    }
    return nameTicks(std::get<core::Categories>(m_distribution), most);
}

QMarginsF plotMargins(const FigureStyle& style)
{
    const double line = lineHeight(style.caption);
    return {7 * style.gap, line + style.gap, style.gap, 2 * line + style.gap};
}

namespace
{

void addUprightAxis(Scene& scene, const QRectF& plot, const ValueAxis& axis)
{
    const FigureStyle& style = scene.style();
    const double line = lineHeight(style.caption);
    for (const AxisTick& tick :
         axis.ticks(std::min(kMostTicks, static_cast<int>(plot.height() / (2 * line))))) {
        const double y = plot.bottom() - tick.share * plot.height();
        scene.addLine({plot.left(), y, plot.right(), y}, style.hairline, 0.6 * style.line);
        scene.addLabel({plot.left() - 7 * style.gap, y - line / 2, 6.5 * style.gap, line},
                       Qt::AlignRight | Qt::AlignVCenter, tick.text, style.number,
                       style.secondaryText);
    }
}

void addLyingAxis(Scene& scene, const QRectF& plot, const ValueAxis& axis)
{
    const FigureStyle& style = scene.style();
    const double line = lineHeight(style.caption);
    const double usual = textWidth(style.number, QStringLiteral("0.0001"));
    const auto ticks = axis.ticks(static_cast<int>(plot.width() / (1.6 * usual)));
    const double room = plot.width() / std::max<double>(1, static_cast<double>(ticks.size()));
    for (const AxisTick& tick : ticks) {
        const double x = plot.left() + tick.share * plot.width();
        scene.addLine({x, plot.bottom(), x, plot.bottom() + style.gap / 2}, style.secondaryText,
                      style.line);
        const double width = std::max(room, usual);
        scene.addLabel({x - width / 2, plot.bottom() + style.gap / 2, width, line}, Qt::AlignCenter,
                       tick.text, style.number, style.secondaryText);
    }
}

} // namespace

void addPlotAxes(Scene& scene, const QRectF& plot, const ValueAxis& x, const ValueAxis& y,
                 const QString& xTitle, const QString& yTitle)
{
    const FigureStyle& style = scene.style();
    const double line = lineHeight(style.caption);
    addUprightAxis(scene, plot, y);
    addLyingAxis(scene, plot, x);
    scene.addLine({plot.bottomLeft(), plot.bottomRight()}, style.secondaryText, style.line);
    scene.addLabel({plot.left(), plot.bottom() + style.gap / 2 + line, plot.width(), line},
                   Qt::AlignCenter, xTitle, style.caption, style.secondaryText);
    scene.addLabel({plot.left() - 6.5 * style.gap, plot.top() - line - style.gap / 2,
                    plot.width() + 6.5 * style.gap, line},
                   Qt::AlignLeft | Qt::AlignVCenter, yTitle, style.caption, style.secondaryText);
}

namespace
{

/// Keeps the part of a line in which `coordinate` is on the inner side of `limit` (Sutherland and
/// Hodgman 1974). A line that leaves and comes back goes along the edge.
template<typename Coordinate>
QPolygonF cut(const QPolygonF& points, double limit, double side, Coordinate coordinate)
{
    QPolygonF kept;
    const auto depth = [&](const QPointF& point) { return side * (coordinate(point) - limit); };
    for (qsizetype i = 0; i < points.size(); ++i) {
        const double here = depth(points[i]);
        if (i > 0) {
            const double before = depth(points[i - 1]);
            if ((before < 0) != (here < 0))
                kept.append(points[i - 1] +
                            (points[i] - points[i - 1]) * (before / (before - here)));
        }
        if (here >= 0)
            kept.append(points[i]);
    }
    return kept;
}

} // namespace

QPolygonF withinPlot(const QPolygonF& points, const QRectF& plot)
{
    const auto x = [](const QPointF& point) { return point.x(); };
    const auto y = [](const QPointF& point) { return point.y(); };
    return cut(cut(cut(cut(points, plot.left(), 1, x), plot.right(), -1, x), plot.top(), 1, y),
               plot.bottom(), -1, y);
}

} // namespace ui
