// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/prune/ablation_evaluator.h"

namespace core
{

/// Runs the whole network on all images each time, on any backend: the slow way, which covers
/// everything and which the incremental one is held against.
std::unique_ptr<AblationEvaluator> makeFullEvaluator(std::unique_ptr<Backend> backend,
                                                     std::span<const float> parameters,
                                                     const Dataset& data);

} // namespace core
