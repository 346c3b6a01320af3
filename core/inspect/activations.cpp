// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/activations.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace core
{

namespace
{

std::vector<float> softmax(std::span<const float> logits)
{
    const float highest = *std::ranges::max_element(logits);
    std::vector<float> probabilities;
    probabilities.reserve(logits.size());
    for (const float logit : logits)
        probabilities.push_back(std::exp(logit - highest));
    const float sum = std::accumulate(probabilities.begin(), probabilities.end(), 0.0F);
    for (float& probability : probabilities)
        probability /= sum;
    return probabilities;
}

} // namespace

const LayerOutput& NetworkActivations::of(const Unit& unit, Stage stage) const
{
    const int layer = stage == Stage::Pre ? unit.preLayer : unit.postLayer;
    return layers[static_cast<std::size_t>(layer)];
}

NetworkActivations activationsOf(Backend& backend, const Model& model, ImageSpan image)
{
    assert(image.size() == static_cast<std::size_t>(model.architecture.inputShape().area()));
    NetworkActivations activations;
    activations.input.assign(image.begin(), image.end());
    std::vector<int> all(model.architecture.layers().size());
    std::iota(all.begin(), all.end(), 0);
    activations.layers = backend.activations(model.parameters.values(), image, all);
    activations.logits = activations.layers.back().values;
    activations.probabilities = softmax(activations.logits);
    activations.prediction =
        static_cast<int>(std::ranges::max_element(activations.logits) - activations.logits.begin());
    return activations;
}

} // namespace core
