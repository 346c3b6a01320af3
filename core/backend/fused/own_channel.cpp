// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/fused/own_channel.h"

#include "core/backend/fused/tasks.h"

namespace core::fused
{

std::optional<OwnChannel> OwnChannel::at(const Architecture& architecture, int layer)
{
    const Plan plan(architecture, layer);
    auto step = plan.steps().rbegin();
    if (step == plan.steps().rend() || step->layer != layer)
        return std::nullopt;
    std::optional<Step> activation;
    if (step->kind == StepKind::Activation)
        activation = *step++;
    if (activation && curveOf(activation->activation.kind) != Curve::None)
        return std::nullopt;
    if (step == plan.steps().rend() || step->kind != StepKind::Convolution ||
        step->convolution.stride != 1 || step->convolution.padding != 0 || step->out.channels == 1)
        return std::nullopt;
    return OwnChannel(*step, activation);
}

std::size_t OwnChannel::taps() const
{
    return static_cast<std::size_t>(m_convolution.in.channels *
                                    m_convolution.convolution.kernelHeight *
                                    m_convolution.convolution.kernelWidth);
}

OwnChannel::Memory OwnChannel::memory(int lanes) const
{
    const auto vector = static_cast<std::size_t>(lanes);
    const Convolution& c = m_convolution.convolution;
    const auto mapSize =
        static_cast<std::size_t>((m_convolution.out.rows + 2 * (c.kernelHeight - 1)) *
                                 (m_convolution.out.columns + 2 * (c.kernelWidth - 1)));
    return {AlignedFloats((taps() + 2) * vector), AlignedFloats(mapSize * vector),
            AlignedFloats(vector)};
}

/// One lane of the parameters' vectors.
void OwnChannel::gather(std::span<const float> parameters, int channel, int lanes,
                        float* lane) const
{
    const float* weights =
        parameters.data() + m_convolution.weights + static_cast<std::size_t>(channel) * taps();
    for (std::size_t tap = 0; tap < taps(); ++tap, lane += lanes)
        *lane = weights[tap];
    *lane = m_convolution.biases
                ? parameters[*m_convolution.biases + static_cast<std::size_t>(channel)]
                : 0.0F;
    lane[lanes] = m_activation ? slopesOf(*m_activation, parameters).of(channel) : 1.0F;
}

void OwnChannel::run(const GradientKernels& kernels, int lanes, std::span<const float> parameters,
                     std::span<const int> channels, const float* input, Memory& memory,
                     float* inputGradient) const
{
    for (std::size_t lane = 0; lane < channels.size(); ++lane)
        gather(parameters, channels[lane], lanes, memory.parameters.data() + lane);
    const auto vector = static_cast<std::size_t>(lanes);
    OwnChannelTask task;
    task.input = input;
    task.inputChannels = m_convolution.in.channels;
    task.rows = m_convolution.out.rows;
    task.columns = m_convolution.out.columns;
    task.kernelHeight = m_convolution.convolution.kernelHeight;
    task.kernelWidth = m_convolution.convolution.kernelWidth;
    task.weights = memory.parameters.data();
    task.biases = task.weights + taps() * vector;
    task.slopes = task.biases + vector;
    task.means = memory.means.data();
    task.inputGradient = inputGradient;
    task.map = memory.map.data();
    kernels.ownChannel(task);
}

} // namespace core::fused
