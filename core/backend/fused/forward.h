// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/fused/kernels.h"
#include "core/backend/fused/plan.h"
#include "core/backend/fused/tasks.h"
#include "core/data/dataset.h"

#include <span>

namespace core::fused
{

/// Runs one stage for one chunk of images, one image a lane. `input` holds the whole map
/// plan.stageInput(stage), `output` the map plan.stageOutput(stage), of which only the channels of
/// the range are written, and of these only what lies within the border: whoever owns the memory
/// keeps borders at zero. `scratch` has room for plan.scratchSize() vectors. All three are aligned
/// to 64 bytes. A channel's bits do not depend on the range. Allocates nothing; any thread.
void forwardStage(const ForwardKernels& kernels, const Plan& plan, std::size_t stage,
                  std::span<const float> parameters, const float* input, float* output,
                  ChannelRange channels, float* scratch);
/// All channels.
void forwardStage(const ForwardKernels& kernels, const Plan& plan, std::size_t stage,
                  std::span<const float> parameters, const float* input, float* output,
                  float* scratch);

/// One step, with those fused to it, from its input map to the output map of the last of them.
void runStep(const ForwardKernels& kernels, const Plan& plan, std::size_t index,
             std::span<const float> parameters, const float* input, float* output,
             ChannelRange channels);

/// Up to `kernels.lanes` images of a data set into the lanes of the plan's input map, scaled as the
/// network wants; lanes left over hold black images. `lanes` has room for plan.input().size()
/// vectors; its border is not touched.
void loadImages(const ForwardKernels& kernels, const Plan& plan, const Dataset& data,
                std::span<const int> indices, float* lanes);
/// Likewise from images of floats, [H, W] each, or from parts of images whose rows are
/// `imageWidth` apart.
void loadImages(const ForwardKernels& kernels, const Plan& plan,
                std::span<const float* const> images, float* lanes, int imageWidth = 0);

} // namespace core::fused
