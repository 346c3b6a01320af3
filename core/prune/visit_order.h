// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/prune/ablation_evaluator.h"
#include "core/prune/prune_options.h"

#include <cstddef>
#include <optional>
#include <stop_token>
#include <vector>

namespace core
{

/// The candidates that are not zero yet, in the order in which pass `pass` (from 1) visits them;
/// nothing if stopped. Equal magnitudes and equal rises of the loss keep the published order.
std::optional<std::vector<std::size_t>> visitOrder(const Architecture& architecture,
                                                   AblationEvaluator& evaluator,
                                                   const PruneOptions& options, int pass,
                                                   const std::stop_token& stop);

} // namespace core
