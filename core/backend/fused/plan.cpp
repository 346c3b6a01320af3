// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/fused/plan.h"

#include <algorithm>

namespace core::fused
{

namespace
{

struct Extents {
    int rows = 0;
    int columns = 0;
};

/// How much of the input `reach` outputs of a sliding window read, counted from the first pixel.
int readBy(int reach, int kernel, int stride, int padding, int available)
{
    return std::clamp((reach - 1) * stride - padding + kernel, 1, available);
}

Extents readBy(const Layer& layer, const Extents& out, const Shape& in)
{
    if (const auto* c = std::get_if<Convolution>(&layer))
        return {readBy(out.rows, c->kernelHeight, c->stride, c->padding, in.height),
                readBy(out.columns, c->kernelWidth, c->stride, c->padding, in.width)};
    if (const auto* p = std::get_if<Pool>(&layer); p && !p->global)
        return {readBy(out.rows, p->kernel, p->stride, p->padding, in.height),
                readBy(out.columns, p->kernel, p->stride, p->padding, in.width)};
    if (std::holds_alternative<Activation>(layer) || std::holds_alternative<Dropout>(layer))
        return out;
    return {in.height, in.width};
}

/// The zeros that the reader of a map wants around it.
int borderFor(const Layer& reader)
{
    const auto* convolution = std::get_if<Convolution>(&reader);
    return convolution ? convolution->padding : 0;
}

std::optional<StepKind> kindOf(const Layer& layer)
{
    if (std::holds_alternative<Convolution>(layer))
        return StepKind::Convolution;
    if (std::holds_alternative<Activation>(layer))
        return StepKind::Activation;
    if (std::holds_alternative<Pool>(layer))
        return StepKind::Pool;
    if (std::holds_alternative<Linear>(layer))
        return StepKind::Linear;
    return std::nullopt;
}

/// A step's own description; maps and offsets come later.
Step described(const Architecture& architecture, int layer, StepKind kind)
{
    Step step;
    step.kind = kind;
    step.layer = layer;
    step.shape = architecture.outputOf(layer);
    const Layer& what = architecture.layers()[static_cast<std::size_t>(layer)];
    if (const auto* convolution = std::get_if<Convolution>(&what))
        step.convolution = *convolution;
    if (const auto* activation = std::get_if<Activation>(&what)) {
        step.activation = *activation;
        if (activation->kind == ActivationKind::LeakyReLU)
            step.constantSlope = static_cast<float>(activation->slope);
        else if (activation->kind == ActivationKind::Abs)
            step.constantSlope = -1;
    }
    if (const auto* pool = std::get_if<Pool>(&what)) {
        step.pool = *pool;
        step.poolInput = architecture.inputOf(layer);
        if (pool->global)
            step.pool = {.kind = pool->kind, .kernel = 0, .stride = 1};
        step.poolHeight = pool->global ? step.poolInput.height : pool->kernel;
        step.poolWidth = pool->global ? step.poolInput.width : pool->kernel;
    }
    return step;
}

bool isPlainMaxPool(const Step& step)
{
    return step.kind == StepKind::Pool && step.pool.kind == PoolKind::Max && step.poolHeight == 2 &&
           step.poolWidth == 2 && step.pool.stride == 2 && step.pool.padding == 0 &&
           step.in.rows == 2 * step.out.rows && step.in.columns == 2 * step.out.columns;
}

bool isTwoLines(const Step& step)
{
    return step.kind == StepKind::Activation && curveOf(step.activation.kind) == Curve::None;
}

bool hasWeights(const Step& step)
{
    return step.kind == StepKind::Convolution || step.kind == StepKind::Linear;
}

} // namespace

Curve curveOf(ActivationKind kind)
{
    switch (kind) {
    case ActivationKind::SiLU:
        return Curve::SiLU;
    case ActivationKind::GELU:
        return Curve::GELU;
    case ActivationKind::ELU:
        return Curve::ELU;
    case ActivationKind::SquaredReLU:
        return Curve::SquaredReLU;
    default:
        return Curve::None;
    }
}

Plan::Plan(const Architecture& architecture)
    : Plan(architecture, static_cast<int>(architecture.layers().size()) - 1)
{
}

Plan::Plan(const Architecture& architecture, int lastLayer, Extent extent)
    : m_architecture(architecture)
{
    addSteps(lastLayer, extent);
    resolveParameters();
    if (extent == Extent::Read)
        fuse();
    findStages();
}

void Plan::addSteps(int lastLayer, Extent extent)
{
    const auto& layers = m_architecture.layers();
    std::vector<Extents> made(static_cast<std::size_t>(lastLayer) + 2); // [layer + 1]
    const Shape last =
        lastLayer < 0 ? m_architecture.inputShape() : m_architecture.outputOf(lastLayer);
    made.back() = {last.height, last.width};
    for (int layer = lastLayer; layer >= 0; --layer) {
        const auto at = static_cast<std::size_t>(layer);
        const Shape in = m_architecture.inputOf(layer);
        made[at] = extent == Extent::Full ? Extents{in.height, in.width}
                                          : readBy(layers[at], made[at + 1], in);
    }
    const auto mapBehind = [&](int layer) { // layer -1 is the input
        const auto at = static_cast<std::size_t>(layer + 1);
        const int channels = layer < 0 ? 1 : m_architecture.outputOf(layer).channels;
        return Map{channels, made[at].rows, made[at].columns,
                   layer < lastLayer ? borderFor(layers[at]) : 0};
    };
    m_input = mapBehind(-1);
    Map current = m_input;
    for (int layer = 0; layer <= lastLayer; ++layer) {
        const auto kind = kindOf(layers[static_cast<std::size_t>(layer)]);
        if (!kind) {
            // Nothing happens to the values, but the border is that of who reads them in the end.
            const Map behind = mapBehind(layer);
            if (std::holds_alternative<Dropout>(layers[static_cast<std::size_t>(layer)])) {
                (m_steps.empty() ? m_input : m_steps.back().out) = behind;
                current = behind;
            }
            continue;
        }
        Step& step = m_steps.emplace_back(described(m_architecture, layer, *kind));
        step.in = current;
        step.out = current = mapBehind(layer);
    }
}

void Plan::resolveParameters()
{
    std::size_t offset = 0;
    for (const ParameterSpec& spec : m_architecture.parameterSpecs()) {
        const auto step = std::ranges::find(m_steps, spec.layer, &Step::layer);
        if (step != m_steps.end()) {
            if (spec.role == ParameterRole::Weight)
                step->weights = offset;
            else if (spec.role == ParameterRole::Bias)
                step->biases = offset;
            else
                step->slopes = offset;
        }
        offset += spec.count;
    }
}

void Plan::fuse()
{
    for (std::size_t i = 0; i + 1 < m_steps.size(); ++i) {
        if (m_steps[i].kind != StepKind::Convolution)
            continue;
        if (isPlainMaxPool(m_steps[i + 1]))
            m_steps[i].fused = 2;
        else if (isTwoLines(m_steps[i + 1]) && i + 2 < m_steps.size() &&
                 isPlainMaxPool(m_steps[i + 2]))
            m_steps[i].fused = 3;
    }
}

void Plan::findStages()
{
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        if (i == 0 || hasWeights(m_steps[i]))
            m_stages.push_back({i, i, m_steps[i].layer});
        m_stages.back().endStep = i + 1;
    }
    for (std::size_t next = 0; next < m_steps.size();) {
        next += static_cast<std::size_t>(m_steps[next].fused);
        m_scratchSize = std::max(m_scratchSize, 2 * m_steps[next - 1].out.size());
    }
}

const Map& Plan::stageInput(std::size_t stage) const
{
    return m_steps[m_stages[stage].firstStep].in;
}

const Map& Plan::stageOutput(std::size_t stage) const
{
    return m_steps[m_stages[stage].endStep - 1].out;
}

std::optional<std::size_t> Plan::stepOf(int layer) const
{
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < m_steps.size() && m_steps[i].layer <= layer; ++i)
        found = i;
    return found;
}

} // namespace core::fused
