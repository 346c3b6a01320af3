// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/cell_plan.h"

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{

CellPlan planFor(const CellRequest& request, int columns)
{
    const double share = (request.width - (columns - 1) * request.gap) / columns;
    double scale = std::min(request.maxScale, share / request.mapColumns);
    if (request.wholeScale)
        scale = std::floor(scale);
    const double width =
        std::min(std::max(scale * request.mapColumns, request.minWidth), std::max(share, 0.0));
    return {columns, scale, width, scale * request.mapRows + request.extraHeight(width)};
}

double heightOf(const CellRequest& request, const CellPlan& plan)
{
    const int rows = plan.rows(request.count);
    return rows * plan.cellHeight + (rows - 1) * request.rowGap;
}

} // namespace

CellPlan planCells(const CellRequest& request)
{
    CellPlan best = planFor(request, 1);
    bool bestFits = heightOf(request, best) <= request.room;
    for (int columns = 2; columns <= request.count; ++columns) {
        const CellPlan plan = planFor(request, columns);
        if (plan.scale < request.minScale || plan.cellWidth < request.minWidth)
            break;
        const bool fits = heightOf(request, plan) <= request.room;
        const bool fewerRows = plan.rows(request.count) < best.rows(request.count);
        const bool better = fits == bestFits ? (fits ? plan.scale > best.scale ||
                                                           (plan.scale == best.scale && fewerRows)
                                                     : fewerRows)
                                             : fits;
        if (better) {
            best = plan;
            bestFits = fits;
        }
    }
    best.scale = std::max(best.scale, request.wholeScale ? 1.0 : 0.1);
    return best;
}

} // namespace ui
