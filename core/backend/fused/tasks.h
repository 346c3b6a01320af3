// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/fused/kernels.h"
#include "core/backend/fused/plan.h"

#include <span>

namespace core::fused
{

/// A run of a map's channels: [first, end).
struct ChannelRange {
    int first = 0;
    int end = 0;
};

// What a step asks of the kernels. `input` and `output` are the step's whole maps.

/// Of a convolution, or as a 1x1 convolution of a linear layer.
ConvolutionTask convolutionTask(const Step& step, int lanes, std::span<const float> parameters,
                                const float* input, float* output, ChannelRange channels);
/// Of the convolution `index` and the steps fused with it.
PooledConvolutionTask pooledTask(const Plan& plan, std::size_t index, int lanes,
                                 std::span<const float> parameters, const float* input,
                                 float* output, ChannelRange channels);
/// Of an activation; points into the step or the parameters.
Slopes slopesOf(const Step& step, std::span<const float> parameters);
MapTask mapTask(const Step& step, int lanes, const float* input, float* output,
                ChannelRange channels);
PoolTask poolTask(const Step& step, int lanes, const float* input, float* output,
                  ChannelRange channels);

} // namespace core::fused
