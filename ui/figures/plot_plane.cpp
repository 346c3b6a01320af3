// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/plot_plane.h"

#include "ui/figures/chart.h"
#include "ui/figures/polar_plot.h"
#include "ui/figures/recipe.h"

#include <algorithm>
#include <cmath>

namespace ui
{

double AxisRange::shareOf(double value) const
{
    const double share =
        logarithmic ? std::log(value / low) / std::log(high / low) : (value - low) / (high - low);
    return falls ? 1 - share : share;
}

double AxisRange::valueAt(double share) const
{
    const double rising = falls ? 1 - share : share;
    return logarithmic ? low * std::pow(high / low, rising) : low + rising * (high - low);
}

AxisRange AxisRange::zoomed(double factor, double share) const
{
    const double first = valueAt(share - share / factor);
    const double last = valueAt(share + (1 - share) / factor);
    return {std::min(first, last), std::max(first, last), logarithmic, falls};
}

AxisRange AxisRange::moved(double share) const
{
    const double first = valueAt(share);
    const double last = valueAt(1 + share);
    return {std::min(first, last), std::max(first, last), logarithmic, falls};
}

PlaneRange PlaneRange::zoomed(double factor, double share, double level) const
{
    return {across.zoomed(factor, share), up.zoomed(factor, level)};
}

PlaneRange PlaneRange::moved(double share, double level) const
{
    return {across.moved(share), up.moved(level)};
}

PlotPlane::PlotPlane(Scene& scene, const QRectF& plot, const PlaneRange& range)
    : m_scene(scene), m_plot(plot), m_range(range)
{
}

QRectF PlotPlane::plotIn(const QRectF& area, const FigureStyle& style, double right)
{
    const double line = lineHeight(style.caption);
    return area.adjusted(6.5 * style.gap, line + style.gap, -right - 1.5 * style.gap,
                         -(2 * line + style.gap));
}

double PlotPlane::x(double value) const
{
    return m_plot.left() + m_range.across.shareOf(value) * m_plot.width();
}

double PlotPlane::y(double value) const
{
    return m_plot.bottom() - m_range.up.shareOf(value) * m_plot.height();
}

void PlotPlane::addAxes(const QString& acrossTitle, const QString& upTitle, double unit)
{
    const FigureStyle& style = m_scene.style();
    const double line = lineHeight(style.caption);
    addLevels(unit);
    if (m_range.across.logarithmic && m_range.across.high > 3 * m_range.across.low) {
        addPowers();
    } else {
        const double wide = textWidth(style.number, QStringLiteral("1,000,000"));
        const double step = std::max(
            1.0, tickStep(m_range.across.high - m_range.across.low,
                          std::clamp(static_cast<int>(m_plot.width() / (1.4 * wide)), 2, 9)));
        for (double i = std::ceil(m_range.across.low / step - 1e-9);
             i * step <= m_range.across.high + 1e-9 * step; ++i)
            addTick(i * step);
    }
    m_scene.addLine({m_plot.bottomLeft(), m_plot.bottomRight()}, style.secondaryText, style.line);
    m_scene.addText({m_plot.left(), m_plot.bottom() + style.gap / 2 + line, m_plot.width(), line},
                    Qt::AlignCenter, acrossTitle, style.caption, style.secondaryText);
    m_scene.addText({m_plot.left() - 6.5 * style.gap, m_plot.top() - line - style.gap / 2,
                     m_plot.width() + 6.5 * style.gap, line},
                    Qt::AlignLeft | Qt::AlignVCenter, upTitle, style.caption, style.secondaryText);
}

void PlotPlane::addLevels(double unit)
{
    const FigureStyle& style = m_scene.style();
    const AxisRange& up = m_range.up;
    const double line = lineHeight(style.caption);
    const double step =
        tickStep(unit * (up.high - up.low),
                 std::clamp(static_cast<int>(m_plot.height() / (2.5 * line)), 2, 9));
    const int decimals = std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
    for (double i = std::ceil(unit * up.low / step - 1e-9);
         i * step <= unit * up.high + 1e-9 * step; ++i) {
        const double at = y(i * step / unit);
        m_scene.addLine({m_plot.left(), at, m_plot.right(), at}, style.hairline, 0.6 * style.line);
        m_scene.addText({m_plot.left() - 9 * style.gap, at - line / 2, 8.5 * style.gap, line},
                        Qt::AlignRight | Qt::AlignVCenter, QString::number(i * step, 'f', decimals),
                        style.number, style.secondaryText);
    }
}

void PlotPlane::addTick(double value)
{
    const FigureStyle& style = m_scene.style();
    const double wide = textWidth(style.number, QStringLiteral("1,000,000"));
    const double at = x(value);
    m_scene.addLine({at, m_plot.bottom(), at, m_plot.bottom() + style.gap / 2}, style.secondaryText,
                    style.line);
    m_scene.addText(
        {at - wide / 2, m_plot.bottom() + style.gap / 2, wide, lineHeight(style.caption)},
        Qt::AlignCenter, grouped(std::llround(value)), style.number, style.secondaryText);
}

/// 1, 2 and 5 of each power of ten, or only the powers where they would touch.
void PlotPlane::addPowers()
{
    const FigureStyle& style = m_scene.style();
    const AxisRange& across = m_range.across;
    const double decades = std::log10(across.high / across.low);
    const bool all = m_plot.width() / decades > 24 * style.gap;
    const bool finest = m_plot.width() / decades >= 60 * style.gap;
    for (double power = std::pow(10, std::floor(std::log10(across.low))); power <= across.high;
         power *= 10)
        for (const double factor : {1.0, 2.0, 3.0, 5.0, 7.0}) {
            const double value = factor * power;
            const bool fine = factor == 3 || factor == 7;
            if (value >= across.low && value <= across.high && (factor == 1 || all) &&
                (!fine || finest))
                addTick(value);
        }
}

void PlotPlane::addRule(double value, const QString& label, const QColor& colour)
{
    const FigureStyle& style = m_scene.style();
    const double at = y(value);
    if (at < m_plot.top() || at > m_plot.bottom())
        return;
    for (const QPolygonF& dash : dashes({{m_plot.left(), at}, {m_plot.right(), at}}, style.gap / 2))
        m_scene.addLine({dash.first(), dash.last()}, colour, style.line);
    const double line = lineHeight(style.caption);
    m_scene.addText({m_plot.right() + style.gap / 2, at - line / 2,
                     textWidth(style.caption, label) + style.gap, line},
                    Qt::AlignLeft | Qt::AlignVCenter, label, style.caption, colour);
}

namespace
{

/// The part of a line that lies in a rectangle (Liang and Barsky, 1984).
std::optional<QLineF> clipped(const QLineF& line, const QRectF& area)
{
    double from = 0;
    double to = 1;
    const auto cut = [&](double step, double room) {
        if (step == 0)
            return room >= 0;
        const double share = room / step;
        if (step < 0)
            from = std::max(from, share);
        else
            to = std::min(to, share);
        return from <= to;
    };
    if (!cut(-line.dx(), line.x1() - area.left()) || !cut(line.dx(), area.right() - line.x1()) ||
        !cut(-line.dy(), line.y1() - area.top()) || !cut(line.dy(), area.bottom() - line.y1()))
        return std::nullopt;
    return QLineF(line.pointAt(from), line.pointAt(to));
}

} // namespace

void PlotPlane::addPath(const QPolygonF& places, const QColor& colour, double width)
{
    QPolygonF piece;
    const auto finish = [&] {
        if (piece.size() > 1)
            m_scene.addCurve(piece, colour, width);
        piece.clear();
    };
    for (qsizetype i = 1; i < places.size(); ++i) {
        const std::optional<QLineF> part = clipped({places[i - 1], places[i]}, m_plot);
        if (!part) {
            finish();
            continue;
        }
        if (piece.isEmpty() || piece.back() != part->p1()) {
            finish();
            piece.append(part->p1());
        }
        piece.append(part->p2());
    }
    finish();
}

QPolygonF regularPolygon(const QPointF& middle, int corners, double reach, double turn)
{
    constexpr double kFullTurn = 6.283185307179586;
    QPolygonF polygon;
    for (int i = 0; i < corners; ++i) {
        const double angle = kFullTurn * i / corners + turn;
        polygon.append(middle + reach * QPointF(std::sin(angle), -std::cos(angle)));
    }
    return polygon;
}

QColor quietColour(const QColor& colour, const FigureStyle& style)
{
    const auto part = [](int a, int b) { return (a + b) / 2; };
    return {part(colour.red(), style.background.red()),
            part(colour.green(), style.background.green()),
            part(colour.blue(), style.background.blue())};
}

void addInterval(Scene& scene, const QRectF& plot, double x, double low, double high,
                 const QColor& colour, BarLine line)
{
    const FigureStyle& style = scene.style();
    const double bottom = std::min(low, plot.bottom());
    const double top = std::max(high, plot.top());
    const double cap = 0.35 * style.gap;
    if (line == BarLine::Solid)
        scene.addLine({x, bottom, x, top}, colour, style.line);
    else
        for (const QPolygonF& dash : dashes({{x, bottom}, {x, top}}, 0.3 * style.gap))
            scene.addLine({dash.first(), dash.last()}, colour, style.line);
    for (const double at : {bottom, top})
        scene.addLine({x - cap, at, x + cap, at}, colour, style.line);
}

bool LabelRoom::takeFree(const QRectF& box)
{
    const auto overlaps = [&](const QRectF& other) { return other.intersects(box); };
    if (!m_plot.contains(box) || std::ranges::any_of(m_taken, overlaps))
        return false;
    m_taken.push_back(box);
    return true;
}

std::optional<QRectF> LabelRoom::find(const QPointF& place, const QSizeF& size, double gap)
{
    const double wide = size.width();
    const double high = size.height();
    const QPointF offsets[] = {{gap, -high / 2},
                               {-gap - wide, -high / 2},
                               {gap / 2, -gap - 0.75 * high},
                               {gap / 2, gap - high / 4},
                               {-gap / 2 - wide, -gap - 0.75 * high},
                               {-gap / 2 - wide, gap - high / 4},
                               {-wide / 2, -gap - high},
                               {-wide / 2, gap},
                               {0, -gap - high},
                               {-wide, -gap - high},
                               {0, gap},
                               {-wide, gap}};
    for (const QPointF& offset : offsets) {
        const QRectF box(place + offset, size);
        if (takeFree(box))
            return box;
    }
    return std::nullopt;
}

LegendLine::LegendLine(Scene& scene, const QPointF& topLeft, double width)
    : m_scene(scene), m_topLeft(topLeft), m_at(topLeft), m_width(width)
{
}

QPointF LegendLine::add(const QString& text)
{
    const FigureStyle& style = m_scene.style();
    const double line = lineHeight(style.caption);
    const double needed = 2 * style.gap + textWidth(style.caption, text) + 2 * style.gap;
    if (m_at.x() > m_topLeft.x() && m_at.x() + needed > m_topLeft.x() + m_width)
        m_at = {m_topLeft.x(), m_at.y() + line + style.gap / 2};
    const QPointF mark(m_at.x() + 0.75 * style.gap, m_at.y() + line / 2);
    m_scene.addText({m_at.x() + 2 * style.gap, m_at.y(), needed, line},
                    Qt::AlignLeft | Qt::AlignVCenter, text, style.caption, style.text);
    m_at.rx() += needed;
    return mark;
}

double LegendLine::height() const
{
    const FigureStyle& style = m_scene.style();
    return m_at.y() - m_topLeft.y() + lineHeight(style.caption) + style.gap / 2;
}

} // namespace ui
