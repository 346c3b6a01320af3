// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/circuit_edges.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ui
{

namespace
{

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto part = [&](int x, int y) { return qRound(x + (y - x) * share); };
    return {part(a.red(), b.red()), part(a.green(), b.green()), part(a.blue(), b.blue())};
}

/// The sign's colour of the diverging map, paler where the weight is small. Opaque, because
/// journals' checks dislike transparency.
QColor edgeColour(double share, const FigureStyle& style)
{
    const QColor full(signedScale(1).colour(share < 0 ? -0.85 : 0.85));
    return mixed(style.background, full, 0.3 + 0.7 * std::min(1.0, std::abs(share)));
}

double edgeWidth(double share, const FigureStyle& style)
{
    return style.line * (0.4 + 3.2 * std::min(1.0, std::abs(share)));
}

} // namespace

void addCircuitEdges(Scene& scene, const core::CircuitColumn& column,
                     const std::vector<bool>& shown, const NodeArea& from, const NodeArea& to,
                     std::optional<int> group)
{
    const FigureStyle& style = scene.style();
    std::vector<std::size_t> order(column.edges.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {},
                             [&](std::size_t i) { return std::abs(column.edges[i].weight); });
    for (const std::size_t i : order) {
        if (!shown[i])
            continue;
        const core::CircuitEdge& edge = column.edges[i];
        const QRectF source = from(edge.from);
        const QRectF target = to(edge.to);
        const double share = column.largest == 0 ? 0 : edge.weight / column.largest;
        const QPointF start(source.right() + 2 * style.line, source.center().y());
        const QPointF end(target.left() - 2 * style.line, target.center().y());
        const bool owned = column.largest == 0; // says only whose neuron it is
        const SceneLink link{{group.value_or(0), static_cast<int>(i)},
                             {start, end},
                             owned ? style.hairline : edgeColour(share, style),
                             owned ? style.line : edgeWidth(share, style),
                             static_cast<float>(edge.weight)};
        if (group)
            scene.addLink(link);
        else
            scene.addCurve({{start, end}}, link.colour, link.width);
    }
}

double addCircuitLegend(Scene& scene, double top, double width, bool neurons)
{
    const FigureStyle& style = scene.style();
    const double line = lineHeight(style.caption);
    const double first = top;
    double x = 0;
    const auto entry = [&](const QString& text, double share, bool neutral) {
        const double wide = textWidth(style.caption, text);
        if (x > 0 && x + 3.5 * style.gap + wide > width) {
            x = 0;
            top += line;
        }
        const double y = top + line / 2;
        scene.addCurve({{QPointF(x, y), QPointF(x + 3 * style.gap, y)}},
                       neutral ? style.hairline : edgeColour(share, style),
                       neutral ? style.line : edgeWidth(share, style));
        x += 3.5 * style.gap;
        scene.addText({x, top, wide + 2, line}, Qt::AlignLeft | Qt::AlignVCenter, text,
                      style.caption, style.secondaryText);
        x += wide + 2 * style.gap;
    };
    entry(QStringLiteral("the layer's largest, positive"), 1, false);
    entry(QStringLiteral("half of it"), 0.5, false);
    entry(QStringLiteral("negative"), -1, false);
    if (neurons)
        entry(QStringLiteral("neuron of a channel"), 0, true);
    return top + line - first;
}

} // namespace ui
