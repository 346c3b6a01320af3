// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/adam.h"
#include "core/train/training_options.h"

#include <span>

namespace core
{

OptimizerState initialOptimizerState(OptimizerKind kind, std::size_t parameters);

/// One step of the optimiser that the options name, in PyTorch's order of operations. SGD keeps a
/// velocity: v = momentum v + gradient, then parameters -= lr v. Allocates nothing.
void optimizerStep(const TrainingOptions& options, OptimizerState& state,
                   std::span<float> parameters, std::span<const float> gradient, double lr);

} // namespace core
