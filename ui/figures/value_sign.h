// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"

namespace ui
{

/// Whether the unit's output cannot be negative: behind a ReLU or sigmoid. Asked of the network,
/// not of the data, so that a view never changes its colours while the input changes.
bool neverNegative(const core::Architecture& architecture, const core::Unit& unit,
                   core::Stage stage);

} // namespace ui
