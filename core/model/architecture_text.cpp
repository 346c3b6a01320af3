// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/architecture_text.h"

#include <fmt/format.h>

namespace core
{

namespace
{

/// The shortest decimal that reads back as the same number.
std::string number(double value)
{
    return fmt::format("{}", value);
}

std::string activationText(const Activation& layer)
{
    switch (layer.kind) {
    case ActivationKind::ReLU:
        return "relu";
    case ActivationKind::PReLU:
        return layer.sharedSlope ? "prelu1" : "prelu";
    case ActivationKind::LeakyReLU:
        return layer.slope == 0.01 ? "leaky" : "leaky " + number(layer.slope);
    case ActivationKind::Sigmoid:
        return "sigmoid";
    case ActivationKind::Tanh:
        return "tanh";
    case ActivationKind::SiLU:
        return "silu";
    case ActivationKind::GELU:
        return "gelu";
    case ActivationKind::ELU:
        return "elu";
    case ActivationKind::Abs:
        return "abs";
    case ActivationKind::SquaredReLU:
        return "sqrelu";
    }
    return {};
}

std::string convolutionText(const Convolution& layer)
{
    std::string text =
        fmt::format("{}@{}x{}", layer.outputs, layer.kernelHeight, layer.kernelWidth);
    if (layer.stride != 1)
        text += fmt::format(" stride {}", layer.stride);
    if (layer.padding != 0)
        text += fmt::format(" pad {}", layer.padding);
    if (layer.dilation != 1)
        text += fmt::format(" dilation {}", layer.dilation);
    if (layer.groups != 1)
        text += fmt::format(" groups {}", layer.groups);
    if (!layer.bias)
        text += " nobias";
    return text;
}

std::string poolText(const Pool& layer)
{
    if (layer.global)
        return layer.kind == PoolKind::Max ? "gmaxpool" : "gavgpool";
    std::string text = layer.kind == PoolKind::Max ? "pool" : "avgpool";
    if (layer.kernel != 2)
        text += fmt::format(" {}", layer.kernel);
    if (layer.stride != layer.kernel)
        text += fmt::format(" stride {}", layer.stride);
    if (layer.padding != 0)
        text += fmt::format(" pad {}", layer.padding);
    if (layer.roundUp)
        text += " ceil";
    return text;
}

std::string batchNormText(const BatchNorm& layer)
{
    std::string text = "bn";
    if (layer.epsilon != BatchNorm{}.epsilon)
        text += " eps " + number(layer.epsilon);
    if (!layer.affine)
        text += " plain";
    return text;
}

std::string layerText(const Layer& layer)
{
    if (const auto* convolution = std::get_if<Convolution>(&layer))
        return convolutionText(*convolution);
    if (const auto* linear = std::get_if<Linear>(&layer))
        return fmt::format("linear {}{}", linear->outputs, linear->bias ? "" : " nobias");
    if (const auto* activation = std::get_if<Activation>(&layer))
        return activationText(*activation);
    if (const auto* pool = std::get_if<Pool>(&layer))
        return poolText(*pool);
    if (const auto* norm = std::get_if<BatchNorm>(&layer))
        return batchNormText(*norm);
    if (const auto* dropout = std::get_if<Dropout>(&layer))
        return dropout->rate == 0.5 ? "dropout" : "dropout " + number(dropout->rate);
    return "flatten";
}

std::string inputText(const InputSpec& input)
{
    std::string text;
    const InputSpec usual;
    if (input.height != usual.height || input.width != usual.width)
        text += fmt::format("input {}x{} ", input.height, input.width);
    if (input.mean != usual.mean)
        text += "mean " + number(input.mean) + " ";
    if (input.deviation != usual.deviation)
        text += "std " + number(input.deviation) + " ";
    if (input.deskew)
        text += "deskew ";
    if (input.averageShifts)
        text += "shifts ";
    if (!text.empty())
        text.pop_back();
    return text;
}

} // namespace

std::string toText(const Architecture& architecture)
{
    std::string text = inputText(architecture.input());
    bool flattened = false;
    const auto& layers = architecture.layers();
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const Layer& layer = layers[i];
        const bool isLinear = std::holds_alternative<Linear>(layer);
        if (std::holds_alternative<Flatten>(layer) && !flattened && i + 1 < layers.size() &&
            std::holds_alternative<Linear>(layers[i + 1])) {
            flattened = true; // implied
            continue;
        }
        flattened = flattened || std::holds_alternative<Flatten>(layer);
        const bool startsStage = isLinear || std::holds_alternative<Convolution>(layer);
        const bool afterInput = i == 0 && !text.empty();
        if (!text.empty())
            text += startsStage || afterInput ? ", " : " ";
        text += layerText(layer);
    }
    return text;
}

} // namespace core
