// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/fused/gradient_kernels.h"
#include "core/backend/fused/kernels.h"
#include "core/backend/fused/plan.h"
#include "core/backend/fused/turned_kernels.h"
#include "core/backend/fused/workspace.h"

#include <functional>
#include <span>

namespace core::fused
{

enum class Keep {
    Outputs,       ///< what each step (or several fused ones) makes
    ForTheWayBack, ///< and what a fused pool chose
};

/// Runs the plan forward on work.input.
void forward(const ForwardKernels& kernels, const Plan& plan, std::span<const float> parameters,
             Workspace& work, Keep keep);

/// What backward() is to find.
enum class Wanted {
    Parameters, ///< the gradient of every parameter, summed over the lanes
    Input       ///< the gradient of each lane's input map, before its scaling
};

/// Called with each step (of several fused ones, the first) and the gradient of its output, without
/// border, before the way back leads through it: here more can be added to that gradient.
using Join = std::function<void(std::size_t step, float* gradient)>;

/// One way back through a plan, behind forward() on the same workspace. Expects the
/// gradient of the output (without border) in work.gradients[0]. Fills `parameterGradient`, one
/// entry a parameter, or returns the gradient of the input map (without border).
const float* backward(const ForwardKernels& forward, const GradientKernels& gradient,
                      const Plan& plan, std::span<const float> parameters,
                      const TurnedKernels& turned, Workspace& work, Wanted wanted,
                      std::span<float> parameterGradient = {}, const Join& join = {});

} // namespace core::fused
