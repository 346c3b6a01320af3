// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/fused/coverage.h"

#include <fmt/format.h>

namespace core::fused
{

namespace
{

constexpr int kMostChannels = 32;
constexpr int kLargestKernel = 7;
constexpr int kMostClasses = 256; ///< predictions are bytes

bool coversConvolution(const Convolution& layer)
{
    return layer.outputs <= kMostChannels && layer.kernelHeight <= kLargestKernel &&
           layer.kernelWidth <= kLargestKernel && layer.padding <= kLargestKernel &&
           layer.stride <= kLargestKernel && layer.dilation == 1 && layer.groups == 1;
}

bool coversActivation(const Activation& layer)
{
    return layer.kind != ActivationKind::Sigmoid && layer.kind != ActivationKind::Tanh;
}

/// What stands before the linear layer.
bool coversFeature(const Layer& layer)
{
    if (const auto* convolution = std::get_if<Convolution>(&layer))
        return coversConvolution(*convolution);
    if (const auto* activation = std::get_if<Activation>(&layer))
        return coversActivation(*activation);
    if (const auto* dropout = std::get_if<Dropout>(&layer))
        return dropout->rate == 0;
    return std::holds_alternative<Pool>(layer);
}

} // namespace

std::optional<std::string> whyNotFused(const Architecture& architecture)
{
    const auto& layers = architecture.layers();
    const InputSpec& input = architecture.input();
    if (input.height * input.width > kMostPixels)
        return fmt::format("its input of {}x{} pixels", input.height, input.width);
    bool flat = false;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const bool isLast = i + 1 == layers.size();
        const auto* linear = std::get_if<Linear>(&layers[i]);
        if (linear && isLast && linear->outputs <= kMostClasses)
            return std::nullopt;
        const bool flattens = std::holds_alternative<Flatten>(layers[i]);
        if (linear || (!flattens && (flat || !coversFeature(layers[i]))))
            return fmt::format("layer {} ({})", i + 1, describe(layers[i]));
        flat = flat || flattens;
    }
    return "that it does not end in a linear layer";
}

bool fusedCovers(const Architecture& architecture)
{
    return !whyNotFused(architecture);
}

} // namespace core::fused
