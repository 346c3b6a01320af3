// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/circuit.h"
#include "ui/selection.h"

#include <optional>
#include <vector>

namespace ui
{

/// The nodes that the selection means, one entry a column: a channel, and the neuron and the digit
/// where they are selected.
std::vector<std::optional<int>> chosenNodes(const core::Circuit& circuit,
                                            const core::Architecture& architecture,
                                            const Selection& selection);

/// The selection after a node was chosen: a digit where it is one of the last column, else a
/// channel or neuron; what is chosen already is let go.
Selection selectingNode(const core::Circuit& circuit, const core::Architecture& architecture,
                        Selection selection, int column, int node);

} // namespace ui
