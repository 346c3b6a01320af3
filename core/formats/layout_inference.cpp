// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/layout_inference.h"

#include "core/formats/assemble_model.h"
#include "core/formats/layout_ranking.h"

namespace core
{

std::vector<Architecture> inferLayouts(const StoredNetwork& network, const LayerChain& chain,
                                       const LayoutHints& hints, const DatasetPointer& labelled)
{
    constexpr std::size_t kMostGeometries = 1000;
    const auto geometries = enumerateGeometries(chain, hints, kMostGeometries);
    std::vector<RankedLayout> layouts = styledLayouts(geometries, chain, hints);
    if (labelled && labelled->size() > 0 && layouts.size() > 1)
        rankByAccuracy(layouts, geometries, network, chain, hints, *labelled);
    std::vector<Architecture> architectures;
    for (RankedLayout& layout : layouts)
        architectures.push_back(std::move(layout.architecture));
    return architectures;
}

} // namespace core
