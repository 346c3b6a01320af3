// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"
#include "core/model/parameters.h"

#include <cstdint>
#include <vector>

namespace test
{

/// A network of the kind that the fused backend covers, drawn from all that it covers: 0-3
/// convolutions of 1-32 channels with kernels of 1-7, stride and padding, every activation and pool
/// in any position, one linear layer. Small enough for naive loops.
core::Architecture randomGolfNetwork(std::uint64_t seed);

/// Initial parameters with every kind moved away from its special value.
core::Parameters livelyParameters(const core::Architecture& architecture, std::uint64_t seed);

/// Pixels in 0..1, [count, 1, height, width].
std::vector<float> randomImages(const core::Architecture& architecture, int count,
                                std::uint64_t seed);

} // namespace test
