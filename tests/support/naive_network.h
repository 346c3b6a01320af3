// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"

#include <span>
#include <vector>

namespace test
{

/// Every layer's output for one image by the slowest, plainest loops, in double: what the fast
/// backends are held against. In evaluation mode. `parameters` is the flat vector of the
/// architecture's tensors, `image` has pixels in 0..1, [H, W].
std::vector<std::vector<double>> naiveForward(const core::Architecture& architecture,
                                              std::span<const double> parameters,
                                              std::span<const double> image);

/// As naiveForward takes them.
std::vector<double> inDouble(std::span<const float> values);

/// Natural logarithm, without any care for large logits.
double crossEntropy(const std::vector<double>& logits, std::size_t label);

} // namespace test
