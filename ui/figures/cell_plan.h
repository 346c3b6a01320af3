// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace ui
{

/// How many cells stand side by side, and how large.
struct CellPlan {
    int columns = 1;
    double scale = 1; ///< points a value
    double cellWidth = 0;
    double cellHeight = 0;

    int rows(int count) const { return (count + columns - 1) / columns; }
};

/// Equal cells, each a map with something fixed around it, that shall fill a room.
struct CellRequest {
    int count = 0;
    int mapRows = 1;
    int mapColumns = 1;
    double width = 0;    ///< there is
    double room = 0;     ///< height that would be nice to keep
    double minWidth = 0; ///< of a cell
    double gap = 8;      ///< between columns
    double rowGap = 16;
    double minScale = 1;
    double maxScale = 10;
    bool wholeScale = false;
    std::function<double(double cellWidth)> extraHeight; ///< of a cell, beside its map
};

/// The largest scale at which all rows fit the room, rather without holes in the last row; where no
/// scale fits, the least height.
CellPlan planCells(const CellRequest& request);

} // namespace ui
