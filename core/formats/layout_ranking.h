// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/formats/layout_plan.h"
#include "core/formats/stored_network.h"

#include <vector>

namespace core
{

struct RankedLayout {
    LayoutPlan plan;
    Architecture architecture;
    int images = 0; ///< that it was tried on
    int correct = 0;
    double loss = 0;
};

/// The geometries combined with activation functions, kinds of pools, orders and input scalings;
/// different networks only, the most plausible first.
std::vector<RankedLayout> styledLayouts(const std::vector<LayoutPlan>& geometries,
                                        const LayerChain& chain, const LayoutHints& hints);

/// Tries layouts on labelled images, the plausible and their promising neighbours first, within a
/// few seconds, and sorts: those tried on the most images first, by accuracy and plausibility. May
/// add layouts that a promising one led to, also by `geometries`. The same input gives the same
/// order. Blocks.
void rankByAccuracy(std::vector<RankedLayout>& layouts, const std::vector<LayoutPlan>& geometries,
                    const StoredNetwork& network, const LayerChain& chain, const LayoutHints& hints,
                    const Dataset& labelled);

/// As many layouts as are listed at most.
constexpr std::size_t kMostLayouts = 300;

} // namespace core
