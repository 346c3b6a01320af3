// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/optimizer.h"

#include <cassert>

namespace core
{

namespace
{

void sgdStep(const TrainingOptions& options, OptimizerState& state, std::span<float> parameters,
             std::span<const float> gradient, double lr)
{
    assert(state.mean.size() == parameters.size() && gradient.size() == parameters.size());
    ++state.steps;
    const auto momentum = static_cast<float>(options.momentum);
    const auto penalty = static_cast<float>(options.weightDecay);
    const auto rate = static_cast<float>(lr);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const float g = gradient[i] + penalty * parameters[i];
        state.mean[i] = momentum * state.mean[i] + g;
        parameters[i] -= rate * state.mean[i];
    }
}

} // namespace

OptimizerState initialOptimizerState(OptimizerKind kind, std::size_t parameters)
{
    OptimizerState state;
    state.mean.resize(parameters);
    if (kind != OptimizerKind::Sgd)
        state.square.resize(parameters);
    return state;
}

void optimizerStep(const TrainingOptions& options, OptimizerState& state,
                   std::span<float> parameters, std::span<const float> gradient, double lr)
{
    if (options.optimizer == OptimizerKind::Sgd)
        return sgdStep(options, state, parameters, gradient, lr);
    const bool decoupled = options.optimizer == OptimizerKind::AdamW;
    adamStep({.weightDecay = options.weightDecay,
              .decay = decoupled ? WeightDecay::Decoupled : WeightDecay::Coupled},
             state, parameters, gradient, lr);
}

} // namespace core
