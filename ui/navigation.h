// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"
#include "ui/selection.h"

namespace ui
{

// Walking through a network by keys. Each goes around at the ends.

Selection walkUnits(const core::Architecture& architecture, Selection selection, int step);
/// Without a channel the first (or the last) one.
Selection walkChannels(const core::Architecture& architecture, Selection selection, int step);
/// Within a channel's map, row-major with `rows` and `columns` steps.
Selection walkPositions(const core::Architecture& architecture, Selection selection, int rows,
                        int columns);

} // namespace ui
