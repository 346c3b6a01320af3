// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/prune/ablation_evaluator.h"

namespace core
{

/// Whether makeIncrementalEvaluator() can do it: the fused engine covers the architecture, and the
/// activations of all the images fit into 1 GB (the published network needs 9 kB an image).
bool canEvaluateIncrementally(const Architecture& architecture, int images);

/// Keeps the activations of all images and runs again only what a parameter reaches; the images
/// that the network is least sure of come first, and tryValue() ends when it is lost.
std::unique_ptr<AblationEvaluator> makeIncrementalEvaluator(const Architecture& architecture,
                                                            std::span<const float> parameters,
                                                            const Dataset& data, int threads);

} // namespace core
