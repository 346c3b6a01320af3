// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/ablation_edits.h"

#include "core/base/error.h"
#include "core/inspect/receptive_field.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>

namespace core
{

namespace
{

const Layer& layerOf(const Architecture& architecture, int layer)
{
    return architecture.layers()[static_cast<std::size_t>(layer)];
}

const ParameterSlice& sliceOf(const Parameters& parameters, std::size_t parameter)
{
    for (const ParameterSlice& slice : parameters.slices())
        if (parameter >= slice.offset && parameter < slice.offset + slice.count)
            return slice;
    throw Error(ErrorKind::Usage, fmt::format("parameter {}: the network has {}", parameter,
                                              parameters.values().size()));
}

/// The mean of what one tap of a kernel reads as it moves over its input, whose mean over the
/// images is `mean`, [C, H, W]. Padding counts as the zeros that it is.
double meanUnderTap(const Convolution& convolution, const Shape& in, const Shape& out,
                    std::span<const double> mean, int channel, int tapRow, int tapColumn)
{
    double sum = 0;
    for (int row = 0; row < out.height; ++row)
        for (int column = 0; column < out.width; ++column) {
            const int y =
                row * convolution.stride - convolution.padding + tapRow * convolution.dilation;
            const int x = column * convolution.stride - convolution.padding +
                          tapColumn * convolution.dilation;
            if (y >= 0 && y < in.height && x >= 0 && x < in.width)
                sum += mean[static_cast<std::size_t>((channel * in.height + y) * in.width + x)];
        }
    return sum / out.area();
}

/// The x to the right of a function's lowest point where it is `value`; it rises there, and by 1
/// above `value` it is higher than that.
template<typename Function>
std::optional<double> solved(Function function, double lowest, double value)
{
    constexpr int kHalvings = 60;
    if (value < function(lowest))
        return std::nullopt;
    double low = lowest;
    double high = std::max(value, 0.0) + 1;
    for (int i = 0; i < kHalvings; ++i) {
        const double middle = (low + high) / 2;
        (function(middle) < value ? low : high) = middle;
    }
    return high;
}

} // namespace

std::optional<double> activationInput(const Architecture& architecture,
                                      const Parameters& parameters, const Unit& unit, int channel,
                                      double value)
{
    if (unit.postLayer == unit.preLayer)
        return value;
    const auto& activation = std::get<Activation>(layerOf(architecture, unit.postLayer));
    switch (activation.kind) {
    case ActivationKind::Sigmoid:
        return value > 0 && value < 1 ? std::optional(std::log(value / (1 - value))) : std::nullopt;
    case ActivationKind::Tanh:
        return value > -1 && value < 1 ? std::optional(std::atanh(value)) : std::nullopt;
    case ActivationKind::ELU:
        if (value < 0)
            return value > -1 ? std::optional(std::log1p(value)) : std::nullopt;
        break;
    case ActivationKind::SquaredReLU:
        return value >= 0 ? std::optional(std::sqrt(value)) : std::nullopt;
    case ActivationKind::SiLU:
        return solved([](double x) { return x / (1 + std::exp(-x)); }, -1.2784645, value);
    case ActivationKind::GELU:
        return solved([](double x) { return x * std::erfc(-x / std::numbers::sqrt2) / 2; },
                      -0.7517916, value);
    default:
        break;
    }
    if (value >= 0)
        return value; // the rest leave positive values as they are
    double slope = activation.kind == ActivationKind::LeakyReLU ? activation.slope : 0.0;
    if (activation.kind == ActivationKind::PReLU) {
        const auto slopes = parameters.of(*parameters.find(unit.postLayer, ParameterRole::Slope));
        slope = slopes[activation.sharedSlope ? 0 : static_cast<std::size_t>(channel)];
    }
    return slope > 0 ? std::optional(value / slope) : std::nullopt;
}

const MeanActivations& AblationEdits::means() const
{
    if (!m_means || m_means->images == 0)
        throw Error(ErrorKind::Usage, "mean ablation needs the means over a data set");
    return *m_means;
}

void AblationEdits::set(std::size_t parameter, double value)
{
    const float before = m_parameters.values()[parameter];
    const auto after = static_cast<float>(value);
    if (before != after)
        m_edits.push_back({parameter, before, after});
}

void AblationEdits::setAll(const ParameterSlice& slice, std::size_t first, std::size_t count)
{
    for (std::size_t i = first; i < first + count; ++i)
        set(slice.offset + i, 0);
}

void AblationEdits::add(const ParameterSlice& slice, std::size_t entry, double value)
{
    set(slice.offset + entry, m_parameters.of(slice)[entry] + value);
}

const ParameterSlice& AblationEdits::biasOf(int layer) const
{
    if (const ParameterSlice* bias = m_parameters.find(layer, ParameterRole::Bias))
        return *bias;
    throw Error(ErrorKind::Usage,
                fmt::format("layer {} ({}) has no bias, which would have to take over the mean",
                            layer, describe(layerOf(m_architecture, layer))));
}

double AblationEdits::meanRead(const ParameterSlice& weights, std::size_t entry) const
{
    const int layer = weights.layer;
    const auto& mean =
        layer == 0 ? means().input : means().layers[static_cast<std::size_t>(layer - 1)];
    const auto perOutput = weights.count / static_cast<std::size_t>(weights.shape.front());
    const std::size_t within = entry % perOutput;
    const auto* convolution = std::get_if<Convolution>(&layerOf(m_architecture, layer));
    if (!convolution)
        return mean[within];
    const Shape in = m_architecture.inputOf(layer);
    const auto area =
        static_cast<std::size_t>(convolution->kernelHeight * convolution->kernelWidth);
    const int output = static_cast<int>(entry / perOutput);
    const int group = output / (convolution->outputs / convolution->groups);
    const int channel =
        group * (in.channels / convolution->groups) + static_cast<int>(within / area);
    const int tap = static_cast<int>(within % area);
    return meanUnderTap(*convolution, in, m_architecture.outputOf(layer), mean, channel,
                        tap / convolution->kernelWidth, tap % convolution->kernelWidth);
}

double AblationEdits::meanPut(const Unit& unit, int channel) const
{
    const auto& mean = means().layers[static_cast<std::size_t>(unit.postLayer)];
    const std::vector<bool> read = readPositions(m_architecture, unit.postLayer);
    double sum = 0;
    int count = 0;
    for (std::size_t i = 0; i < read.size(); ++i) {
        if (!read[i])
            continue;
        sum += mean[static_cast<std::size_t>(channel) * read.size() + i];
        ++count;
    }
    return count == 0 ? 0.0 : sum / count;
}

void AblationEdits::ablate(const WeightTarget& target, AblationKind kind)
{
    const ParameterSlice& slice = sliceOf(m_parameters, target.parameter);
    if (!isTrainable(slice.role))
        throw Error(ErrorKind::Usage, fmt::format("{} holds statistics, expected a weight, bias, "
                                                  "slope, scale or shift",
                                                  slice.name));
    const std::size_t entry = target.parameter - slice.offset;
    if (kind == AblationKind::Mean) {
        if (slice.role != ParameterRole::Weight)
            throw Error(ErrorKind::Usage, fmt::format("{} reads nothing whose mean could take its "
                                                      "place, expected a weight",
                                                      slice.name));
        const auto perOutput = slice.count / static_cast<std::size_t>(slice.shape.front());
        const double weight = m_parameters.values()[target.parameter];
        if (weight != 0.0)
            add(biasOf(slice.layer), entry / perOutput, weight * meanRead(slice, entry));
    }
    set(target.parameter, 0);
}

void AblationEdits::ablate(const ChannelTarget& target, AblationKind kind)
{
    const auto& units = m_architecture.units();
    if (target.unit < 0 || target.unit >= static_cast<int>(units.size()))
        throw Error(ErrorKind::Usage, fmt::format("layer {}: the network has {} with weights",
                                                  target.unit, units.size()));
    const Unit& unit = units[static_cast<std::size_t>(target.unit)];
    if (target.channel < 0 || target.channel >= unit.shape.channels)
        throw Error(ErrorKind::Usage,
                    fmt::format("channel {}: {} has channels 0 to {}", target.channel, unit.name,
                                unit.shape.channels - 1));
    const double value = kind == AblationKind::Zero ? 0.0 : meanPut(unit, target.channel);
    const auto before = activationInput(m_architecture, m_parameters, unit, target.channel, value);
    if (!before)
        throw Error(ErrorKind::Usage, fmt::format("the activation function of {} never puts out "
                                                  "{:.4g}",
                                                  unit.name, value));
    if (unit.preLayer == unit.weightLayer)
        holdConvolved(unit, target.channel, *before);
    else
        holdNormalised(unit, target.channel, *before);
}

void AblationEdits::holdConvolved(const Unit& unit, int channel, double value)
{
    const ParameterSlice& weights = *m_parameters.find(unit.weightLayer, ParameterRole::Weight);
    const auto row = weights.count / static_cast<std::size_t>(unit.shape.channels);
    setAll(weights, static_cast<std::size_t>(channel) * row, row);
    if (value == 0.0 && !m_parameters.find(unit.weightLayer, ParameterRole::Bias))
        return;
    set(biasOf(unit.weightLayer).offset + static_cast<std::size_t>(channel), value);
}

void AblationEdits::holdNormalised(const Unit& unit, int channel, double value)
{
    const ParameterSlice* scale = m_parameters.find(unit.preLayer, ParameterRole::Scale);
    const ParameterSlice* shift = m_parameters.find(unit.preLayer, ParameterRole::Shift);
    if (!scale || !shift)
        throw Error(ErrorKind::Usage,
                    fmt::format("the batch norm of {} has no scale and shift to hold a channel",
                                unit.name));
    set(scale->offset + static_cast<std::size_t>(channel), 0);
    set(shift->offset + static_cast<std::size_t>(channel), value);
}

void AblationEdits::ablate(const NeuronTarget& target, AblationKind kind)
{
    const int layer = m_architecture.units().back().weightLayer;
    if (!std::holds_alternative<Linear>(layerOf(m_architecture, layer)))
        throw Error(ErrorKind::Usage,
                    "the last layer with weights is a convolution, expected a linear one that "
                    "reads the neurons");
    const int neurons = m_architecture.inputOf(layer).count();
    if (target.neuron < 0 || target.neuron >= neurons)
        throw Error(ErrorKind::Usage, fmt::format("neuron {}: the network has neurons 0 to {}",
                                                  target.neuron, neurons - 1));
    const ParameterSlice& weights = *m_parameters.find(layer, ParameterRole::Weight);
    const auto outputs = static_cast<std::size_t>(m_architecture.outputOf(layer).channels);
    for (std::size_t output = 0; output < outputs; ++output) {
        const std::size_t entry =
            output * static_cast<std::size_t>(neurons) + static_cast<std::size_t>(target.neuron);
        const double weight = m_parameters.of(weights)[entry];
        if (kind == AblationKind::Mean && weight != 0.0)
            add(biasOf(layer), output, weight * meanRead(weights, entry));
        set(weights.offset + entry, 0);
    }
}

} // namespace core
