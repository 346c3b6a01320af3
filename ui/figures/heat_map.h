// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/colour_map.h"
#include "ui/figures/style.h"

#include <QPainter>
#include <QPolygonF>
#include <QString>

#include <vector>

namespace ui
{

/// A grid of numbers to be drawn as coloured cells.
struct HeatMap {
    int rows = 0;
    int columns = 0;
    std::vector<float> values; ///< [rows, columns]
    ColourScale scale;
    std::vector<bool> hatched; ///< [rows, columns] nothing reads the cell; empty: none
    std::vector<bool> removed; ///< [rows, columns] a weight that was pruned; empty: none
    bool numbers = true;       ///< writes the values where the cells have room for them
    int decimals = 2;
    bool ticks = true; ///< false: removed cells show their number instead, without colour
    std::vector<bool> blank = {};  ///< [rows, columns] nothing is known yet: a small dot
    std::vector<bool> raised = {}; ///< [rows, columns] removed, and the network got better: a small
                                   ///< triangle instead of the tick
    std::vector<bool> crossed = {}; ///< [rows, columns] ablated: a cross, over its colour if any

    float at(int row, int column) const
    {
        return values[static_cast<std::size_t>(row * columns + column)];
    }
    QRectF cell(const QRectF& area, int row, int column) const;
};

/// Fills `area` with the cells; small images on a raster surface, rectangles on a vector one.
void paintHeatMap(QPainter& painter, const QRectF& area, const HeatMap& map,
                  const FigureStyle& style);

/// The triangle of a weight that was removed for the better, in the middle of a cell.
QPolygonF raisedSign(const QRectF& cell);

/// "0.413", "-12.3", "1234": about three digits that mean something, a real minus sign.
QString shortNumber(double value, int decimals = 3);

} // namespace ui
