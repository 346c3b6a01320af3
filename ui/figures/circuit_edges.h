// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/circuit.h"
#include "ui/figures/scene.h"

#include <functional>
#include <optional>
#include <vector>

namespace ui
{

/// Where a node of a column is drawn.
using NodeArea = std::function<QRectF(int node)>;

/// The edges of a column that are shown, from the nodes of the column before: width and strength of
/// colour in proportion to the column's largest. The strongest last, so that they lie on top. With
/// a group they can be pointed at; their index counts within the column.
void addCircuitEdges(Scene& scene, const core::CircuitColumn& column,
                     const std::vector<bool>& shown, const NodeArea& from, const NodeArea& to,
                     std::optional<int> group = std::nullopt);

/// What the edges mean, in a line or two. Returns their height.
double addCircuitLegend(Scene& scene, double top, double width, bool neurons);

} // namespace ui
