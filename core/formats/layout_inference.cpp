// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/layout_inference.h"

#include "core/formats/assemble_model.h"
#include "core/formats/layout_ranking.h"

#include <algorithm>
#include <fmt/format.h>

namespace core
{

namespace
{

constexpr std::size_t kMostGeometries = 1000;

/// A network that branches, or adds what it skipped, may have tensors that look like a plain chain.
void noteIfUseless(const std::vector<RankedLayout>& layouts, const Dataset& labelled,
                   std::vector<std::string>& notes)
{
    const auto& best = *std::ranges::max_element(layouts, {}, [](const RankedLayout& layout) {
        return layout.images == 0 ? 0.0 : static_cast<double>(layout.correct) / layout.images;
    });
    if (best.images > 0 && 2 * best.correct < best.images)
        notes.push_back(
            fmt::format("no layout that fits gets more than {} of {} images of {} right: the "
                        "network may be untrained, or no plain chain of layers",
                        best.correct, best.images, labelled.name));
}

} // namespace

std::vector<Architecture> inferLayouts(const StoredNetwork& network, const LayerChain& chain,
                                       const LayoutHints& hints, const DatasetPointer& labelled,
                                       std::vector<std::string>& notes)
{
    LayoutHints used = hints;
    auto geometries = enumerateGeometries(chain, used, kMostGeometries);
    if (geometries.empty() && used.convolutions.erase(chain.weights.front().path) > 0) {
        geometries = enumerateGeometries(chain, used, kMostGeometries);
        notes.emplace_back("made for images of another size: the padding or stride of the first "
                           "convolution is inferred for 28x28 pixels");
    }
    if (geometries.empty() && !used.pools.empty()) {
        used.pools.clear(); // there are functional ones besides
        geometries = enumerateGeometries(chain, used, kMostGeometries);
    }
    std::vector<RankedLayout> layouts = styledLayouts(geometries, chain, used);
    if (layouts.size() >= kMostLayouts)
        notes.push_back(fmt::format("more than {} layouts fit; only the most plausible are listed",
                                    kMostLayouts - 1));
    if (labelled && labelled->size() > 0 && layouts.size() > 1) {
        rankByAccuracy(layouts, geometries, network, chain, used, *labelled);
        noteIfUseless(layouts, *labelled, notes);
    }
    std::vector<Architecture> architectures;
    for (RankedLayout& layout : layouts)
        architectures.push_back(std::move(layout.architecture));
    return architectures;
}

} // namespace core
