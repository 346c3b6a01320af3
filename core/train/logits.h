// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"

#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace core
{

/// The network's answer to every image, [N, classes]. Checks the token every few hundred images;
/// nothing if stopped.
std::optional<std::vector<float>> logitsOf(Backend& backend, std::span<const float> parameters,
                                           const Dataset& data, const std::stop_token& stop = {});

/// The probabilities of each answer at a temperature (Hinton et al., 2015): the softmax of the
/// logits divided by it.
std::vector<float> softened(std::span<const float> logits, int classes, double temperature);

} // namespace core
