// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/heat_map.h"

#include <QFontMetricsF>
#include <QImage>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <map>

namespace ui
{

namespace
{

bool marked(const std::vector<bool>& marks, int index)
{
    return !marks.empty() && marks[static_cast<std::size_t>(index)];
}

bool marked(const std::vector<bool>& marks, const HeatMap& map, int row, int column)
{
    return marked(marks, row * map.columns + column);
}

/// Whether the cell shows no value, and so no colour.
bool isEmptyCell(const HeatMap& map, int row, int column)
{
    return marked(map.removed, map, row, column) || marked(map.blank, map, row, column);
}

void paintImage(QPainter& painter, const QRectF& area, const HeatMap& map)
{
    QImage image(map.columns, map.rows, QImage::Format_ARGB32_Premultiplied);
    for (int row = 0; row < map.rows; ++row) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(row));
        for (int column = 0; column < map.columns; ++column)
            line[column] =
                isEmptyCell(map, row, column) ? 0 : map.scale.colour(map.at(row, column));
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(area, image);
}

/// One path a colour, runs of equal neighbours merged: a file of a tenth of the size. Cells overlap
/// by a hair, or viewers that smooth edges show seams between them.
void paintRectangles(QPainter& painter, const QRectF& area, const HeatMap& map)
{
    const double cell = std::min(area.width() / map.columns, area.height() / map.rows);
    const double overlap = std::clamp(0.04 * cell, 0.2 * std::min(cell, 1.0), 0.4);
    std::map<QRgb, QPainterPath> paths;
    for (int row = 0; row < map.rows; ++row) {
        for (int column = 0; column < map.columns;) {
            const int first = column;
            const bool removed = isEmptyCell(map, row, first);
            const QRgb colour = map.scale.colour(map.at(row, first));
            while (column < map.columns && isEmptyCell(map, row, column) == removed &&
                   map.scale.colour(map.at(row, column)) == colour)
                ++column;
            if (removed)
                continue;
            QRectF run = map.cell(area, row, first).united(map.cell(area, row, column - 1));
            run.adjust(0, 0, column < map.columns ? overlap : 0, row + 1 < map.rows ? overlap : 0);
            paths[colour].addRect(run);
        }
    }
    painter.setPen(Qt::NoPen);
    for (auto& [colour, path] : paths) {
        path.setFillRule(Qt::WindingFill); // or the overlaps would be holes
        painter.fillPath(path, QColor(colour));
    }
}

/// The pieces of diagonals in one cell; they continue from one cell into the next.
void appendHatch(QList<QLineF>& lines, const QRectF& cell, int parts)
{
    for (int i = 1; i < 2 * parts; ++i) {
        const double share = static_cast<double>(i) / parts;
        const double over = std::max(0.0, share - 1);
        const double within = std::min(1.0, share);
        lines.append({cell.left() + over * cell.width(), cell.top() + within * cell.height(),
                      cell.left() + within * cell.width(), cell.top() + over * cell.height()});
    }
}

/// Lines, not a clipped pattern, because SVG and PDF keep lines as lines. Quiet where the cell is
/// blank, else dark or light after the colour below, which does not follow the theme.
void paintHatch(QPainter& painter, const QRectF& area, const HeatMap& map, const FigureStyle& style)
{
    if (std::ranges::find(map.hatched, true) == map.hatched.end())
        return;
    const double size = std::min(area.width() / map.columns, area.height() / map.rows);
    const double spacing = style.gap * 0.75;
    const int every = std::max(1, static_cast<int>(std::lround(spacing / size)));
    const int parts = std::max(1, static_cast<int>(std::lround(size / spacing)));
    std::map<QRgb, QList<QLineF>> lines;
    for (int row = 0; row < map.rows; ++row)
        for (int column = 0; column < map.columns; ++column) {
            if (!marked(map.hatched, map, row, column) || (row + column) % every != 0)
                continue;
            const QColor colour = marked(map.removed, map, row, column)
                                      ? style.hairline
                                      : readableOn(map.scale.colour(map.at(row, column)));
            appendHatch(lines[colour.rgb()], map.cell(area, row, column), parts);
        }
    for (const auto& [colour, some] : lines) {
        painter.setPen(QPen(QColor(colour), 0.8 * style.line));
        painter.drawLines(some);
    }
}

/// A removed weight is an empty cell with a small tick, never the colour of zero.
void paintTicks(QPainter& painter, const QRectF& area, const HeatMap& map, const FigureStyle& style)
{
    if (!map.ticks)
        return;
    QList<QLineF> ticks;
    for (int row = 0; row < map.rows; ++row)
        for (int column = 0; column < map.columns; ++column) {
            if (!marked(map.removed, map, row, column) || marked(map.raised, map, row, column) ||
                marked(map.crossed, map, row, column))
                continue;
            const QRectF cell = map.cell(area, row, column);
            const double reach = 0.18 * std::min(cell.width(), cell.height());
            ticks.append(
                {cell.center() + QPointF(-reach, reach), cell.center() + QPointF(reach, -reach)});
        }
    if (ticks.isEmpty())
        return;
    painter.setPen(QPen(style.secondaryText, style.line));
    painter.drawLines(ticks);
}

/// What is not known yet, and what was removed for the better.
void paintSigns(QPainter& painter, const QRectF& area, const HeatMap& map, const FigureStyle& style)
{
    if (map.blank.empty() && map.raised.empty())
        return;
    painter.setPen(Qt::NoPen);
    for (int row = 0; row < map.rows; ++row)
        for (int column = 0; column < map.columns; ++column) {
            const QRectF cell = map.cell(area, row, column);
            const double size = std::min(cell.width(), cell.height());
            if (marked(map.blank, map, row, column)) {
                const double dot = std::max(style.line, 0.16 * size);
                QRectF place(0, 0, dot, dot);
                place.moveCenter(cell.center());
                painter.fillRect(place, style.hairline);
            } else if (marked(map.raised, map, row, column)) {
                painter.setBrush(style.accent);
                painter.drawPolygon(raisedSign(cell));
            }
        }
}

void paintCrosses(QPainter& painter, const QRectF& area, const HeatMap& map,
                  const FigureStyle& style)
{
    for (int row = 0; row < map.rows && !map.crossed.empty(); ++row)
        for (int column = 0; column < map.columns; ++column) {
            if (!marked(map.crossed, map, row, column))
                continue;
            const QRectF cell = map.cell(area, row, column);
            const double reach = 0.3 * std::min(cell.width(), cell.height());
            const QPointF middle = cell.center();
            painter.setPen(QPen(isEmptyCell(map, row, column)
                                    ? style.warning
                                    : readableOn(map.scale.colour(map.at(row, column))),
                                1.5 * style.line));
            painter.drawLine(middle + QPointF(-reach, reach), middle + QPointF(reach, -reach));
            painter.drawLine(middle + QPointF(-reach, -reach), middle + QPointF(reach, reach));
        }
}

void paintNumbers(QPainter& painter, const QRectF& area, const HeatMap& map,
                  const FigureStyle& style)
{
    const QFontMetricsF metrics(style.number);
    const double room = area.width() / map.columns - 0.6 * metrics.horizontalAdvance(u'0');
    if (!map.numbers || area.height() / map.rows < metrics.height() ||
        room < metrics.horizontalAdvance(QStringLiteral("0")))
        return;
    std::vector<QString> texts;
    for (std::size_t i = 0; i < map.values.size(); ++i) {
        const bool removed = marked(map.removed, static_cast<int>(i));
        const bool blank = marked(map.blank, static_cast<int>(i));
        texts.push_back((removed && map.ticks) || blank ? QString()
                                                        : shortNumber(map.values[i], map.decimals));
        if (metrics.horizontalAdvance(texts.back()) > room)
            return; // all or none: a number that is missing would look like one that is not there
    }
    painter.setFont(style.number);
    for (int row = 0; row < map.rows; ++row)
        for (int column = 0; column < map.columns; ++column) {
            const auto index = static_cast<std::size_t>(row * map.columns + column);
            if (texts[index].isEmpty())
                continue;
            painter.setPen(marked(map.removed, static_cast<int>(index))
                               ? style.text
                               : readableOn(map.scale.colour(map.values[index])));
            painter.drawText(map.cell(area, row, column), Qt::AlignCenter, texts[index]);
        }
}

} // namespace

QRectF HeatMap::cell(const QRectF& area, int row, int column) const
{
    const double width = area.width() / columns;
    const double height = area.height() / rows;
    return {area.left() + column * width, area.top() + row * height, width, height};
}

void paintHeatMap(QPainter& painter, const QRectF& area, const HeatMap& map,
                  const FigureStyle& style)
{
    if (map.rows == 0 || map.columns == 0)
        return;
    if (style.surface == Surface::Vector)
        paintRectangles(painter, area, map);
    else
        paintImage(painter, area, map);
    paintHatch(painter, area, map, style);
    paintTicks(painter, area, map, style);
    paintSigns(painter, area, map, style);
    paintCrosses(painter, area, map, style);
    paintNumbers(painter, area, map, style);
}

QPolygonF raisedSign(const QRectF& cell)
{
    const double reach = 0.26 * std::min(cell.width(), cell.height());
    const QPointF middle = cell.center();
    return {middle + QPointF(-reach, 0.8 * reach), middle + QPointF(reach, 0.8 * reach),
            middle + QPointF(0, -0.9 * reach)};
}

QString shortNumber(double value, int decimals)
{
    if (!std::isfinite(value))
        return std::isnan(value) ? QStringLiteral("NaN")
               : value < 0       ? QStringLiteral("\u2212\u221E")
                                 : QStringLiteral("\u221E");
    const double size = std::abs(value);
    const int places = size >= 1000 ? 0 : size >= 100 ? std::min(decimals, 1) : decimals;
    QString text = QString::number(size, 'f', places);
    // What rounds to nothing has no sign.
    const bool nothing = std::ranges::all_of(text, [](QChar c) { return c == u'0' || c == u'.'; });
    return value < 0 && !nothing ? u'\u2212' + text : text;
}

} // namespace ui
