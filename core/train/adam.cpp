// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/adam.h"

#include <cassert>
#include <cmath>

namespace core
{

Adam::Adam(std::size_t size, const AdamOptions& options)
    : m_options(options), m_mean(size), m_square(size)
{
}

void Adam::step(std::span<float> parameters, std::span<const float> gradient, double lr)
{
    assert(parameters.size() == m_mean.size() && gradient.size() == m_mean.size());
    ++m_steps;
    const auto steps = static_cast<double>(m_steps);
    const double correction1 = 1.0 - std::pow(m_options.beta1, steps);
    const double correction2 = std::sqrt(1.0 - std::pow(m_options.beta2, steps));
    const auto decay = static_cast<float>(1.0 - lr * m_options.weightDecay);
    const auto beta1 = static_cast<float>(m_options.beta1);
    const auto beta2 = static_cast<float>(m_options.beta2);
    const auto size = static_cast<float>(lr / correction1);
    const auto scale = static_cast<float>(1.0 / correction2);
    const auto epsilon = static_cast<float>(m_options.epsilon);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const float g = gradient[i];
        m_mean[i] = beta1 * m_mean[i] + (1.0F - beta1) * g;
        m_square[i] = beta2 * m_square[i] + (1.0F - beta2) * g * g;
        const float denominator = std::sqrt(m_square[i]) * scale + epsilon;
        parameters[i] = parameters[i] * decay - size * m_mean[i] / denominator;
    }
}

} // namespace core
