// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/adam.h"

#include "core/base/wider_vectors.h"

#include <cassert>
#include <cmath>

namespace core
{

namespace
{

/// The pointers don't overlap, and the compiler has to know it to use vectors.
CADDIE_WIDER_VECTORS
void update(std::size_t count, const AdamStep& c, float* __restrict parameters,
            float* __restrict means, float* __restrict squares, const float* __restrict gradient)
{
    const bool corrects = c.correction != 1; // known before the loop, so there are two of it
    for (std::size_t i = 0; i < count; ++i) {
        const float shrunk = parameters[i] * c.shrink;
        const float g = gradient[i] + c.penalty * parameters[i];
        const float mean = c.beta1 * means[i] + c.rest1 * g;
        const float square = c.beta2 * squares[i] + c.rest2 * g * g;
        means[i] = mean;
        squares[i] = square;
        const float root = corrects ? std::sqrt(square) / c.correction : std::sqrt(square);
        parameters[i] = shrunk - c.size * mean / (root + c.epsilon);
    }
}

} // namespace

AdamStep adamStepAt(const AdamOptions& options, std::uint64_t step, double lr)
{
    const auto steps = static_cast<double>(step);
    const bool decoupled = options.decay == WeightDecay::Decoupled;
    const double correction1 = 1.0 - std::pow(options.beta1, steps);
    const double correction2 = 1.0 - std::pow(options.beta2, steps);
    return {.shrink = static_cast<float>(decoupled ? 1.0 - lr * options.weightDecay : 1.0),
            .penalty = static_cast<float>(decoupled ? 0.0 : options.weightDecay),
            .beta1 = static_cast<float>(options.beta1),
            .beta2 = static_cast<float>(options.beta2),
            .rest1 = static_cast<float>(1.0 - options.beta1),
            .rest2 = static_cast<float>(1.0 - options.beta2),
            .size = static_cast<float>(lr / correction1),
            .correction = static_cast<float>(std::sqrt(correction2)),
            .epsilon = static_cast<float>(options.epsilon)};
}

AdamStep withoutCorrection(AdamStep step)
{
    step.size *= step.correction;
    step.epsilon *= step.correction;
    step.correction = 1;
    return step;
}

void take(const AdamStep& step, std::span<float> parameters, std::span<const float> gradient,
          std::span<float> mean, std::span<float> square)
{
    assert(mean.size() == parameters.size() && square.size() == parameters.size());
    assert(gradient.size() == parameters.size());
    update(parameters.size(), step, parameters.data(), mean.data(), square.data(), gradient.data());
}

void adamStep(const AdamOptions& options, OptimizerState& state, std::span<float> parameters,
              std::span<const float> gradient, double lr)
{
    ++state.steps;
    take(adamStepAt(options, state.steps, lr), parameters, gradient, state.mean, state.square);
}

} // namespace core
