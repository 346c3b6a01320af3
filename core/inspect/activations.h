// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/model/model.h"

#include <span>
#include <vector>

namespace core
{

/// Everything the network computes for one image.
struct NetworkActivations {
    std::vector<float> input;         ///< [H, W] pixels in 0..1
    std::vector<LayerOutput> layers;  ///< one an entry of Architecture::layers(), N = 1
    std::vector<float> logits;        ///< [classes]
    std::vector<float> probabilities; ///< softmax of the logits
    int prediction = 0;

    /// [C, H, W] of a unit before or after its activation function.
    const LayerOutput& of(const Unit& unit, Stage stage) const;
};

NetworkActivations activationsOf(Backend& backend, const Model& model, ImageSpan image);

} // namespace core
