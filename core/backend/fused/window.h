// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/fused/kernels.h"

#include <algorithm>

namespace core::fused
{

/// The part of a pool's window that lies inside the map, and by how much an average divides.
struct Window {
    int firstRow = 0;
    int endRow = 0;
    int firstColumn = 0;
    int endColumn = 0;
    int divisor = 1;

    Window(const PoolTask& task, int row, int column)
    {
        const int top = row * task.stride - task.padding;
        const int left = column * task.stride - task.padding;
        // PyTorch counts the padding, but not what ceil_mode lets hang over behind it.
        const int bottom = std::min(top + task.kernelHeight, task.inputRows + task.padding);
        const int right = std::min(left + task.kernelWidth, task.inputColumns + task.padding);
        divisor = (bottom - top) * (right - left);
        firstRow = std::max(top, 0);
        firstColumn = std::max(left, 0);
        endRow = std::min(bottom, task.inputRows);
        endColumn = std::min(right, task.inputColumns);
    }
};

} // namespace core::fused
