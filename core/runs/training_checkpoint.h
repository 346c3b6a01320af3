// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/state_bytes.h"
#include "core/train/trainer.h"

#include <span>

namespace core
{

/// A training's state as a checkpoint holds it.
void encode(const TrainingState& state, StateWriter& writer);
/// Throws Error(Input) where the bytes are not the state of a training with so many parameters.
TrainingState decodeTrainingState(std::span<const std::byte> bytes, std::size_t parameters);

} // namespace core
