// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/module_layer.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace core
{

namespace
{

using Role = ModuleLayer::Role;

ModuleLayer layer(Layer what)
{
    return {.role = Role::Known, .layer = std::move(what), .problem = {}};
}

ModuleLayer unsupported(std::string why)
{
    return {.role = Role::Unsupported, .layer = {}, .problem = std::move(why)};
}

/// A whole number of a module's attributes, one or a pair of equal ones.
class Options
{
public:
    explicit Options(const StoredModule& module) : m_module(module) {}

    /// Adds to `problem` where the attribute is there and no square.
    int square(const char* name, int otherwise)
    {
        const auto found = m_module.numbers.find(name);
        if (found == m_module.numbers.end() || found->second.empty())
            return otherwise;
        const auto& values = found->second;
        for (const double value : values)
            if (value != values.front())
                problem = fmt::format("its {} is {}", name, fmt::join(values, "x"));
        return whole(name, values.front());
    }

    int part(const char* name, std::size_t index, int otherwise)
    {
        const auto found = m_module.numbers.find(name);
        if (found == m_module.numbers.end() || found->second.empty())
            return otherwise;
        const auto& values = found->second;
        return whole(name, values[std::min(index, values.size() - 1)]);
    }

    double number(const char* name, double otherwise) const
    {
        const auto found = m_module.numbers.find(name);
        return found == m_module.numbers.end() || found->second.size() != 1 ? otherwise
                                                                            : found->second[0];
    }

    std::string word(const char* name, const char* otherwise) const
    {
        const auto found = m_module.texts.find(name);
        return found == m_module.texts.end() ? otherwise : found->second;
    }

    std::string problem;

private:
    int whole(const char* name, double value)
    {
        constexpr double kMost = 1 << 20;
        if (!(std::abs(value) <= kMost) || value != std::floor(value)) {
            problem = fmt::format("its {} is {}", name, value);
            return 0;
        }
        return static_cast<int>(value);
    }

    const StoredModule& m_module;
};

ModuleLayer convolution(const StoredModule& module)
{
    Options options(module);
    Convolution c;
    c.outputs = options.square("out_channels", 0);
    c.kernelHeight = options.part("kernel_size", 0, 0);
    c.kernelWidth = options.part("kernel_size", 1, c.kernelHeight);
    c.stride = options.square("stride", 1);
    c.dilation = options.square("dilation", 1);
    c.groups = options.square("groups", 1);
    if (const std::string mode = options.word("padding_mode", "zeros"); mode != "zeros")
        return unsupported("it pads with \"" + mode + "\"");
    if (options.word("padding", "") == "same") {
        const int reach = c.dilation * (c.kernelHeight - 1);
        if (c.kernelHeight != c.kernelWidth || reach % 2 != 0)
            return unsupported("its padding \"same\" is uneven");
        c.padding = reach / 2;
    } else {
        c.padding = options.square("padding", 0);
    }
    return options.problem.empty() ? layer(c) : unsupported(options.problem);
}

ModuleLayer pool(const StoredModule& module, PoolKind kind)
{
    Options options(module);
    Pool p{.kind = kind};
    p.kernel = options.square("kernel_size", 2);
    p.stride = options.square("stride", p.kernel);
    p.padding = options.square("padding", 0);
    p.roundUp = options.number("ceil_mode", 0) != 0;
    if (options.square("dilation", 1) != 1)
        return unsupported("its dilation is not 1");
    if (kind == PoolKind::Average && p.padding != 0 && options.number("count_include_pad", 1) == 0)
        return unsupported("it doesn't count its padding");
    return options.problem.empty() ? layer(p) : unsupported(options.problem);
}

ModuleLayer globalPool(const StoredModule& module, PoolKind kind)
{
    Options options(module);
    if (options.square("output_size", 1) != 1 || !options.problem.empty())
        return unsupported("its output is larger than 1x1");
    return layer(Pool{.kind = kind, .global = true});
}

ModuleLayer activation(ActivationKind kind, double slope = 0.01, bool shared = false)
{
    return layer(Activation{.kind = kind, .slope = slope, .sharedSlope = shared});
}

ModuleLayer knownModule(const StoredModule& module)
{
    const std::string& type = module.type;
    Options options(module);
    if (type == "Conv2d")
        return convolution(module);
    if (type == "Linear")
        return layer(Linear{.outputs = options.square("out_features", 0)});
    if (type == "BatchNorm2d" || type == "BatchNorm1d")
        return layer(BatchNorm{.epsilon = options.number("eps", 1e-5),
                               .affine = options.number("affine", 1) != 0});
    if (type == "ReLU")
        return activation(ActivationKind::ReLU);
    if (type == "PReLU")
        return activation(ActivationKind::PReLU, 0.01, options.number("num_parameters", 1) == 1);
    if (type == "LeakyReLU")
        return activation(ActivationKind::LeakyReLU, options.number("negative_slope", 0.01));
    if (type == "Sigmoid")
        return activation(ActivationKind::Sigmoid);
    if (type == "Tanh")
        return activation(ActivationKind::Tanh);
    if (type == "SiLU")
        return activation(ActivationKind::SiLU);
    if (type == "ELU")
        return options.number("alpha", 1) == 1 ? activation(ActivationKind::ELU)
                                               : unsupported("its alpha is not 1");
    if (type == "MaxPool2d")
        return pool(module, PoolKind::Max);
    if (type == "AvgPool2d")
        return pool(module, PoolKind::Average);
    if (type == "AdaptiveAvgPool2d")
        return globalPool(module, PoolKind::Average);
    if (type == "AdaptiveMaxPool2d")
        return globalPool(module, PoolKind::Max);
    if (type == "Dropout" || type == "Dropout2d" || type == "AlphaDropout" ||
        type == "FeatureAlphaDropout")
        return layer(Dropout{options.number("p", 0.5)});
    if (type == "Flatten")
        return layer(Flatten{});
    if (type == "LogSoftmax" || type == "Softmax" || type == "Softmax2d")
        return {.role = Role::LogSoftmax, .layer = {}, .problem = {}};
    if (type == "Identity" || type == "Sequential" || type == "ModuleList" ||
        type == "ModuleDict" || type.ends_with("Loss"))
        return {.role = Role::Nothing, .layer = {}, .problem = {}};
    return unsupported("it is none of the layers that Caddie runs");
}

} // namespace

ModuleLayer readModuleLayer(const StoredModule& module)
{
    if (module.known)
        return knownModule(module);
    std::string name = module.type;
    std::ranges::transform(name, name.begin(), [](unsigned char c) {
        return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    });
    // Everyone wrote a module of this name before torch.nn had one.
    if (module.tensors == 0 && name.find("flatten") != std::string::npos)
        return layer(Flatten{});
    return {};
}

} // namespace core
