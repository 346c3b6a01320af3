// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/prune_map.h"

#include <algorithm>

namespace ui
{

PruneMap::PruneMap(std::span<const float> parameters)
{
    weights.reserve(parameters.size());
    for (const float value : parameters)
        weights.push_back({value == 0.0F ? WeightFate::Absent : WeightFate::NotVisited, value});
}

void PruneMap::apply(const core::PruneVisit& visit)
{
    if (visit.parameter >= weights.size())
        return;
    if (curve.empty())
        curve.push_back({visit.nonzero + (visit.removed ? 1 : 0), visit.correctBefore, 0});
    Weight& weight = weights[visit.parameter];
    weight.value = visit.value;
    weight.change = visit.correct - visit.correctBefore;
    weight.exact = visit.exact;
    weight.visit = visit.visit;
    weight.fate = !visit.removed      ? WeightFate::Kept
                  : weight.change > 0 ? WeightFate::RemovedForBetter
                                      : WeightFate::Removed;
    if (visit.removed)
        curve.push_back({visit.nonzero, visit.correct, visit.visit});
    visits = visit.visit;
    last = visit.parameter;
}

std::size_t PruneMap::count(WeightFate fate) const
{
    return static_cast<std::size_t>(std::ranges::count(weights, fate, &Weight::fate));
}

} // namespace ui
