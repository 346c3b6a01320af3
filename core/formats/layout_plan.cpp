// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/layout_plan.h"

#include "core/base/error.h"

#include <algorithm>

namespace core
{

namespace
{

/// Appends layers in the order in which a plan has them.
class PlanBuilder
{
public:
    PlanBuilder(const LayoutPlan& plan, const LayerChain& chain, const LayoutHints& hints)
        : m_plan(plan), m_chain(chain), m_hints(hints)
    {
    }

    std::vector<Layer> run()
    {
        addNorms(-1);
        for (std::size_t i = 0; i < m_chain.weights.size(); ++i) {
            if (m_chain.weights[i].kind == FoundLayer::Kind::Convolution)
                addConvolution(i);
            else
                addLinear(i);
        }
        if (m_chain.weights.back().kind == FoundLayer::Kind::Convolution)
            addGlobalPool();
        return std::move(m_layers);
    }

private:
    void addConvolution(std::size_t i)
    {
        const FoundLayer& found = m_chain.weights[i];
        const ConvolutionPlan& plan = m_plan.convolutions[i];
        if (plan.poolBefore)
            m_layers.emplace_back(*plan.poolBefore);
        m_layers.emplace_back(Convolution{.outputs = found.outputs,
                                          .kernelHeight = found.kernelHeight,
                                          .kernelWidth = found.kernelWidth,
                                          .stride = plan.stride,
                                          .padding = plan.padding,
                                          .dilation = plan.dilation,
                                          .groups = m_chain.groups[i],
                                          .bias = found.bias.has_value()});
        addBehind(i, plan.poolAfter);
    }

    void addLinear(std::size_t i)
    {
        const FoundLayer& found = m_chain.weights[i];
        if (i == 0 || m_chain.weights[i - 1].kind == FoundLayer::Kind::Convolution) {
            addGlobalPool();
            m_layers.emplace_back(Flatten{});
        }
        m_layers.emplace_back(Linear{.outputs = found.outputs, .bias = found.bias.has_value()});
        addBehind(i, std::nullopt);
    }

    void addBehind(std::size_t i, const std::optional<Pool>& pool)
    {
        if (!m_plan.normLast)
            addNorms(static_cast<int>(i));
        if (pool && m_plan.poolFirst)
            m_layers.emplace_back(*pool);
        addActivation(i);
        if (m_plan.normLast)
            addNorms(static_cast<int>(i));
        if (pool && !m_plan.poolFirst)
            m_layers.emplace_back(*pool);
    }

    void addNorms(int behind)
    {
        for (std::size_t n = 0; n < m_chain.norms.size(); ++n) {
            if (m_chain.normBehind[n] != behind)
                continue;
            const FoundLayer& norm = m_chain.norms[n];
            const auto epsilon = m_hints.epsilons.find(norm.path);
            m_layers.emplace_back(
                BatchNorm{.epsilon = epsilon == m_hints.epsilons.end() ? 1e-5 : epsilon->second,
                          .affine = norm.weight.has_value()});
        }
    }

    void addActivation(std::size_t i)
    {
        for (std::size_t s = 0; s < m_chain.slopes.size(); ++s)
            if (m_chain.slopeBehind[s] == static_cast<int>(i)) {
                m_layers.emplace_back(Activation{.kind = ActivationKind::PReLU,
                                                 .sharedSlope = m_chain.slopes[s].outputs == 1});
                return;
            }
        if (m_plan.activated[i])
            m_layers.emplace_back(m_plan.activation);
    }

    void addGlobalPool()
    {
        if (m_plan.globalPool)
            m_layers.emplace_back(*m_plan.globalPool);
    }

    const LayoutPlan& m_plan;
    const LayerChain& m_chain;
    const LayoutHints& m_hints;
    std::vector<Layer> m_layers;
};

} // namespace

std::optional<Architecture> makeArchitecture(const LayoutPlan& plan, const LayerChain& chain,
                                             const LayoutHints& hints)
{
    try {
        Architecture made(PlanBuilder(plan, chain, hints).run(), plan.input);
        return fitsTensors(made, chain) ? std::optional(std::move(made)) : std::nullopt;
    } catch (const Error&) {
        return std::nullopt;
    }
}

} // namespace core
