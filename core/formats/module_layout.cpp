// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/layout_hints.h"

#include "core/base/error.h"
#include "core/formats/module_layer.h"

#include <algorithm>
#include <fmt/format.h>

namespace core
{

namespace
{

using Role = ModuleLayer::Role;

[[noreturn]] void refuse(const std::string& sentence)
{
    throw Error(ErrorKind::Input, sentence);
}

/// Walks over the modules and collects the layers in the order of registration.
class ModuleWalk
{
public:
    ModuleWalk(const StoredNetwork& network, const LayerChain& chain)
        : m_network(network), m_chain(chain)
    {
    }

    ModuleLayout run()
    {
        // TorchScript's modules have lost their hyper-parameters to the code.
        const bool scripted = m_network.file.format.starts_with("TorchScript");
        for (const StoredModule& module : m_network.modules)
            if (module.container)
                m_sequentialOnly = m_sequentialOnly && module.known && module.type == "Sequential";
            else if (scripted)
                checkScripted(module);
            else
                addLeaf(module);
        if (!m_problems.empty())
            refuse("has layers that are not supported: " + m_problems);
        if (!scripted && !m_open && (m_sequentialOnly || everyLayerIsActivated()))
            m_layout.certain = architecture();
        return std::move(m_layout);
    }

private:
    void addLeaf(const StoredModule& module)
    {
        const ModuleLayer read = readModuleLayer(module);
        switch (read.role) {
        case Role::Known:
            addLayer(module, *read.layer);
            break;
        case Role::Nothing:
            break;
        case Role::LogSoftmax:
            m_layout.notes.push_back(fmt::format("{} at the end left out: it doesn't change which "
                                                 "class wins",
                                                 module.type));
            break;
        case Role::Unsupported:
            addProblem(module, read.problem);
            break;
        case Role::Unknown:
            m_open = true;
            break;
        }
    }

    void checkScripted(const StoredModule& module)
    {
        if (!module.known)
            return;
        const ModuleLayer read = readModuleLayer(module);
        if (read.role == Role::LogSoftmax)
            m_layout.notes.push_back(module.type + " left out: it doesn't change which class wins");
        if (read.role == Role::Unsupported && module.type.find("Adaptive") == std::string::npos)
            addProblem(module, read.problem);
        if (read.role == Role::Known)
            if (const auto* activation = std::get_if<Activation>(&*read.layer))
                addScripted(*activation);
    }

    /// The slope of a leaky ReLU is a constant of the code.
    void addScripted(Activation activation)
    {
        m_layout.hints.activations.push_back(activation);
        if (activation.kind == ActivationKind::LeakyReLU)
            for (const double slope : {0.2, 0.1}) {
                activation.slope = slope;
                m_layout.hints.activations.push_back(activation);
            }
    }

    void addProblem(const StoredModule& module, const std::string& problem)
    {
        m_problems += fmt::format("{}{} {} ({})", m_problems.empty() ? "" : ", ",
                                  inQuotes(module.path), module.type, problem);
    }

    void addLayer(const StoredModule& module, Layer layer)
    {
        if (auto* convolution = std::get_if<Convolution>(&layer)) {
            if (const FoundLayer* found = weightOf(module.path)) {
                convolution->bias = found->bias.has_value();
                m_layout.hints.convolutions[module.path] = *convolution;
            }
            m_weightPaths.push_back(module.path);
        } else if (auto* linear = std::get_if<Linear>(&layer)) {
            const FoundLayer* found = weightOf(module.path);
            linear->bias = found != nullptr && found->bias.has_value();
            if (found != nullptr)
                linear->outputs = found->outputs;
            m_weightPaths.push_back(module.path);
            addFlatten();
        } else if (const auto* norm = std::get_if<BatchNorm>(&layer)) {
            m_layout.hints.epsilons[module.path] = norm->epsilon;
            m_normPaths.push_back(module.path);
        } else if (const auto* activation = std::get_if<Activation>(&layer)) {
            m_layout.hints.activations.push_back(*activation);
            if (activation->kind == ActivationKind::PReLU)
                m_slopePaths.push_back(module.path);
        } else if (const auto* pool = std::get_if<Pool>(&layer)) {
            m_layout.hints.pools.push_back(*pool);
        }
        m_flattened = m_flattened || std::holds_alternative<Flatten>(layer);
        m_layers.push_back(std::move(layer));
    }

    /// Nobody registers the flatten in front of the first linear layer; reshaping is a function.
    void addFlatten()
    {
        if (!m_flattened)
            m_layers.emplace_back(Flatten{});
        m_flattened = true;
    }

    const FoundLayer* weightOf(const std::string& path) const
    {
        const auto found = std::ranges::find(m_chain.weights, path, &FoundLayer::path);
        return found == m_chain.weights.end() ? nullptr : &*found;
    }

    static bool samePaths(const std::vector<std::string>& paths,
                          const std::vector<FoundLayer>& layers)
    {
        return std::ranges::equal(paths, layers, {}, {}, &FoundLayer::path);
    }

    /// Otherwise the author may have applied activation functions, or one module several times, in
    /// code that the file doesn't have.
    bool everyLayerIsActivated() const
    {
        int waiting = 0;
        for (const Layer& layer : m_layers) {
            const bool weight =
                std::holds_alternative<Convolution>(layer) || std::holds_alternative<Linear>(layer);
            if (weight && ++waiting > 1)
                return false;
            if (std::holds_alternative<Activation>(layer) && --waiting < 0)
                return false;
        }
        return m_layers.empty() || !std::holds_alternative<Pool>(m_layers.front());
    }

    std::optional<Architecture> architecture() const
    {
        if (!samePaths(m_weightPaths, m_chain.weights) || !samePaths(m_normPaths, m_chain.norms) ||
            !samePaths(m_slopePaths, m_chain.slopes) || m_network.sharesModules)
            return std::nullopt;
        try {
            Architecture made(m_layers);
            return fitsTensors(made, m_chain) ? std::optional(std::move(made)) : std::nullopt;
        } catch (const Error& error) {
            if (m_sequentialOnly)
                refuse(fmt::format("does not fit images of 28x28 pixels: {}", error.what()));
            return std::nullopt;
        }
    }

    const StoredNetwork& m_network;
    const LayerChain& m_chain;
    ModuleLayout m_layout;
    std::vector<Layer> m_layers;
    std::vector<std::string> m_weightPaths;
    std::vector<std::string> m_normPaths;
    std::vector<std::string> m_slopePaths;
    std::string m_problems;
    bool m_sequentialOnly = true;
    bool m_flattened = false;
    bool m_open = false; ///< a module of the author's own, whose meaning nobody knows
};

} // namespace

ModuleLayout layoutOfModules(const StoredNetwork& network, const LayerChain& chain)
{
    return ModuleWalk(network, chain).run();
}

} // namespace core
