// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/backend/fused/engine.h"
#include "core/backend/fused/own_channel.h"
#include "core/backend/fused/workers.h"

#include <memory>
#include <optional>
#include <vector>

namespace core::fused
{

/// Leads objectives back to the pixels, a vector of them at a time. A neuron of a map is worked out
/// on the part of its image that it sees, wherever that lies, so that neurons of one layer share
/// their work. Objectives of several layers go one way together where the way up to the highest of
/// them keeps what the lower ones need. Channels that find no such way leave out the other channels
/// of their convolution.
class ObjectivePaths
{
public:
    /// Keeps a reference to the workers.
    ObjectivePaths(const Architecture& architecture, Workers& workers);
    ~ObjectivePaths();

    /// As Backend::imageGradient().
    void follow(std::span<const float> parameters, std::span<const Objective> objectives,
                ImageSpan images, ImageGradient& result, const ImageObserver& observer);

private:
    enum class Way { Whole, Cropped, OwnChannel };
    struct Path;
    struct Chunk;
    struct Lanes;
    /// The layers up to one over the pixels that one output of it sees.
    struct Crop {
        Architecture architecture;
        int stride = 1; ///< pixels from one output's part to the next one's
    };

    static std::optional<Crop> cropTo(const Architecture& architecture, int layer);
    Path& pathOf(int layer, Way way);
    Path& choosePath(const Objective& objective, std::vector<Path*>& open);
    void arrange(std::span<const Objective> objectives);
    void cut(Path& path);
    std::size_t cropStart(const Objective& objective) const;
    void run(const Chunk& chunk, int thread, std::span<const float> parameters, ImageSpan images,
             ImageGradient& result);
    Lanes lanesOf(const Chunk& chunk, int thread, ImageSpan images, ImageGradient& result);
    void clearAround(std::span<float> image, std::size_t start, const Map& read) const;
    const float* leadBack(const Chunk& chunk, const Lanes& lanes, int thread,
                          std::span<const float> parameters, ImageGradient& result);
    void join(const Chunk& chunk, const Lanes& lanes, const Map& map, std::size_t step,
              const float* outputs, float* gradient, ImageGradient& result) const;

    Architecture m_architecture;
    std::vector<std::optional<Crop>> m_crops;             ///< [layers]
    std::vector<std::optional<OwnChannel>> m_ownChannels; ///< [layers]
    Workers& m_workers;
    const ForwardKernels& m_forward = forwardKernels();
    const GradientKernels& m_gradient = gradientKernels();
    const ForwardKernels& m_narrowForward = narrowForwardKernels();
    const GradientKernels& m_narrowGradient = narrowGradientKernels();
    std::vector<AlignedFloats> m_nobody;        ///< [threads] where unused lanes' gradients go
    std::vector<std::unique_ptr<Path>> m_paths; ///< those that were needed so far
    // Of the last call, and most often of the next.
    std::vector<Objective> m_arranged;
    std::vector<Chunk> m_chunks; ///< the longest ways first
};

} // namespace core::fused
