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

/// One step of Adam (Kingma and Ba, ICLR 2015) in the order of operations of PyTorch's Adam and
/// AdamW. Minimises.
void adamStep(const AdamOptions& options, OptimizerState& state, std::span<float> parameters,
              std::span<const float> gradient, double lr);

/// adamStep with a state of its own.
class Adam
{
public:
    Adam(std::size_t size, const AdamOptions& options);

    void step(std::span<float> parameters, std::span<const float> gradient, double lr);

private:
    AdamOptions m_options;
    OptimizerState m_state;
};

} // namespace core
