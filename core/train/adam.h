// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace core
{

struct AdamOptions {
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weightDecay = 0; ///< decoupled, times the learning rate
};

/// Adam (Kingma and Ba, ICLR 2015) with decoupled weight decay (Loshchilov and Hutter, ICLR 2019),
/// in the order of operations of PyTorch's AdamW. Minimises.
class Adam
{
public:
    Adam(std::size_t size, const AdamOptions& options);

    void step(std::span<float> parameters, std::span<const float> gradient, double lr);

private:
    AdamOptions m_options;
    std::uint64_t m_steps = 0;
    std::vector<float> m_mean;
    std::vector<float> m_square;
};

} // namespace core
