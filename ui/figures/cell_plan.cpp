// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/cell_plan.h"

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{

double heightOf(const CellRequest& request, const CellPlan& plan)
{
    const int rows = plan.rows(request.count);
    return rows * plan.cellHeight + (rows - 1) * request.rowGap;
}

/// As large as the width allows, then smaller until the rows fit.
CellPlan planFor(const CellRequest& request, int columns)
{
    const double share = (request.width - (columns - 1) * request.gap) / columns;
    const double step = request.wholeScale ? 1 : 0.02 * request.maxScale;
    double scale = std::min(request.maxScale, share / request.mapColumns);
    if (request.wholeScale)
        scale = std::floor(scale);
    CellPlan plan;
    do {
        const double width =
            std::min(std::max(scale * request.mapColumns, request.minWidth), std::max(share, 0.0));
        plan = {columns, scale, width, scale * request.mapRows + request.extraHeight(width)};
        scale -= step;
    } while (scale >= request.minScale && heightOf(request, plan) > request.room);
    return plan;
}

/// How large the cells are, less for holes in the last row.
double worth(const CellRequest& request, const CellPlan& plan)
{
    return plan.scale * std::sqrt(static_cast<double>(request.count) /
                                  (plan.rows(request.count) * plan.columns));
}

/// A plan that does not fit only counts if none does, and then the lowest.
bool isBetter(const CellRequest& request, const CellPlan& plan, const CellPlan& best)
{
    const bool fits = heightOf(request, plan) <= request.room;
    if (fits != (heightOf(request, best) <= request.room))
        return fits;
    if (!fits)
        return heightOf(request, plan) < heightOf(request, best);
    if (worth(request, plan) != worth(request, best))
        return worth(request, plan) > worth(request, best);
    return plan.rows(request.count) < best.rows(request.count);
}

} // namespace

CellPlan planCells(const CellRequest& request)
{
    CellPlan best = planFor(request, 1);
    for (int columns = 2; columns <= request.count; ++columns) {
        const CellPlan plan = planFor(request, columns);
        if (plan.scale < request.minScale || plan.cellWidth < request.minWidth)
            break;
        if (isBetter(request, plan, best))
            best = plan;
    }
    best.scale = std::max(best.scale, request.wholeScale ? 1.0 : 0.1);
    return best;
}

} // namespace ui
