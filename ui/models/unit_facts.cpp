// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/unit_facts.h"

#include <algorithm>

namespace ui
{

namespace
{

using core::ParameterRole;

const core::Unit& unitOf(const core::Model& model, int unit)
{
    return model.architecture.units()[static_cast<std::size_t>(unit)];
}

std::optional<float> entry(const core::Model& model, int layer, ParameterRole role, int channel)
{
    const core::ParameterSlice* slice = model.parameters.find(layer, role);
    if (!slice)
        return std::nullopt;
    const auto values = model.parameters.of(*slice);
    // A PReLU may have one slope for all channels.
    return values[values.size() == 1 ? 0 : static_cast<std::size_t>(channel)];
}

/// Shape of what a layer reads, before it was flattened.
core::Shape unflattenedInput(const core::Architecture& architecture, int layer)
{
    for (int before = layer - 1; before >= 0; --before) {
        const core::Layer& candidate = architecture.layers()[static_cast<std::size_t>(before)];
        if (std::holds_alternative<core::Flatten>(candidate))
            return architecture.inputOf(before);
        if (!std::holds_alternative<core::Dropout>(candidate))
            break;
    }
    return architecture.inputOf(layer);
}

} // namespace

std::vector<WeightMap> weightMaps(const core::Model& model, int unit, int channel)
{
    const int layer = unitOf(model, unit).weightLayer;
    const core::ParameterSlice* slice = model.parameters.find(layer, ParameterRole::Weight);
    if (!slice || slice->shape.size() < 2)
        return {};
    const auto outputs = static_cast<std::size_t>(slice->shape[0]);
    const std::size_t perOutput = slice->count / outputs;
    const auto row = model.parameters.of(*slice).subspan(
        static_cast<std::size_t>(channel) * perOutput, perOutput);

    core::Shape shape = unflattenedInput(model.architecture, layer);
    if (slice->shape.size() == 4)
        shape = {static_cast<int>(slice->shape[1]), static_cast<int>(slice->shape[2]),
                 static_cast<int>(slice->shape[3])};
    else if (shape.area() == 1)
        shape = {1, 1, shape.channels};

    std::vector<WeightMap> maps;
    const auto area = static_cast<std::size_t>(shape.area());
    for (int input = 0; input < shape.channels; ++input) {
        const auto part = row.subspan(static_cast<std::size_t>(input) * area, area);
        maps.push_back({input, shape.height, shape.width, {part.begin(), part.end()}});
    }
    return maps;
}

std::optional<float> biasOf(const core::Model& model, int unit, int channel)
{
    return entry(model, unitOf(model, unit).weightLayer, ParameterRole::Bias, channel);
}

std::optional<float> slopeOf(const core::Model& model, int unit, int channel)
{
    return entry(model, unitOf(model, unit).postLayer, ParameterRole::Slope, channel);
}

std::optional<int> selectedFeature(const core::Architecture& architecture,
                                   const Selection& selection)
{
    if (architecture.featureUnit() != selection.unit || !selection.channel)
        return std::nullopt;
    const core::Shape shape = architecture.featureShape();
    if (shape.area() == 1)
        return selection.channel;
    if (!selection.position)
        return std::nullopt;
    return *selection.channel * shape.area() + *selection.position;
}

std::vector<float> weightsToClasses(const core::Model& model, int feature)
{
    if (model.architecture.units().empty())
        return {};
    const core::Unit& last = model.architecture.units().back();
    const auto& layer = model.architecture.layers()[static_cast<std::size_t>(last.weightLayer)];
    const core::ParameterSlice* slice =
        model.parameters.find(last.weightLayer, ParameterRole::Weight);
    if (!std::holds_alternative<core::Linear>(layer) || !slice)
        return {};
    const auto features = static_cast<std::size_t>(slice->shape[1]);
    const auto values = model.parameters.of(*slice);
    std::vector<float> weights;
    for (std::size_t row = 0; row < values.size(); row += features)
        weights.push_back(values[row + static_cast<std::size_t>(feature)]);
    return weights;
}

std::optional<core::AblationTarget> ablationTarget(const core::Architecture& architecture,
                                                   const Selection& selection)
{
    if (!selection.channel)
        return std::nullopt;
    if (const auto feature = selectedFeature(architecture, selection))
        return core::NeuronTarget{*feature};
    return core::ChannelTarget{selection.unit, *selection.channel};
}

} // namespace ui
