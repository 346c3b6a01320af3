// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/kernel_slices.h"

#include "ui/figures/scene.h"

#include <QStringList>

#include <algorithm>
#include <span>
#include <variant>

namespace ui
{

namespace
{

const core::Unit& unitOf(const core::Architecture& architecture, int unit)
{
    return architecture.units()[static_cast<std::size_t>(unit)];
}

/// The maps that a linear layer reads, before anything flattened them.
core::Shape flattenedFrom(const core::Architecture& architecture, int layer)
{
    int source = layer;
    while (source > 0) {
        const core::Layer& before = architecture.layers()[static_cast<std::size_t>(source - 1)];
        if (std::holds_alternative<core::Flatten>(before))
            return architecture.inputOf(source - 1);
        if (!std::holds_alternative<core::Dropout>(before))
            break;
        --source;
    }
    return architecture.inputOf(layer);
}

} // namespace

int blockWidth(int count)
{
    for (int width = 16; width > 1; --width)
        if (count % width == 0)
            return width;
    return count;
}

SliceLayout sliceLayout(const core::Architecture& architecture, int unit)
{
    const int layer = unitOf(architecture, unit).weightLayer;
    const core::Layer& what = architecture.layers()[static_cast<std::size_t>(layer)];
    if (const auto* convolution = std::get_if<core::Convolution>(&what))
        return {architecture.inputOf(layer).channels / convolution->groups,
                convolution->kernelHeight, convolution->kernelWidth};
    const core::Shape maps = flattenedFrom(architecture, layer);
    if (maps.area() > 1)
        return {maps.channels, maps.height, maps.width};
    const int width = blockWidth(maps.channels);
    return {1, maps.channels / width, width};
}

ColourScale kernelScale(const core::Model& model, int unit)
{
    const auto* weights = model.parameters.find(unitOf(model.architecture, unit).weightLayer,
                                                core::ParameterRole::Weight);
    return signedScale(weights == nullptr ? 0 : largestMagnitude(model.parameters.of(*weights)));
}

std::vector<HeatMap> kernelSlices(const core::Model& model, int unit, int channel)
{
    const auto* weights = model.parameters.find(unitOf(model.architecture, unit).weightLayer,
                                                core::ParameterRole::Weight);
    if (weights == nullptr)
        return {};
    const SliceLayout layout = sliceLayout(model.architecture, unit);
    const ColourScale scale = kernelScale(model, unit);
    const auto area = static_cast<std::size_t>(layout.rows * layout.columns);
    std::span<const float> rest =
        model.parameters.of(*weights).subspan(static_cast<std::size_t>(channel * layout.count()),
                                              static_cast<std::size_t>(layout.count()));
    std::vector<HeatMap> slices;
    for (int slice = 0; slice < layout.slices; ++slice, rest = rest.subspan(area)) {
        HeatMap map{layout.rows, layout.columns, {}, scale, {}, {}};
        for (const float weight : rest.first(area)) {
            map.values.push_back(weight);
            map.removed.push_back(weight == 0.0F);
        }
        slices.push_back(std::move(map));
    }
    return slices;
}

QString biasText(const core::Model& model, int unit, int channel)
{
    const core::Unit& what = unitOf(model.architecture, unit);
    const auto valueOf = [&](int layer, core::ParameterRole role) -> std::optional<float> {
        const auto* slice = model.parameters.find(layer, role);
        if (slice == nullptr)
            return std::nullopt;
        const std::span<const float> values = model.parameters.of(*slice);
        return values[values.size() == 1 ? 0 : static_cast<std::size_t>(channel)];
    };
    QStringList parts;
    if (const auto bias = valueOf(what.weightLayer, core::ParameterRole::Bias))
        parts << QStringLiteral("bias ") + shortNumber(*bias);
    if (const auto slope = valueOf(what.postLayer, core::ParameterRole::Slope))
        parts << QStringLiteral("slope ") + shortNumber(*slope);
    return parts.join(QStringLiteral(", "));
}

double widestBiasText(const core::Model& model, int unit, const QFont& font)
{
    double widest = 0;
    for (int channel = 0; channel < unitOf(model.architecture, unit).shape.channels; ++channel)
        widest = std::max(widest, textWidth(font, biasText(model, unit, channel)));
    return widest;
}

QString sliceText(const core::Model& model, int unit, int slice)
{
    const SliceLayout layout = sliceLayout(model.architecture, unit);
    if (layout.slices == 1 && unit == 0)
        return QStringLiteral("from the input");
    if (layout.slices == 1)
        return QStringLiteral("from all inputs");
    return QStringLiteral("from channel %1").arg(slice);
}

} // namespace ui
