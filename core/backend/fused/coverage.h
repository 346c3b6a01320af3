// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"

#include <optional>
#include <string>

namespace core::fused
{

inline constexpr int kMostPixels = 64 * 64; ///< of an input: a map of lanes should fit a cache

/// Why the fused engine can't run the architecture: the first layer that it has no kernel for, in
/// words ("layer 3 (batch norm)"). Nothing where it can: convolutions of 1-32 channels with kernels
/// of 1-7, ReLU, PReLU and LeakyReLU, pools, and one linear layer at the end.
std::optional<std::string> whyNotFused(const Architecture& architecture);

bool fusedCovers(const Architecture& architecture);

} // namespace core::fused
