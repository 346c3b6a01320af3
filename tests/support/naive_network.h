// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"
#include "core/model/parameters.h"

#include <span>
#include <vector>

namespace test
{

/// Every layer's output for one image by the slowest, plainest loops, in double: what the fast
/// backends are held against. In evaluation mode.
std::vector<std::vector<double>> naiveForward(const core::Architecture& architecture,
                                              const core::Parameters& parameters,
                                              std::span<const float> image);

} // namespace test
