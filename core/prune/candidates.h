// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"
#include "core/prune/prune_options.h"

#include <cstddef>
#include <span>
#include <vector>

namespace core
{

/// What may be removed, as ascending indices into the flat vector: every layer's weights, and what
/// the options name besides (biases and batch norm's shifts, PReLU's slopes), zero or not. Batch
/// norm's scales are never removed: without its scale a channel is a constant.
std::vector<std::size_t> pruneCandidates(const Architecture& architecture,
                                         const PruneOptions& options);

/// How many of the parameters count and are not zero: the score.
int nonzeroCount(const Architecture& architecture, std::span<const float> parameters);

/// The fewest right answers among `images` whose share is `threshold` or more. The threshold is
/// meant as the decimal number it prints as: 0.07 of 100 are 7, though 0.07 * 100 > 7 in binary.
int requiredCorrect(double threshold, int images);

} // namespace core
