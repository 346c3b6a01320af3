// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/fused/aligned.h"
#include "core/backend/fused/gradient_kernels.h"
#include "core/backend/fused/plan.h"

#include <optional>
#include <span>

namespace core::fused
{

/// The last convolution on the way to channels' means, and the activation behind it. A mean needs
/// no channel but its own, so each lane works out that one only.
class OwnChannel
{
public:
    /// Nothing unless the layer is a convolution of stride 1 without padding, of several channels,
    /// or the activation right behind one.
    static std::optional<OwnChannel> at(const Architecture& architecture, int layer);

    /// Whose output the convolution reads; -1 is the input itself.
    int layerBefore() const { return m_convolution.layer - 1; }

    struct Memory {
        AlignedFloats parameters; ///< weights, bias and slope, a vector each
        AlignedFloats map;        ///< its border stays 0
        AlignedFloats means;      ///< [lanes]
    };
    Memory memory(int lanes) const;

    /// `channels`: of each lane that is in use. Fills memory.means and the gradient of `input`.
    void run(const GradientKernels& kernels, int lanes, std::span<const float> parameters,
             std::span<const int> channels, const float* input, Memory& memory,
             float* inputGradient) const;

private:
    OwnChannel(const Step& convolution, std::optional<Step> activation)
        : m_convolution(convolution), m_activation(std::move(activation))
    {
    }

    std::size_t taps() const;
    void gather(std::span<const float> parameters, int channel, int lanes, float* lane) const;

    Step m_convolution;
    std::optional<Step> m_activation;
};

} // namespace core::fused
