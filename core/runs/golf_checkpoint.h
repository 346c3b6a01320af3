// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/golf/golf.h"
#include "core/runs/state_bytes.h"

#include <span>

namespace core
{

/// A game's state as a checkpoint holds it.
void encode(const GolfState& state, StateWriter& writer);
/// Throws Error(Input) where the bytes are not the state of a game with so many parameters.
GolfState decodeGolfState(std::span<const std::byte> bytes, std::size_t parameters);

} // namespace core
