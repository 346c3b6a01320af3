// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/architecture.h"

#include "core/base/error.h"

#include <algorithm>
#include <fmt/format.h>
#include <string>

namespace core
{

namespace
{

template<typename... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};
template<typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

constexpr int kMostChannels = 1 << 16;
constexpr int kMostExtent = 1 << 10;

[[noreturn]] void refuse(std::size_t layer, const Layer& what, const std::string& why)
{
    throw Error(ErrorKind::Input, fmt::format("layer {} ({}): {}", layer + 1, describe(what), why));
}

bool inRange(int value, int low, int high)
{
    return value >= low && value <= high;
}

/// Output extent of a window sliding over `extent` pixels; 0 or less where it does not fit.
int windowed(int extent, int kernel, int stride, int padding, int dilation, bool roundUp)
{
    const int reach = dilation * (kernel - 1) + 1;
    const int room = extent + 2 * padding - reach;
    if (room < 0)
        return 0;
    int count = room / stride + 1;
    if (roundUp && room % stride != 0) {
        ++count;
        // PyTorch drops a last window that would start in the padding on the right.
        if ((count - 1) * stride >= extent + padding)
            --count;
    }
    return count;
}

Shape convolved(std::size_t at, const Convolution& layer, const Shape& in)
{
    if (!inRange(layer.outputs, 1, kMostChannels) || !inRange(layer.kernelHeight, 1, kMostExtent) ||
        !inRange(layer.kernelWidth, 1, kMostExtent) || !inRange(layer.stride, 1, kMostExtent) ||
        !inRange(layer.padding, 0, kMostExtent) || !inRange(layer.dilation, 1, kMostExtent))
        refuse(at, layer, "channels, kernel, stride, padding or dilation out of range");
    if (layer.groups < 1 || in.channels % layer.groups != 0 || layer.outputs % layer.groups != 0)
        refuse(at, layer,
               fmt::format("{} input and {} output channels can't be split into {} groups",
                           in.channels, layer.outputs, layer.groups));
    const Shape out{
        layer.outputs,
        windowed(in.height, layer.kernelHeight, layer.stride, layer.padding, layer.dilation, false),
        windowed(in.width, layer.kernelWidth, layer.stride, layer.padding, layer.dilation, false)};
    if (out.height < 1 || out.width < 1)
        refuse(at, layer, fmt::format("does not fit into its input of {}", describe(in)));
    return out;
}

Shape pooled(std::size_t at, const Pool& layer, const Shape& in)
{
    if (layer.global)
        return {in.channels, 1, 1};
    if (!inRange(layer.kernel, 1, kMostExtent) || !inRange(layer.stride, 1, kMostExtent) ||
        !inRange(layer.padding, 0, layer.kernel / 2))
        refuse(at, layer, "kernel, stride or padding out of range");
    const Shape out{
        in.channels,
        windowed(in.height, layer.kernel, layer.stride, layer.padding, 1, layer.roundUp),
        windowed(in.width, layer.kernel, layer.stride, layer.padding, 1, layer.roundUp)};
    if (out.height < 1 || out.width < 1)
        refuse(at, layer, fmt::format("does not fit into its input of {}", describe(in)));
    return out;
}

Shape connected(std::size_t at, const Linear& layer, const Shape& in)
{
    if (!inRange(layer.outputs, 1, kMostChannels))
        refuse(at, layer, "outputs out of range");
    if (in.area() != 1)
        refuse(at, layer,
               fmt::format("reads maps of {}, expected a flatten before it", describe(in)));
    return {layer.outputs, 1, 1};
}

bool hasWeights(const Layer& layer)
{
    return std::holds_alternative<Convolution>(layer) || std::holds_alternative<Linear>(layer);
}

std::size_t elements(const std::vector<std::int64_t>& shape)
{
    std::size_t count = 1;
    for (const std::int64_t extent : shape)
        count *= static_cast<std::size_t>(extent);
    return count;
}

/// Appends the tensors of one layer.
class SpecCollector
{
public:
    explicit SpecCollector(std::vector<ParameterSpec>& specs) : m_specs(specs) {}

    void collect(int index, const Layer& layer, const Shape& in, const std::string& prefix)
    {
        m_layer = index;
        m_prefix = prefix;
        std::visit(Overloaded{
                       [&](const Convolution& c) {
                           add("weight", ParameterRole::Weight,
                               {c.outputs, in.channels / c.groups, c.kernelHeight, c.kernelWidth});
                           if (c.bias)
                               add("bias", ParameterRole::Bias, {c.outputs});
                       },
                       [&](const Linear& l) {
                           add("weight", ParameterRole::Weight, {l.outputs, in.channels});
                           if (l.bias)
                               add("bias", ParameterRole::Bias, {l.outputs});
                       },
                       [&](const Activation& a) {
                           if (a.kind == ActivationKind::PReLU)
                               add("weight", ParameterRole::Slope,
                                   {a.sharedSlope ? 1 : in.channels});
                       },
                       [&](const BatchNorm& n) {
                           if (n.affine) {
                               add("weight", ParameterRole::Scale, {in.channels});
                               add("bias", ParameterRole::Shift, {in.channels});
                           }
                           add("running_mean", ParameterRole::RunningMean, {in.channels});
                           add("running_var", ParameterRole::RunningVariance, {in.channels});
                       },
                       [](const auto&) {},
                   },
                   layer);
    }

private:
    void add(const char* suffix, ParameterRole role, std::vector<std::int64_t> shape)
    {
        const std::size_t count = elements(shape);
        m_specs.push_back({m_prefix + "." + suffix, m_layer, role, std::move(shape), count});
    }

    std::vector<ParameterSpec>& m_specs;
    int m_layer = 0;
    std::string m_prefix;
};

} // namespace

bool isTrainable(ParameterRole role)
{
    return role != ParameterRole::RunningMean && role != ParameterRole::RunningVariance;
}

Architecture::Architecture(std::vector<Layer> layers, InputSpec input)
    : m_input(input), m_layers(std::move(layers))
{
    inferShapes();
    findUnits();
}

Shape Architecture::inputOf(int layer) const
{
    return layer == 0 ? inputShape() : outputOf(layer - 1);
}

int Architecture::classes() const
{
    return m_outputs.empty() ? 0 : m_outputs.back().count();
}

void Architecture::inferShapes()
{
    if (!inRange(m_input.height, 1, kMostExtent) || !inRange(m_input.width, 1, kMostExtent))
        throw Error(ErrorKind::Input,
                    fmt::format("input of {}x{} pixels, expected 1 to {} each way", m_input.height,
                                m_input.width, kMostExtent));
    Shape shape = inputShape();
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const Layer& layer = m_layers[i];
        shape = std::visit(Overloaded{
                               [&](const Convolution& c) { return convolved(i, c, shape); },
                               [&](const Pool& p) { return pooled(i, p, shape); },
                               [&](const Linear& l) { return connected(i, l, shape); },
                               [&](const Flatten&) {
                                   return Shape{shape.count(), 1, 1};
                               },
                               [&](const auto&) { return shape; },
                           },
                           layer);
        m_outputs.push_back(shape);
    }
    if (std::ranges::none_of(m_layers, hasWeights))
        throw Error(ErrorKind::Input,
                    "the network has no convolution and no linear layer, expected at least one");
}

void Architecture::findUnits()
{
    const int count = static_cast<int>(m_layers.size());
    const auto layerAt = [this](int i) -> const Layer& {
        return m_layers[static_cast<std::size_t>(i)];
    };
    int convolutions = 0;
    int hidden = 0;
    std::optional<int> lastLinear;
    for (int i = 0; i < count; ++i) {
        if (!hasWeights(layerAt(i)))
            continue;
        Unit unit{
            .name = {}, .weightLayer = i, .preLayer = i, .postLayer = i, .shape = outputOf(i)};
        int next = i + 1;
        if (next < count && std::holds_alternative<BatchNorm>(layerAt(next)))
            unit.preLayer = next++;
        unit.postLayer = unit.preLayer;
        if (next < count && std::holds_alternative<Activation>(layerAt(next)))
            unit.postLayer = next;
        if (std::holds_alternative<Convolution>(layerAt(i))) {
            unit.name = fmt::format("conv{}", ++convolutions);
        } else {
            unit.name = fmt::format("hidden{}", ++hidden);
            lastLinear = i;
        }
        m_units.push_back(std::move(unit));
    }
    if (lastLinear && m_units.back().weightLayer == *lastLinear)
        m_units.back().name = "logits";

    if (!lastLinear) {
        m_featureLayer = m_units.back().postLayer;
        return;
    }
    int feature = *lastLinear - 1;
    while (feature > 0 && (std::holds_alternative<Flatten>(layerAt(feature)) ||
                           std::holds_alternative<Dropout>(layerAt(feature))))
        --feature;
    m_featureLayer = std::max(feature, 0);
}

std::optional<int> Architecture::unitByName(std::string_view name) const
{
    for (std::size_t i = 0; i < m_units.size(); ++i)
        if (m_units[i].name == name || std::to_string(i + 1) == name)
            return static_cast<int>(i);
    return std::nullopt;
}

Shape Architecture::featureShape() const
{
    return outputOf(m_featureLayer);
}

int Architecture::featureLayer(Stage stage) const
{
    const std::optional<int> unit = featureUnit();
    return stage == Stage::Pre && unit ? m_units[static_cast<std::size_t>(*unit)].preLayer
                                       : m_featureLayer;
}

std::optional<int> Architecture::featureUnit() const
{
    for (std::size_t i = 0; i < m_units.size(); ++i)
        if (m_units[i].postLayer == m_featureLayer)
            return static_cast<int>(i);
    return std::nullopt;
}

std::vector<ParameterSpec> Architecture::parameterSpecs() const
{
    std::vector<ParameterSpec> specs;
    SpecCollector collector(specs);
    std::string module = "features";
    int position = 0;
    for (int i = 0; i < static_cast<int>(m_layers.size()); ++i) {
        const Layer& layer = m_layers[static_cast<std::size_t>(i)];
        if (std::holds_alternative<Flatten>(layer)) {
            module = "classifier";
            position = 0;
            continue;
        }
        collector.collect(i, layer, inputOf(i), fmt::format("{}.{}", module, position++));
    }
    return specs;
}

std::size_t Architecture::trainableCount() const
{
    std::size_t count = 0;
    for (const ParameterSpec& spec : parameterSpecs())
        if (isTrainable(spec.role))
            count += spec.count;
    return count;
}

std::string describe(const Layer& layer)
{
    const auto window = [](const Pool& p) {
        std::string text =
            fmt::format("{} pool {}", p.kind == PoolKind::Max ? "max" : "average", p.kernel);
        if (p.stride != p.kernel)
            text += fmt::format(", stride {}", p.stride);
        if (p.padding != 0)
            text += fmt::format(", padding {}", p.padding);
        return text;
    };
    return std::visit(Overloaded{
                          [](const Convolution& c) {
                              std::string text = fmt::format("conv {}@{}x{}", c.outputs,
                                                             c.kernelHeight, c.kernelWidth);
                              if (c.stride != 1)
                                  text += fmt::format(", stride {}", c.stride);
                              if (c.padding != 0)
                                  text += fmt::format(", padding {}", c.padding);
                              if (c.dilation != 1)
                                  text += fmt::format(", dilation {}", c.dilation);
                              if (c.groups != 1)
                                  text += fmt::format(", {} groups", c.groups);
                              return text;
                          },
                          [](const Activation& a) -> std::string {
                              switch (a.kind) {
                              case ActivationKind::ReLU:
                                  return "ReLU";
                              case ActivationKind::PReLU:
                                  return a.sharedSlope ? "PReLU, one slope" : "PReLU";
                              case ActivationKind::LeakyReLU:
                                  return fmt::format("LeakyReLU {:g}", a.slope);
                              case ActivationKind::Sigmoid:
                                  return "sigmoid";
                              case ActivationKind::Tanh:
                                  return "tanh";
                              case ActivationKind::SiLU:
                                  return "SiLU";
                              case ActivationKind::GELU:
                                  return "GELU";
                              case ActivationKind::ELU:
                                  return "ELU";
                              case ActivationKind::Abs:
                                  return "absolute value";
                              case ActivationKind::SquaredReLU:
                                  return "squared ReLU";
                              }
                              return {};
                          },
                          [&](const Pool& p) -> std::string {
                              if (p.global)
                                  return p.kind == PoolKind::Max ? "global max pool"
                                                                 : "global average pool";
                              return window(p);
                          },
                          [](const BatchNorm&) -> std::string { return "batch norm"; },
                          [](const Dropout& d) { return fmt::format("dropout {:g}", d.rate); },
                          [](const Flatten&) -> std::string { return "flatten"; },
                          [](const Linear& l) { return fmt::format("linear {}", l.outputs); },
                      },
                      layer);
}

std::string describe(const Shape& shape)
{
    if (shape.area() == 1)
        return fmt::format("{}", shape.channels);
    return fmt::format("{}x{}x{}", shape.channels, shape.height, shape.width);
}

} // namespace core
