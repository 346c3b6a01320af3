// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/fused/tasks.h"

#include <cassert>

namespace core::fused
{

ConvolutionTask convolutionTask(const Step& step, int lanes, std::span<const float> parameters,
                                const float* input, float* output, ChannelRange channels)
{
    const auto vector = static_cast<std::size_t>(lanes);
    ConvolutionTask task;
    task.weights = parameters.data() + step.weights;
    task.biases = step.biases ? parameters.data() + *step.biases : nullptr;
    task.firstChannel = channels.first;
    task.endChannel = channels.end;
    task.output = output + step.out.at(0) * vector;
    task.outputRowStride = step.out.rowStride();
    task.outputChannelStride = step.out.channelStride();
    task.rows = step.out.rows;
    task.columns = step.out.columns;
    task.input = input;
    if (step.kind == StepKind::Linear) {
        task.inputChannels = static_cast<int>(step.in.size());
        task.inputRowStride = 1;
        task.inputChannelStride = 1;
        return task;
    }
    task.inputChannels = step.in.channels;
    task.inputRowStride = step.in.rowStride();
    task.inputChannelStride = step.in.channelStride();
    task.kernelHeight = step.convolution.kernelHeight;
    task.kernelWidth = step.convolution.kernelWidth;
    task.stride = step.convolution.stride;
    assert(step.in.border == step.convolution.padding);
    return task;
}

PooledConvolutionTask pooledTask(const Plan& plan, std::size_t index, int lanes,
                                 std::span<const float> parameters, const float* input,
                                 float* output, ChannelRange channels)
{
    const Step& step = plan.steps()[index];
    const Step& pool = plan.steps()[index + static_cast<std::size_t>(step.fused) - 1];
    PooledConvolutionTask task;
    task.convolution = convolutionTask(step, lanes, parameters, input, nullptr, channels);
    if (step.fused == 3)
        task.slopes = slopesOf(plan.steps()[index + 1], parameters);
    task.output = output + pool.out.at(0) * static_cast<std::size_t>(lanes);
    task.outputRowStride = pool.out.rowStride();
    task.outputChannelStride = pool.out.channelStride();
    return task;
}

Slopes slopesOf(const Step& step, std::span<const float> parameters)
{
    Slopes slopes;
    slopes.curve = curveOf(step.activation.kind);
    slopes.any = true;
    if (step.slopes) {
        slopes.values = parameters.data() + *step.slopes;
        slopes.shared = step.activation.sharedSlope;
    } else {
        slopes.values = &step.constantSlope;
        slopes.shared = true;
    }
    return slopes;
}

MapTask mapTask(const Step& step, int lanes, const float* input, float* output,
                ChannelRange channels)
{
    const auto vector = static_cast<std::size_t>(lanes);
    MapTask task;
    task.input = input + step.in.at(0) * vector;
    task.inputRowStride = step.in.rowStride();
    task.inputChannelStride = step.in.channelStride();
    task.output = output + step.out.at(0) * vector;
    task.outputRowStride = step.out.rowStride();
    task.outputChannelStride = step.out.channelStride();
    task.rows = step.out.rows;
    task.columns = step.out.columns;
    task.firstChannel = channels.first;
    task.endChannel = channels.end;
    return task;
}

PoolTask poolTask(const Step& step, int lanes, const float* input, float* output,
                  ChannelRange channels)
{
    PoolTask task;
    task.map = mapTask(step, lanes, input, output, channels);
    task.inputRows = step.poolInput.height;
    task.inputColumns = step.poolInput.width;
    task.kernelHeight = step.poolHeight;
    task.kernelWidth = step.poolWidth;
    task.stride = step.pool.stride;
    task.padding = step.pool.padding;
    task.isMax = step.pool.kind == PoolKind::Max;
    return task;
}

} // namespace core::fused
