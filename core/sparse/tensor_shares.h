// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/parameters.h"

#include <cstddef>
#include <span>
#include <vector>

namespace core
{

/// How many of each tensor's `available` parameters are kept of `count` in all, one entry a slice.
/// A tensor's density is in proportion to the sum of its sizes over their product (the
/// Erdos-Renyi-kernel of Evci et al., ICML 2020, after Mocanu et al., Nature Communications 2018),
/// and 1 where that would be more; biases and slopes, whose share is the highest, stay dense as
/// long as that is possible. The counts' sum is exactly `count`, rounded by largest remainder.
/// `count` is at most the sum of `available`.
std::vector<std::size_t> erdosRenyiCounts(const std::vector<ParameterSlice>& slices,
                                          std::span<const std::size_t> available,
                                          std::size_t count);

} // namespace core
