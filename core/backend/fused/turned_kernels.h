// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/fused/aligned.h"
#include "core/backend/fused/plan.h"

#include <span>
#include <vector>

namespace core::fused
{

/// The kernels of a plan's convolutions as the way back reads them: turned by half a circle, input
/// and output channels swapped. One for all threads, filled anew for new parameters.
class TurnedKernels
{
public:
    /// Keeps a reference to the plan.
    explicit TurnedKernels(const Plan& plan);

    /// Does nothing where they are filled with the same already.
    void fill(std::span<const float> parameters);
    const float* of(std::size_t step) const { return m_values.data() + m_offsets[step]; }
    /// PooledInputGradientTask::tables of a step that has a pooled gradient.
    const float* tablesOf(std::size_t step) const { return m_tables.data() + m_tableOffsets[step]; }

private:
    const Plan& m_plan;
    std::vector<std::size_t> m_offsets; ///< [steps]
    std::vector<std::size_t> m_tableOffsets;
    AlignedFloats m_values;
    AlignedFloats m_tables;
    std::vector<float> m_filledWith;
};

} // namespace core::fused
