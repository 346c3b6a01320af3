// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/fused/aligned.h"
#include "core/backend/fused/plan.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace core::fused
{

/// Where the gradient of a convolution's output is spread out, so that its input's gradient is a
/// plain convolution of it with the turned kernels.
struct SpreadMap {
    int rows = 0;
    int columns = 0;
    int firstRow = 0; ///< of the output's row 0
    int firstColumn = 0;
    int readRow = 0; ///< where the turned kernel lies for input (0, 0)
    int readColumn = 0;

    explicit SpreadMap(const Step& step);
    std::size_t size(int channels) const
    {
        return static_cast<std::size_t>(channels) * static_cast<std::size_t>(rows * columns);
    }
};

/// The memory of one chunk of images on its way through a plan and back. Made once, used for chunk
/// after chunk by one thread at a time.
struct Workspace {
    /// What one step (or several fused ones, at the index of the first) leaves behind.
    struct StepMemory {
        AlignedFloats output;
        // Where a pool is fused to the step:
        AlignedFloats chosen;             ///< before the activation, at the place the pool chose
        std::vector<std::uint8_t> argmax; ///< that place
        // Where the step is a convolution:
        std::optional<SpreadMap> spreadMap;
        AlignedFloats spread; ///< its zeros stay
    };

    Workspace(const Plan& plan, int lanes);

    /// What the step reads.
    const float* inputOf(std::size_t step) const;
    /// What the last step made.
    const float* output() const { return inputOf(steps.size()); }

    AlignedFloats input;
    std::vector<StepMemory> steps;
    // Scratch of PooledInputGradientTask:
    AlignedFloats indices;
    AlignedFloats wideTables;
    std::array<AlignedFloats, 2> gradients; ///< of a step's output and of its input
};

} // namespace core::fused
