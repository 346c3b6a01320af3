// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/layout_plan.h"

#include <optional>
#include <vector>

namespace core
{

/// The plan with its activation functions, kinds of pools, orders or input scaling changed, one
/// thing at a time; only changes that make another network. `plausibility` follows.
std::vector<LayoutPlan> neighbours(const LayoutPlan& plan, const LayerChain& chain,
                                   const LayoutHints& hints);

/// The plan with the strides, paddings and pools of another one. Absent where the two differ in
/// more than one convolution, or two neighbouring ones.
std::optional<LayoutPlan> withGeometry(const LayoutPlan& plan, const LayoutPlan& geometry,
                                       const LayoutHints& hints);

/// All combinations of those changes.
std::vector<LayoutPlan> allStyles(const LayoutPlan& plan, const LayerChain& chain,
                                  const LayoutHints& hints);

} // namespace core
