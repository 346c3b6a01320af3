// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/analysis/progress.h"
#include "core/search/analysis/unit_cube.h"
#include "ui/figures/chart.h"
#include "ui/figures/sweep_figures.h"
#include "ui/figures/value_axis.h"

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{

/// From quiet to strong: what a result is among the usual ones, 0 the worst and 1 the best.
QColor lineColour(double share, const FigureStyle& style)
{
    const QColor strong = curveColour(0, style.background);
    const QColor& quiet = style.hairline;
    // Most results are near the best; the square sets those apart.
    const double part = std::pow(std::clamp(share, 0.0, 1.0), 2);
    const auto mix = [&](int from, int to) {
        return static_cast<int>(std::lround(from + part * (to - from)));
    };
    return {mix(quiet.red(), strong.red()), mix(quiet.green(), strong.green()),
            mix(quiet.blue(), strong.blue())};
}

} // namespace

QString SweepParallelFigure::explanation() const
{
    return QStringLiteral("A line a complete trial through its result and its parameters, the "
                          "better the stronger; results off the axis are at its end.");
}

void SweepParallelFigure::addAxes(Scene& scene, const QRectF& area) const
{
    const FigureStyle& style = scene.style();
    const double line = lineHeight(style.caption);
    const auto& dimensions = data().space.dimensions;
    const double gap =
        area.width() / static_cast<double>(std::max<std::size_t>(1, dimensions.size()));
    const auto [low, high] = withAir(usualResults(data()));
    for (std::size_t i = 0; i <= dimensions.size(); ++i) {
        const double x = area.left() + static_cast<double>(i) * gap;
        const ValueAxis axis = i == 0 ? ValueAxis(low, high, data().factor())
                                      : ValueAxis(dimensions[i - 1].distribution);
        const QString title =
            i == 0 ? data().valueTitle() : QString::fromStdString(dimensions[i - 1].name);
        scene.addLine({x, area.top(), x, area.bottom()}, style.secondaryText, style.line);
        const bool isLast = i == dimensions.size() && i > 0;
        for (const AxisTick& tick : axis.ticks(static_cast<int>(area.height() / (3 * line)))) {
            const double y = area.bottom() - tick.share * area.height();
            const double side = isLast ? -1 : 1;
            scene.addLine({x, y, x + side * style.gap / 2, y}, style.secondaryText, style.line);
            // On the background's colour, so that it can be read over the lines.
            const double width =
                std::min(textWidth(style.number, tick.text) + 2, gap - 1.5 * style.gap);
            const QRectF box(isLast ? x - 0.75 * style.gap - width : x + 0.75 * style.gap,
                             y - line / 2, width, line);
            scene.addBox(box, style.background);
            scene.addLabel(box, Qt::AlignCenter, tick.text, style.number, style.secondaryText);
        }
        const double half = i == 0 || isLast ? gap : gap / 2;
        const QRectF box(i == 0 ? x - 2 * style.gap : x - half, area.top() - line - style.gap,
                         i == 0   ? gap / 2 + 2 * style.gap
                         : isLast ? half + style.gap
                                  : 2 * half,
                         line);
        scene.addLabel(box.adjusted(1, 0, -1, 0),
                       (i == 0   ? Qt::AlignLeft
                        : isLast ? Qt::AlignRight
                                 : Qt::AlignHCenter) |
                           Qt::AlignVCenter,
                       title, style.caption, style.text);
    }
}

void SweepParallelFigure::addLines(Scene& scene, const QRectF& area) const
{
    const FigureStyle& style = scene.style();
    const auto& dimensions = data().space.dimensions;
    const double gap =
        area.width() / static_cast<double>(std::max<std::size_t>(1, dimensions.size()));
    const auto [low, high] = withAir(usualResults(data()));
    const bool up = data().direction == core::Direction::Maximize;
    std::vector<std::pair<double, const core::Trial*>> order; // the best last, on top
    for (const core::Trial& trial : data().trials)
        if (const auto value = core::trialResult(trial)) {
            const double share = (*value - low) / (high - low);
            order.emplace_back(up ? share : 1 - share, &trial);
        }
    std::ranges::stable_sort(order, {}, &std::pair<double, const core::Trial*>::first);
    for (const auto& [good, trial] : order) {
        const double share = std::clamp(up ? good : 1 - good, 0.0, 1.0);
        QPolygonF points = {{area.left(), area.bottom() - share * area.height()}};
        for (std::size_t i = 0; i < dimensions.size(); ++i) {
            const auto found = trial->parameters.find(dimensions[i].name);
            if (found == trial->parameters.end())
                continue; // the line goes on to the next axis that it has
            const double place =
                core::unitPosition(dimensions[i].distribution, found->second.internal);
            points.append({area.left() + static_cast<double>(i + 1) * gap,
                           area.bottom() - place * area.height()});
        }
        scene.addLink({{kTrial, trial->number},
                       points,
                       lineColour(good, style),
                       style.line,
                       static_cast<float>(*trial->value())});
    }
}

Scene SweepParallelFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    const double height = std::max(room > 0 ? room : 0.5 * width, 24 * style.gap);
    const QRectF area = QRectF(0, 0, width, height)
                            .adjusted(2 * style.gap, lineHeight(style.caption) + 2 * style.gap,
                                      -style.gap, -style.gap);
    addLines(scene, area);
    addAxes(scene, area);
    scene.setHeight(height);
    return scene;
}

} // namespace ui
