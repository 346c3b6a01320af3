// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"

#include <cstddef>
#include <span>
#include <vector>

namespace core
{

/// Parameters that are not zero and yet change no answer: all of a channel that no later layer
/// reads, and the slope and the readers of a channel that is always zero, because nothing leads
/// into it. Ascending indices into the flat vector. Empty for networks with grouped convolutions,
/// batch norm or sigmoids: there a channel without a source is not zero, or not alone.
std::vector<std::size_t> deadParameters(const Architecture& architecture,
                                        std::span<const float> parameters);

/// Sets them to zero and returns how many there were.
int removeDeadPaths(const Architecture& architecture, std::span<float> parameters);

} // namespace core
