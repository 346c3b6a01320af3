// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/fused/incremental.h"

#include <algorithm>
#include <array>

namespace core::fused
{

namespace
{

int blocksFor(int images, int lanes)
{
    return (images + lanes - 1) / lanes;
}

/// The tensors of a step have some entries a channel, or one for all channels.
void addReaches(std::vector<Reach>& reaches, const Plan& plan, std::size_t stage)
{
    const ChannelRange all = {0, plan.stageOutput(stage).channels};
    const Stage& where = plan.stages()[stage];
    std::size_t offset = 0;
    for (const ParameterSpec& spec : plan.architecture().parameterSpecs()) {
        for (std::size_t s = where.firstStep; s < where.endStep; ++s) {
            if (plan.steps()[s].layer != spec.layer)
                continue;
            const std::size_t perChannel =
                spec.count / static_cast<std::size_t>(plan.steps()[s].shape.channels);
            for (std::size_t i = 0; i < spec.count; ++i) {
                const int channel = perChannel == 0 ? 0 : static_cast<int>(i / perChannel);
                reaches[offset + i] = {stage,
                                       perChannel == 0 ? all : ChannelRange{channel, channel + 1}};
            }
        }
        offset += spec.count;
    }
}

std::size_t stepCost(const Step& step)
{
    const auto outputs = static_cast<std::size_t>(step.out.rows * step.out.columns);
    if (step.kind == StepKind::Convolution)
        return outputs * static_cast<std::size_t>(step.in.channels * step.convolution.kernelHeight *
                                                  step.convolution.kernelWidth);
    if (step.kind == StepKind::Linear)
        return outputs * step.in.size();
    return outputs;
}

} // namespace

Incremental::Incremental(const Architecture& architecture, int images)
    : m_kernels(forwardKernels()), m_plan(architecture), m_images(images),
      m_blocks(blocksFor(images, m_kernels.lanes))
{
    const auto blocks = static_cast<std::size_t>(m_blocks);
    const auto lanes = static_cast<std::size_t>(m_kernels.lanes);
    // Borders are never written again, so they have to be zero from the start.
    const auto zeroed = [&](const Map& map) {
        Floats floats = allocate(blocks * map.size() * lanes);
        if (map.border > 0)
            std::fill_n(floats.get(), blocks * map.size() * lanes, 0.0F);
        return floats;
    };
    m_input = zeroed(m_plan.input());
    m_labels.assign(blocks * lanes, -1);
    std::size_t parameters = 0;
    for (const ParameterSpec& spec : architecture.parameterSpecs())
        parameters += spec.count;
    m_reaches.resize(parameters);
    for (std::size_t stage = 0; stage < m_plan.stages().size(); ++stage) {
        m_maps.push_back(zeroed(m_plan.stageOutput(stage)));
        m_replaced.push_back(allocate(blocks * mapFloats(stage)));
        addReaches(m_reaches, m_plan, stage);
    }
}

Incremental::Floats Incremental::allocate(std::size_t count)
{
    return Floats(static_cast<float*>(::operator new[](count * sizeof(float), kLine)));
}

std::size_t Incremental::memoryFor(const Architecture& architecture, int images)
{
    const Plan plan(architecture);
    std::size_t vectors = plan.input().size();
    for (std::size_t stage = 0; stage < plan.stages().size(); ++stage)
        vectors += 2 * plan.stageOutput(stage).size();
    const int lanes = forwardKernels().lanes;
    return vectors * sizeof(float) * static_cast<std::size_t>(blocksFor(images, lanes) * lanes);
}

std::size_t Incremental::scratchFloats() const
{
    return m_plan.scratchSize() * static_cast<std::size_t>(m_kernels.lanes);
}

Reach Incremental::reachOf(std::size_t parameter) const
{
    return m_reaches[parameter];
}

std::size_t Incremental::costOf(const Reach& reach) const
{
    std::size_t cost = 0;
    for (std::size_t stage = reach.stage; stage < m_plan.stages().size(); ++stage) {
        const int channels = stage == reach.stage ? reach.channels.end - reach.channels.first
                                                  : m_plan.stageOutput(stage).channels;
        const Stage& where = m_plan.stages()[stage];
        for (std::size_t s = where.firstStep; s < where.endStep; ++s)
            cost += static_cast<std::size_t>(channels) * stepCost(m_plan.steps()[s]);
    }
    return cost;
}

std::size_t Incremental::mapFloats(std::size_t stage) const
{
    return m_plan.stageOutput(stage).size() * static_cast<std::size_t>(m_kernels.lanes);
}

float* Incremental::map(std::size_t stage, int block) const
{
    return m_maps[stage].get() + static_cast<std::size_t>(block) * mapFloats(stage);
}

float* Incremental::input(int block) const
{
    return m_input.get() + static_cast<std::size_t>(block) * m_plan.input().size() *
                               static_cast<std::size_t>(m_kernels.lanes);
}

const float* Incremental::inputOf(std::size_t stage, int block) const
{
    return stage == 0 ? input(block) : map(stage - 1, block);
}

void Incremental::fill(int block, std::span<const float> parameters, const Dataset& data,
                       std::span<const int> order, float* scratch)
{
    const auto first = static_cast<std::size_t>(block * lanes());
    const auto indices = order.subspan(first, static_cast<std::size_t>(imagesIn(block)));
    loadImages(m_kernels, m_plan, data, indices, input(block));
    for (std::size_t i = 0; i < indices.size(); ++i)
        m_labels[first + i] = data.labels[static_cast<std::size_t>(indices[i])];
    for (std::size_t stage = 0; stage < m_plan.stages().size(); ++stage)
        runStage(block, stage, parameters, allOf(stage), scratch);
}

void Incremental::runStage(int block, std::size_t stage, std::span<const float> parameters,
                           ChannelRange channels, float* scratch)
{
    forwardStage(m_kernels, m_plan, stage, parameters, inputOf(stage, block), map(stage, block),
                 channels, scratch);
}

ChannelRange Incremental::allOf(std::size_t stage) const
{
    return {0, m_plan.stageOutput(stage).channels};
}

void Incremental::rerun(int block, std::span<const float> parameters, const Reach& reach,
                        float* scratch)
{
    for (std::size_t stage = reach.stage; stage < m_plan.stages().size(); ++stage) {
        const ChannelRange channels = stage == reach.stage ? reach.channels : allOf(stage);
        const auto channel =
            static_cast<std::size_t>(m_plan.stageOutput(stage).channelStride() * lanes());
        std::copy_n(map(stage, block) + static_cast<std::size_t>(channels.first) * channel,
                    static_cast<std::size_t>(channels.end - channels.first) * channel,
                    m_replaced[stage].get() + static_cast<std::size_t>(block) * mapFloats(stage));
        runStage(block, stage, parameters, channels, scratch);
    }
}

void Incremental::refresh(int block, std::span<const float> parameters,
                          std::span<const Reach> reaches, float* scratch)
{
    const std::size_t first = std::ranges::min(reaches, {}, &Reach::stage).stage;
    for (const Reach& reach : reaches)
        if (reach.stage == first)
            runStage(block, first, parameters, reach.channels, scratch);
    for (std::size_t stage = first + 1; stage < m_plan.stages().size(); ++stage)
        runStage(block, stage, parameters, allOf(stage), scratch);
}

void Incremental::undo(int block, const Reach& reach)
{
    for (std::size_t stage = reach.stage; stage < m_plan.stages().size(); ++stage) {
        const ChannelRange channels = stage == reach.stage ? reach.channels : allOf(stage);
        const auto channel =
            static_cast<std::size_t>(m_plan.stageOutput(stage).channelStride() * lanes());
        std::copy_n(m_replaced[stage].get() + static_cast<std::size_t>(block) * mapFloats(stage),
                    static_cast<std::size_t>(channels.end - channels.first) * channel,
                    map(stage, block) + static_cast<std::size_t>(channels.first) * channel);
    }
}

int Incremental::countCorrect(int block) const
{
    const int count = lanes();
    const float* logits = map(m_maps.size() - 1, block);
    std::array<float, kMostLanes> highest = {};
    std::array<std::int32_t, kMostLanes> predictions = {};
    std::copy_n(logits, count, highest.begin());
    for (int label = 1; label < classes(); ++label) {
        const float* row = logits + label * count;
        for (std::size_t lane = 0; lane < static_cast<std::size_t>(count); ++lane) {
            const bool higher = row[lane] > highest[lane];
            highest[lane] = higher ? row[lane] : highest[lane];
            predictions[lane] = higher ? label : predictions[lane];
        }
    }
    const std::int32_t* labels = &m_labels[static_cast<std::size_t>(block * count)];
    int correct = 0; // a lane without an image has the label -1
    for (std::size_t lane = 0; lane < static_cast<std::size_t>(count); ++lane)
        correct += predictions[lane] == labels[lane] ? 1 : 0;
    return correct;
}

void Incremental::logitsOf(int block, int lane, std::span<float> logits) const
{
    const float* values = map(m_maps.size() - 1, block) + lane;
    for (std::size_t label = 0; label < logits.size(); ++label)
        logits[label] = values[static_cast<std::ptrdiff_t>(label) * lanes()];
}

std::uint8_t Incremental::labelOf(int block, int lane) const
{
    return static_cast<std::uint8_t>(m_labels[static_cast<std::size_t>(block * lanes() + lane)]);
}

int Incremental::imagesIn(int block) const
{
    return std::min(lanes(), m_images - block * lanes());
}

} // namespace core::fused
