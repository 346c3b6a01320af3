// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/colour_bar.h"

#include <cmath>

namespace ui
{

namespace
{

double barHeight(const FigureStyle& style)
{
    return style.gap;
}

} // namespace

double addLabelledBar(Scene& scene, const QPointF& topLeft, double width, const ColourScale& scale,
                      const QString& title)
{
    const FigureStyle& style = scene.style();
    const double line = lineHeight(style.caption);
    double y = topLeft.y();
    scene.addLabel({topLeft.x(), y, width, line}, Qt::AlignLeft | Qt::AlignVCenter, title,
                   style.caption, style.secondaryText);
    y += line + style.gap / 4;

    const QRectF bar(topLeft.x(), y, width, barHeight(style));
    scene.addColourBar(bar, scale);
    scene.addBox(bar, {}, style.hairline);
    y += bar.height() + style.gap / 4;

    const QRectF labels(topLeft.x(), y, width, lineHeight(style.number));
    const bool counts = scale.high >= 10 && scale.high == std::floor(scale.high);
    const auto label = [&](Qt::Alignment side, double value) {
        scene.addText(labels, side | Qt::AlignVCenter, shortNumber(value, counts ? 0 : 2),
                      style.number, style.text);
    };
    label(Qt::AlignLeft, scale.low);
    label(Qt::AlignRight, scale.high);
    if (scale.low < 0 && scale.high > 0) {
        const double zero = bar.left() + scale.position(0) * width;
        scene.addLine({zero, bar.top() - style.gap / 4, zero, bar.bottom() + style.gap / 4},
                      style.text, style.line);
        const double reach = textWidth(style.number, QStringLiteral("0"));
        scene.addText({zero - reach, y, 2 * reach, labels.height()}, Qt::AlignCenter,
                      QStringLiteral("0"), style.number, style.text);
    }
    return labelledBarHeight(style);
}

double labelledBarHeight(const FigureStyle& style)
{
    return lineHeight(style.caption) + lineHeight(style.number) + barHeight(style) + style.gap / 2;
}

} // namespace ui
