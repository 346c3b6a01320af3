// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace core
{

/// An image's cross entropy in multiples of Ablation::kLossUnit, so that sums don't depend on their
/// order. What is no number or beyond 10,000 counts as 10,000.
std::int64_t crossEntropyUnits(std::span<const float> logits, std::size_t label);

} // namespace core
