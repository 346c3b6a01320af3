// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/scene_table.h"

#include <algorithm>

namespace ui
{

namespace
{

const QFont& fontOf(const TableColumn& column, const FigureStyle& style)
{
    return column.number ? style.number : style.caption;
}

std::vector<double> columnWidths(const std::vector<TableColumn>& columns,
                                 const std::vector<QStringList>& rows, const FigureStyle& style)
{
    std::vector<double> widths;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        double widest = textWidth(style.caption, columns[i].title);
        for (const QStringList& row : rows)
            widest = std::max(widest,
                              textWidth(fontOf(columns[i], style), row[static_cast<qsizetype>(i)]));
        widths.push_back(widest + 1);
    }
    return widths;
}

/// From the left; at least one.
std::vector<double> thoseThatFit(std::vector<double> widths, double width, double gap)
{
    double used = widths.front();
    std::size_t count = 1;
    while (count < widths.size() && used + gap + widths[count] <= width)
        used += gap + widths[count++];
    widths.resize(count);
    return widths;
}

} // namespace

double addTable(Scene& scene, const QPointF& topLeft, double width,
                const std::vector<TableColumn>& columns, const std::vector<QStringList>& rows)
{
    const FigureStyle& style = scene.style();
    const std::vector<double> widths =
        thoseThatFit(columnWidths(columns, rows, style), width, style.gap);
    double used = 0;
    for (const double one : widths)
        used += one;
    const double gaps = static_cast<double>(widths.size()) - 1;
    const double gap = std::clamp((width - used) / gaps, style.gap, 5 * style.gap);
    const double right = topLeft.x() + std::min(width, used + gaps * gap);

    const double rowHeight = lineHeight(style.caption) + 0.75 * style.gap;
    double y = topLeft.y();
    const auto addRow = [&](const auto& textOf, bool header) {
        double x = topLeft.x();
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const bool quiet = header || columns[i].number;
            scene.addText({x, y, widths[i], rowHeight},
                          Qt::AlignVCenter | (columns[i].number ? Qt::AlignRight : Qt::AlignLeft),
                          textOf(i), header ? style.caption : fontOf(columns[i], style),
                          header && quiet ? style.secondaryText : style.text);
            x += widths[i] + gap;
        }
        y += rowHeight;
    };
    addRow([&](std::size_t i) { return columns[i].title; }, true);
    for (const QStringList& row : rows) {
        if (!row.front().isEmpty())
            scene.addLine({topLeft.x(), y, right, y}, style.hairline, style.line);
        addRow([&](std::size_t i) { return row[static_cast<qsizetype>(i)]; }, false);
    }
    scene.addLine({topLeft.x(), y, right, y}, style.hairline, style.line);
    return y - topLeft.y() + style.line;
}

double addParagraph(Scene& scene, const QPointF& topLeft, double width, const QString& text,
                    const QFont& font, const QColor& colour)
{
    const double height = lineHeight(font);
    double y = topLeft.y();
    QString line;
    const auto flush = [&] {
        scene.addLabel({topLeft.x(), y, width, height}, Qt::AlignLeft | Qt::AlignVCenter, line,
                       font, colour);
        y += height;
        line.clear();
    };
    for (const QString& word : text.split(u' ', Qt::SkipEmptyParts)) {
        const QString longer = line.isEmpty() ? word : line + u' ' + word;
        if (!line.isEmpty() && textWidth(font, longer) > width) {
            flush();
            line = word;
        } else {
            line = longer;
        }
    }
    if (!line.isEmpty())
        flush();
    return y - topLeft.y();
}

} // namespace ui
