// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/backend/fused/engine.h"
#include "core/backend/fused/workers.h"

#include <memory>
#include <optional>
#include <vector>

namespace core::fused
{

/// Leads objectives back to the pixels, a vector of them at a time. A neuron of a map is worked out
/// on the part of its image that it sees, wherever that lies, so that neurons of one layer share
/// their work. Objectives of several layers go one way together where the way up to the highest of
/// them keeps what the lower ones need.
class ObjectivePaths
{
public:
    /// Keeps a reference to the workers.
    ObjectivePaths(const Architecture& architecture, Workers& workers);
    ~ObjectivePaths();

    ImageGradient follow(std::span<const float> parameters, std::span<const Objective> objectives,
                         ImageSpan images);

private:
    struct Path;
    struct Chunk;
    /// The layers up to one over the pixels that one output of it sees.
    struct Crop {
        Architecture architecture;
        int stride = 1; ///< pixels from one output's part to the next one's
    };

    static std::optional<Crop> cropTo(const Architecture& architecture, int layer);
    Path& pathOf(int layer, bool cropped);
    Path& choosePath(const Objective& objective, std::vector<Path*>& open);
    void cut(Path& path, std::span<const float> parameters, std::vector<Chunk>& chunks);
    std::size_t cropStart(const Objective& objective) const;
    void run(const Chunk& chunk, int thread, std::span<const float> parameters,
             std::span<const Objective> objectives, ImageSpan images, ImageGradient& result);

    Architecture m_architecture;
    std::vector<std::optional<Crop>> m_crops; ///< [layers]
    Workers& m_workers;
    const ForwardKernels& m_forward = forwardKernels();
    const GradientKernels& m_gradient = gradientKernels();
    const ForwardKernels& m_narrowForward = narrowForwardKernels();
    const GradientKernels& m_narrowGradient = narrowGradientKernels();
    std::vector<AlignedFloats> m_nobody;        ///< [threads] where unused lanes' gradients go
    std::vector<std::unique_ptr<Path>> m_paths; ///< those that were needed so far
};

} // namespace core::fused
