// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace core
{

/// Whether weight decay shrinks the weights themselves, times the learning rate (Loshchilov and
/// Hutter, ICLR 2019), or is added to the gradient as the derivative of an L2 penalty.
enum class WeightDecay { Decoupled, Coupled };

struct AdamOptions {
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weightDecay = 0;
    WeightDecay decay = WeightDecay::Decoupled;
};

/// What an optimiser remembers from one step to the next; one entry a parameter.
struct OptimizerState {
    std::uint64_t steps = 0;
    std::vector<float> mean;   ///< of the gradient; of SGD the velocity
    std::vector<float> square; ///< of the gradient's square; empty with SGD
    bool operator==(const OptimizerState&) const = default;
};

/// One step of Adam (Kingma and Ba, ICLR 2015), its constants worked out in double as PyTorch does,
/// then rounded once.
struct AdamStep {
    float shrink;  ///< what decoupled decay leaves of a parameter
    float penalty; ///< of coupled decay
    float beta1;
    float beta2;
    float rest1; ///< 1 - beta1
    float rest2;
    float size;
    float correction; ///< of the root of the square
    float epsilon;
};

/// Steps count from 1.
AdamStep adamStepAt(const AdamOptions& options, std::uint64_t step, double lr);

/// The same step but for rounding, with a division less for each entry.
AdamStep withoutCorrection(AdamStep step);

/// Takes the step for any part of the parameters, in the order of operations of PyTorch's Adam and
/// AdamW. Minimises. All of one size, apart in memory.
void take(const AdamStep& step, std::span<float> parameters, std::span<const float> gradient,
          std::span<float> mean, std::span<float> square);

/// The next step of all parameters.
void adamStep(const AdamOptions& options, OptimizerState& state, std::span<float> parameters,
              std::span<const float> gradient, double lr);

} // namespace core
