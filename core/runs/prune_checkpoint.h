// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/prune/brute_force.h"
#include "core/runs/state_bytes.h"

#include <span>

namespace core
{

/// A pruning's state as a checkpoint holds it.
void encode(const PruneState& state, StateWriter& writer);
/// Throws Error(Input) where the bytes are not the state of a pruning of so many parameters.
PruneState decodePruneState(std::span<const std::byte> bytes, std::size_t parameters);

} // namespace core
