// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace core
{

/// The mean cross entropy of some images around a network's parameters, to second order.
struct Curvature {
    /// [P][P] the Gauss-Newton matrix, which for a cross entropy is the Fisher information:
    /// the mean over the images of sum_c p_c g_c g_c^T, where p_c is the network's own probability
    /// of class c and g_c the gradient of the image's loss if c were its label (Schraudolph, Neural
    /// Computation 2002; Martens, JMLR 2020). Positive semidefinite.
    std::vector<double> matrix;
    std::vector<double> gradient; ///< [P] of the loss with the true labels
    std::uint64_t terms = 0;      ///< g_c g_c^T that went into the matrix
};

struct CurvatureOptions {
    /// A term is left out where p_c |e_c - p|^2, the size of its pull at the logits, is below this:
    /// most images are answered so surely that they bend the loss in no direction.
    double smallestPull = 5e-4;
};

/// Of the images that `indices` name; nothing if stopped. Works in chunks whose sums have one
/// order. Throws Error(Input) where network and images don't fit.
std::optional<Curvature> measureCurvature(Backend& backend, std::span<const float> parameters,
                                          const Dataset& data, std::span<const int> indices,
                                          const CurvatureOptions& options = {},
                                          std::stop_token stop = {});

/// The gradient of the mean cross entropy of all images; false if stopped, and then incomplete.
bool meanGradient(Backend& backend, std::span<const float> parameters, const Dataset& data,
                  std::vector<double>& gradient, std::stop_token stop = {});

} // namespace core
