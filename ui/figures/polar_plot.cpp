// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/polar_plot.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ui
{

namespace
{

QPointF towards(const QPointF& centre, double degrees, double distance)
{
    const double angle = degrees * std::numbers::pi / 180;
    return centre + distance * QPointF(std::cos(angle), -std::sin(angle)); // y points down
}

QPolygonF circle(const QPointF& centre, double radius)
{
    constexpr int kCorners = 72;
    QPolygonF points;
    for (int i = 0; i <= kCorners; ++i)
        points << towards(centre, 360.0 * i / kCorners, radius);
    return points;
}

/// Curves, not lines: they are drawn smoothly where they lie askew.
QPolygonF across(const QPointF& centre, double degrees, double radius)
{
    return {towards(centre, degrees, radius), towards(centre, degrees + 180, radius)};
}

/// Opaque, because journals' checks dislike transparency.
QColor tint(const QColor& colour, const QColor& background)
{
    constexpr double kShare = 0.18;
    const auto part = [](int from, int to) { return qRound(from + kShare * (to - from)); };
    return {part(background.red(), colour.red()), part(background.green(), colour.green()),
            part(background.blue(), colour.blue())};
}

double radiusOf(const QRectF& square, const FigureStyle& style)
{
    return square.width() / 2 - style.line;
}

/// Closed.
QPolygonF outlineOf(const QRectF& square, const PolarPlot& plot, const FigureStyle& style)
{
    QPolygonF outline;
    const auto count = static_cast<double>(plot.values.size());
    for (std::size_t i = 0; i <= plot.values.size() && !plot.values.empty(); ++i) {
        const double value = plot.values[i % plot.values.size()];
        const double share = plot.bound > 0 ? std::min(value / plot.bound, 1.0) : 0;
        outline << towards(square.center(), 360 * static_cast<double>(i) / count,
                           share * radiusOf(square, style));
    }
    return outline;
}

} // namespace

void addPolarPlot(Scene& scene, const QRectF& square, const PolarPlot& plot)
{
    const FigureStyle& style = scene.style();
    scene.addPolygon(outlineOf(square, plot, style), tint(plot.colour, style.background), {});
    addPolarGrid(scene, square);
    if (plot.axis)
        scene.addCurve(across(square.center(), *plot.axis, radiusOf(square, style)), style.text,
                       1.5 * style.line);
    scene.addCurve(outlineOf(square, plot, style), plot.colour, 1.5 * style.line);
}

void addPolarGrid(Scene& scene, const QRectF& square)
{
    const FigureStyle& style = scene.style();
    const double radius = radiusOf(square, style);
    for (int degrees = 0; degrees < 180; degrees += 45)
        scene.addCurve(across(square.center(), degrees, radius), style.hairline, style.line);
    for (const double share : {0.5, 1.0})
        scene.addCurve(circle(square.center(), share * radius), style.hairline, style.line);
}

void addPolarCurve(Scene& scene, const QRectF& square, const PolarPlot& plot, PolarLine line)
{
    const FigureStyle& style = scene.style();
    const auto add = [&](const QPolygonF& points, double width) {
        if (line == PolarLine::Solid)
            scene.addCurve(points, plot.colour, width);
        else
            for (const QPolygonF& dash : dashes(points, 0.5 * style.gap))
                scene.addCurve(dash, plot.colour, width);
    };
    if (plot.axis)
        add(across(square.center(), *plot.axis, radiusOf(square, style)), style.line);
    add(outlineOf(square, plot, style), 1.75 * style.line);
}

std::vector<QPolygonF> dashes(const QPolygonF& line, double length)
{
    std::vector<QPolygonF> pieces;
    bool drawn = true;
    double left = length; // of the piece or gap that is under way
    for (qsizetype i = 1; i < line.size() && length > 0; ++i) {
        QLineF rest(line[i - 1], line[i]);
        if (i == 1)
            pieces.push_back({rest.p1()});
        while (rest.length() > left) {
            const QPointF cut = rest.pointAt(left / rest.length());
            if (drawn)
                pieces.back() << cut;
            else
                pieces.push_back({cut});
            drawn = !drawn;
            left = length;
            rest.setP1(cut);
        }
        left -= rest.length();
        if (drawn)
            pieces.back() << rest.p2();
    }
    return pieces;
}

PolarPoint polarPointAt(const PolarPlot& plot, const QPointF& share)
{
    const double angle = std::atan2(0.5 - share.y(), share.x() - 0.5) * 180 / std::numbers::pi;
    const auto count = static_cast<long>(plot.values.size());
    if (count == 0)
        return {};
    const double step = 360.0 / static_cast<double>(count);
    const long index = (std::lround(angle / step) + count) % count;
    return {step * static_cast<double>(index), plot.values[static_cast<std::size_t>(index)]};
}

} // namespace ui
