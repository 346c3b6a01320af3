// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/chart.h"

#include "ui/figures/heat_map.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ui
{

namespace
{

constexpr int kMostTicks = 9;

/// Where the curves are and how a value gets there.
struct Frame {
    QRectF plot;
    const Chart& chart;

    double x(double value) const
    {
        const double share = (value - chart.xLow) / (chart.xHigh - chart.xLow);
        return plot.left() + (chart.xFalls ? 1 - share : share) * plot.width();
    }
    double y(double value) const
    {
        return plot.bottom() - (value - chart.yLow) / (chart.yHigh - chart.yLow) * plot.height();
    }
};

QString tickText(double value, double step)
{
    const int decimals = std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
    return shortNumber(value, decimals);
}

double endLabelWidth(const Chart& chart, const FigureStyle& style)
{
    double width = 0;
    for (const ChartSeries& series : chart.series)
        width = std::max(width, textWidth(style.caption, series.label));
    for (const ChartRule& rule : chart.rules)
        width = std::max(width, textWidth(style.caption, rule.label));
    return width == 0 ? 0 : width + style.gap;
}

void addAxes(Scene& scene, const Frame& frame)
{
    const FigureStyle& style = scene.style();
    const Chart& chart = frame.chart;
    const double line = lineHeight(style.caption);
    const double yStep =
        tickStep(chart.yHigh - chart.yLow,
                 std::clamp(static_cast<int>(frame.plot.height() / (2 * line)), 2, kMostTicks));
    for (double i = std::ceil(chart.yLow / yStep - 1e-9); i * yStep <= chart.yHigh + 1e-9 * yStep;
         ++i) {
        const double y = frame.y(i * yStep);
        scene.addLine({frame.plot.left(), y, frame.plot.right(), y}, style.hairline,
                      0.6 * style.line);
        scene.addText({frame.plot.left() - 12 * style.gap, y - line / 2, 11.5 * style.gap, line},
                      Qt::AlignRight | Qt::AlignVCenter, tickText(i * yStep, yStep), style.number,
                      style.secondaryText);
    }
    const double wide = textWidth(style.number, QStringLiteral("00000"));
    const double xStep = std::max(
        1.0,
        tickStep(chart.xHigh - chart.xLow,
                 std::clamp(static_cast<int>(frame.plot.width() / (1.8 * wide)), 2, kMostTicks)));
    for (double i = std::ceil(chart.xLow / xStep - 1e-9); i * xStep <= chart.xHigh + 1e-9 * xStep;
         ++i) {
        const double x = frame.x(i * xStep);
        scene.addLine({x, frame.plot.bottom(), x, frame.plot.bottom() + style.gap / 2},
                      style.secondaryText, style.line);
        scene.addText({x - wide, frame.plot.bottom() + style.gap / 2, 2 * wide, line},
                      Qt::AlignCenter, tickText(i * xStep, xStep), style.number,
                      style.secondaryText);
    }
    scene.addLine({frame.plot.bottomLeft(), frame.plot.bottomRight()}, style.secondaryText,
                  style.line);
    scene.addText(
        {frame.plot.left(), frame.plot.bottom() + style.gap / 2 + line, frame.plot.width(), line},
        Qt::AlignCenter, chart.xTitle, style.caption, style.secondaryText);
    scene.addText({frame.plot.left() - 7 * style.gap, frame.plot.top() - line - style.gap / 2,
                   frame.plot.width() + 7 * style.gap, line},
                  Qt::AlignLeft | Qt::AlignVCenter, chart.yTitle, style.caption,
                  style.secondaryText);
}

void addRules(Scene& scene, const Frame& frame)
{
    const FigureStyle& style = scene.style();
    for (const ChartRule& rule : frame.chart.rules) {
        const double y = frame.y(rule.value);
        const double dash = style.gap / 2;
        for (double x = frame.plot.left(); x < frame.plot.right(); x += 2 * dash)
            scene.addLine({x, y, std::min(x + dash, frame.plot.right()), y}, rule.colour,
                          style.line);
        const double line = lineHeight(style.caption);
        scene.addText({frame.plot.right() + style.gap / 2, y - line / 2,
                       textWidth(style.caption, rule.label), line},
                      Qt::AlignLeft | Qt::AlignVCenter, rule.label, style.caption, rule.colour);
    }
}

/// Names at the curves' ends, moved apart where they would overlap.
void addEndLabels(Scene& scene, const Frame& frame)
{
    const FigureStyle& style = scene.style();
    const double line = lineHeight(style.caption);
    std::vector<std::pair<double, const ChartSeries*>> ends;
    for (const ChartSeries& series : frame.chart.series)
        if (!series.points.isEmpty() && !series.label.isEmpty())
            ends.emplace_back(frame.y(series.points.back().y()), &series);
    std::ranges::sort(ends, {}, [](const auto& end) { return end.first; });
    double lowest = frame.plot.top() - line;
    for (const auto& [wanted, series] : ends) {
        const double y = std::max(wanted - line / 2, lowest);
        lowest = y + line;
        const double x = frame.x(series->points.back().x()) + style.gap / 2;
        scene.addText({x, y, textWidth(style.caption, series->label), line},
                      Qt::AlignLeft | Qt::AlignVCenter, series->label, style.caption,
                      series->colour);
    }
}

void addSeries(Scene& scene, const Frame& frame)
{
    const FigureStyle& style = scene.style();
    for (const ChartSeries& series : frame.chart.series) {
        QPolygonF points;
        for (const QPointF& point : series.points)
            points.append({frame.x(point.x()),
                           std::clamp(frame.y(point.y()), frame.plot.top(), frame.plot.bottom())});
        if (points.isEmpty())
            continue;
        scene.addCurve(points, series.colour, 1.5 * style.line);
        const double reach = 2.5 * style.line;
        if (series.markEnd || points.size() == 1)
            scene.addBox({points.back() - QPointF(reach, reach), QSizeF(2 * reach, 2 * reach)},
                         series.colour);
    }
}

} // namespace

void Chart::fitTo(double xStep)
{
    bool first = true;
    const auto take = [&](double x, double y) {
        xLow = first ? x : std::min(xLow, x);
        xHigh = first ? x : std::max(xHigh, x);
        yLow = first ? y : std::min(yLow, y);
        yHigh = first ? y : std::max(yHigh, y);
        first = false;
    };
    for (const ChartSeries& one : series)
        for (const QPointF& point : one.points)
            take(point.x(), point.y());
    if (first)
        return;
    for (const ChartRule& rule : rules)
        take(xLow, rule.value);
    xHigh = std::max(xHigh, xLow + xStep);
    const double air = std::max(0.08 * (yHigh - yLow), 1e-6);
    yLow -= air;
    yHigh += air;
}

void addChart(Scene& scene, const QRectF& area, const Chart& chart)
{
    const FigureStyle& style = scene.style();
    const double line = lineHeight(style.caption);
    const Frame frame{area.adjusted(7 * style.gap, line + style.gap, -endLabelWidth(chart, style),
                                    -(2 * line + style.gap)),
                      chart};
    addAxes(scene, frame);
    addRules(scene, frame);
    addSeries(scene, frame);
    addEndLabels(scene, frame);
}

double tickStep(double range, int most)
{
    if (!(range > 0))
        return 1;
    const double power = std::pow(10, std::floor(std::log10(range / most)));
    for (const double factor : {1, 2, 5, 10})
        if (range / (factor * power) <= most)
            return factor * power;
    return 10 * power;
}

QColor curveColour(int index, const QColor& background)
{
    // After Okabe and Ito (2008), darkened or lightened until they stand out at 3:1.
    static constexpr std::array kOnLight = {0x0B6BB2, 0xC2570A, 0x7A4EA3,
                                            0x1F7A54, 0x8A6A00, 0xA8326E};
    static constexpr std::array kOnDark = {0x6CB8F0, 0xF2A154, 0xC2A2E8,
                                           0x55C596, 0xE3C341, 0xF08CBB};
    const auto& colours = background.lightness() < 128 ? kOnDark : kOnLight;
    return QColor(static_cast<QRgb>(colours[static_cast<std::size_t>(index) % colours.size()]));
}

} // namespace ui
