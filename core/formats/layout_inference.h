// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/formats/layout_plan.h"
#include "core/formats/stored_network.h"

#include <string>
#include <vector>

namespace core
{

/// Every layout that fits the tensors, the best first, at most a few hundred: by accuracy on
/// `labelled` (may be null) for those that are worth a try, then by plausibility. Empty where none
/// fits. Adds to `notes` what the reader should know about the result.
std::vector<Architecture> inferLayouts(const StoredNetwork& network, const LayerChain& chain,
                                       const LayoutHints& hints, const DatasetPointer& labelled,
                                       std::vector<std::string>& notes);

} // namespace core
