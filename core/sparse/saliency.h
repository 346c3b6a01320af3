// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace core
{

// How much a network at its initialisation would miss each parameter: one entry a parameter of the
// flat vector. Higher is more. Biases, slopes, scales and shifts are judged like weights.

/// The gradient of the mean loss over these images.
std::vector<float> lossGradient(Backend& backend, std::span<const float> parameters,
                                const Dataset& data, std::span<const int> indices);

/// SNIP (Lee et al., ICLR 2019): |gradient times parameter|.
std::vector<double> snipSaliency(std::span<const float> parameters,
                                 std::span<const float> gradient);

/// GraSP (Wang et al., ICLR 2020): parameter times (Hessian times gradient), so that what remains
/// keeps the gradient's flow. The product is the central difference of the gradient a small way up
/// and down itself; the paper's temperature of 200 is not used.
std::vector<double> graspSaliency(Backend& backend, std::span<const float> parameters,
                                  std::span<const float> gradient, const Dataset& data,
                                  std::span<const int> indices);

/// SynFlow (Tanaka et al., NeurIPS 2020): parameter times the gradient of the sum of the logits,
/// where every parameter is its magnitude and every pixel of the scaled input is 1. That sum is
/// linear in each parameter alone, so the product is exactly what the sum loses without it, which
/// is what is computed here (behind sigmoids and the like, where it is not linear, as well). Only
/// of the parameters whose mask is 1; the others' are zero. Nothing if stopped.
std::optional<std::vector<double>> synFlowSaliency(Backend& backend,
                                                   std::span<const float> parameters,
                                                   std::span<const std::uint8_t> mask,
                                                   const std::stop_token& stop = {});

/// A mask of the `count` of `candidates` with the highest saliency; of equals the first, and what
/// is no number comes last. `candidates` are ascending.
std::vector<std::uint8_t> maskOfHighest(std::span<const double> saliency,
                                        std::vector<std::size_t> candidates, std::size_t count);

} // namespace core
