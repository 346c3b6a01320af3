// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/fused/forward.h"

#include "core/backend/fused/coverage.h"

#include <array>
#include <utility>

namespace core::fused
{

namespace
{

constexpr std::array<std::uint8_t, kMostPixels> kBlackBytes = {};
constexpr std::array<float, kMostPixels> kBlackFloats = {};

/// [lanes] the image in each lane; black ones in those left over.
template<typename Pixel, typename ImageAt>
std::array<const Pixel*, kMostLanes> laneImages(std::size_t count, const Pixel* black,
                                                const ImageAt& imageAt)
{
    std::array<const Pixel*, kMostLanes> images;
    images.fill(black);
    for (std::size_t i = 0; i < count; ++i)
        images[i] = imageAt(i);
    return images;
}

/// A PixelTask or LoadTask for the network's input, but for the images.
template<typename Task>
Task loadingTask(const ForwardKernels& kernels, const Plan& plan, float* lanes)
{
    const InputSpec& input = plan.architecture().input();
    Task task;
    task.imageWidth = input.width;
    task.rows = plan.input().rows;
    task.columns = plan.input().columns;
    task.output = lanes + plan.input().at(0) * static_cast<std::size_t>(kernels.lanes);
    task.outputRowStride = plan.input().rowStride();
    task.factor = static_cast<float>(1.0 / input.deviation);
    task.shift = static_cast<float>(-input.mean / input.deviation);
    return task;
}

} // namespace

void runStep(const ForwardKernels& kernels, const Plan& plan, std::size_t index,
             std::span<const float> parameters, const float* input, float* output,
             ChannelRange channels)
{
    const Step& step = plan.steps()[index];
    const int lanes = kernels.lanes;
    switch (step.kind) {
    case StepKind::Convolution:
    case StepKind::Linear:
        if (step.fused > 1)
            kernels.convolveAndPool(
                pooledTask(plan, index, lanes, parameters, input, output, channels));
        else
            kernels.convolve(convolutionTask(step, lanes, parameters, input, output, channels));
        break;
    case StepKind::Activation:
        kernels.activate(mapTask(step, lanes, input, output, channels), slopesOf(step, parameters));
        break;
    case StepKind::Pool:
        kernels.pool(poolTask(step, lanes, input, output, channels));
        break;
    }
}

void forwardStage(const ForwardKernels& kernels, const Plan& plan, std::size_t stage,
                  std::span<const float> parameters, const float* input, float* output,
                  ChannelRange channels, float* scratch)
{
    const Stage& steps = plan.stages()[stage];
    const std::size_t half = plan.scratchSize() / 2 * static_cast<std::size_t>(kernels.lanes);
    float* near = scratch;
    float* far = scratch + half;
    for (std::size_t i = steps.firstStep; i < steps.endStep;) {
        const std::size_t next = i + static_cast<std::size_t>(plan.steps()[i].fused);
        float* to = next == steps.endStep ? output : near;
        runStep(kernels, plan, i, parameters, input, to, channels);
        input = to;
        std::swap(near, far);
        i = next;
    }
}

void forwardStage(const ForwardKernels& kernels, const Plan& plan, std::size_t stage,
                  std::span<const float> parameters, const float* input, float* output,
                  float* scratch)
{
    forwardStage(kernels, plan, stage, parameters, input, output,
                 {0, plan.stageOutput(stage).channels}, scratch);
}

void loadImages(const ForwardKernels& kernels, const Plan& plan, const Dataset& data,
                std::span<const int> indices, float* lanes)
{
    const auto images =
        laneImages<std::uint8_t>(indices.size(), kBlackBytes.data(),
                                 [&](std::size_t i) { return data.image(indices[i]).data(); });
    auto task = loadingTask<PixelTask>(kernels, plan, lanes);
    task.images = images.data();
    kernels.loadPixels(task);
}

void loadImages(const ForwardKernels& kernels, const Plan& plan,
                std::span<const float* const> images, float* lanes, int imageWidth)
{
    const auto inLanes = laneImages<float>(images.size(), kBlackFloats.data(),
                                           [&](std::size_t i) { return images[i]; });
    auto task = loadingTask<LoadTask>(kernels, plan, lanes);
    task.images = inLanes.data();
    if (imageWidth > 0)
        task.imageWidth = imageWidth;
    kernels.loadFloats(task);
}

} // namespace core::fused
