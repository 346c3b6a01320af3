// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/assemble_model.h"

#include "core/base/error.h"
#include "core/formats/layout_hints.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace core
{

namespace
{

/// For each layer of the architecture the found layer whose tensors it takes; nullptr for layers
/// without tensors. Absent where their kinds don't match one to one.
std::optional<std::vector<const FoundLayer*>> matchLayers(const Architecture& architecture,
                                                          const LayerChain& chain)
{
    std::vector<const FoundLayer*> matched;
    std::size_t weight = 0;
    std::size_t norm = 0;
    std::size_t slope = 0;
    const auto next = [](const std::vector<FoundLayer>& layers, std::size_t& index) {
        return index < layers.size() ? &layers[index++] : nullptr;
    };
    for (const Layer& layer : architecture.layers()) {
        const FoundLayer* found = nullptr;
        const auto* activation = std::get_if<Activation>(&layer);
        if (std::holds_alternative<Convolution>(layer) || std::holds_alternative<Linear>(layer)) {
            found = next(chain.weights, weight);
            const auto kind = std::holds_alternative<Linear>(layer) ? FoundLayer::Kind::Linear
                                                                    : FoundLayer::Kind::Convolution;
            if (found == nullptr || found->kind != kind)
                return std::nullopt;
        } else if (std::holds_alternative<BatchNorm>(layer)) {
            found = next(chain.norms, norm);
            if (found == nullptr)
                return std::nullopt;
        } else if (activation != nullptr && activation->kind == ActivationKind::PReLU) {
            found = next(chain.slopes, slope);
            if (found == nullptr)
                return std::nullopt;
        }
        matched.push_back(found);
    }
    if (weight != chain.weights.size() || norm != chain.norms.size() ||
        slope != chain.slopes.size())
        return std::nullopt;
    return matched;
}

std::optional<std::size_t> tensorFor(const FoundLayer& layer, ParameterRole role)
{
    switch (role) {
    case ParameterRole::Weight:
    case ParameterRole::Slope:
    case ParameterRole::Scale:
        return layer.weight;
    case ParameterRole::Bias:
    case ParameterRole::Shift:
        return layer.bias;
    case ParameterRole::RunningMean:
        return layer.runningMean;
    case ParameterRole::RunningVariance:
        return layer.runningVariance;
    }
    return std::nullopt;
}

std::vector<std::int64_t> shapeOf(const FoundLayer& layer, ParameterRole role)
{
    if (role != ParameterRole::Weight)
        return {layer.outputs};
    if (layer.kind == FoundLayer::Kind::Linear)
        return {layer.outputs, layer.inputs};
    return {layer.outputs, layer.inputs, layer.kernelHeight, layer.kernelWidth};
}

std::size_t expectedTensors(const FoundLayer& layer)
{
    std::size_t count = 0;
    for (const auto& part : {layer.weight, layer.bias, layer.runningMean, layer.runningVariance})
        count += part ? 1 : 0;
    return count;
}

void noteUnusualValues(std::span<const float> values, std::vector<std::string>& notes)
{
    const auto nan = std::ranges::count_if(values, [](float v) { return std::isnan(v); });
    const auto infinite = std::ranges::count_if(values, [](float v) { return std::isinf(v); });
    if (nan + infinite > 0)
        notes.push_back(
            fmt::format("weights contain {} NaN and {} infinite values", nan, infinite));
}

} // namespace

bool fitsTensors(const Architecture& architecture, const LayerChain& chain)
{
    const auto matched = matchLayers(architecture, chain);
    if (!matched)
        return false;
    std::size_t used = 0;
    for (const ParameterSpec& spec : architecture.parameterSpecs()) {
        const FoundLayer* layer = (*matched)[static_cast<std::size_t>(spec.layer)];
        if (!tensorFor(*layer, spec.role) || shapeOf(*layer, spec.role) != spec.shape)
            return false;
        ++used;
    }
    std::size_t expected = 0;
    for (const auto* layers : {&chain.weights, &chain.norms, &chain.slopes})
        for (const FoundLayer& layer : *layers)
            expected += expectedTensors(layer);
    return used == expected;
}

Parameters assembleParameters(const StoredNetwork& network, const LayerChain& chain,
                              const Architecture& architecture)
{
    const auto matched = matchLayers(architecture, chain);
    Parameters parameters(architecture);
    std::vector<std::string> names;
    for (const ParameterSlice& slice : parameters.slices()) {
        const FoundLayer& layer = *(*matched)[static_cast<std::size_t>(slice.layer)];
        const StoredTensor& tensor = network.file.tensors[*tensorFor(layer, slice.role)];
        const std::vector<float> values = tensor.toFloats();
        const auto target = parameters.of(slice);
        std::ranges::copy(values, target.begin());
        const auto mask = slice.role == ParameterRole::Weight ? layer.mask
                          : slice.role == ParameterRole::Bias ? layer.biasMask
                                                              : std::nullopt;
        std::string name = tensor.name;
        if (mask) {
            const std::vector<float> factors = network.file.tensors[*mask].toFloats();
            for (std::size_t i = 0; i < target.size(); ++i)
                target[i] = factors[i] == 0 ? 0 : target[i] * factors[i];
            name = name.substr(0, name.size() - std::string_view("_orig").size());
        }
        names.push_back(std::move(name));
    }
    parameters.rename(names);
    return parameters;
}

Model assembleModel(const StoredNetwork& network, const LayerChain& chain,
                    const Architecture& architecture)
{
    Model model;
    model.format = network.file.format;
    model.architecture = architecture;
    model.parameters = assembleParameters(network, chain, architecture);
    model.notes = network.notes;
    for (const auto& layer : chain.weights)
        if (layer.mask || layer.biasMask) {
            model.notes.emplace_back(
                "pruning masks of torch.nn.utils.prune applied to the weights");
            break;
        }
    for (const auto& layer : chain.weights)
        if (network.file.tensors[*layer.weight].type != TensorType::F32) {
            model.notes.push_back(fmt::format("weights are stored as {} and computed with as F32",
                                              typeName(network.file.tensors[*layer.weight].type)));
            break;
        }
    noteUnusualValues(model.parameters.values(), model.notes);
    return model;
}

} // namespace core
