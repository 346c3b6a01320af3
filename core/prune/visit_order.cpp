// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prune/visit_order.h"

#include "core/base/random.h"
#include "core/prune/candidates.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

namespace core
{

namespace
{

/// Sorts by keys[i] of items[i], smallest first; equal ones keep their order.
template<typename Key>
void sortBy(std::vector<std::size_t>& items, const std::vector<Key>& keys)
{
    std::vector<std::pair<Key, std::size_t>> pairs;
    for (std::size_t i = 0; i < items.size(); ++i)
        pairs.emplace_back(keys[i], items[i]);
    std::ranges::stable_sort(pairs, {}, &std::pair<Key, std::size_t>::first);
    std::ranges::transform(pairs, items.begin(), &std::pair<Key, std::size_t>::second);
}

void sortByMagnitude(std::vector<std::size_t>& order, std::span<const float> parameters)
{
    std::vector<float> magnitudes;
    for (const std::size_t i : order) {
        const float magnitude = std::abs(parameters[i]);
        // A key that is no number would leave the order undefined.
        magnitudes.push_back(std::isnan(magnitude) ? std::numeric_limits<float>::infinity()
                                                   : magnitude);
    }
    sortBy(order, magnitudes);
}

/// False if stopped.
bool sortByLossRise(std::vector<std::size_t>& order, AblationEvaluator& evaluator,
                    const std::stop_token& stop)
{
    std::vector<std::int64_t> losses;
    for (const std::size_t i : order) {
        const std::optional<Ablation> without = evaluator.measure(i, 0, stop);
        if (!without)
            return false;
        losses.push_back(without->lossUnits);
    }
    sortBy(order, losses);
    return true;
}

} // namespace

std::optional<std::vector<std::size_t>> visitOrder(const Architecture& architecture,
                                                   AblationEvaluator& evaluator,
                                                   const PruneOptions& options, int pass,
                                                   const std::stop_token& stop)
{
    std::vector<std::size_t> order = pruneCandidates(architecture, options);
    const std::span<const float> parameters = evaluator.parameters();
    std::erase_if(order, [&](std::size_t i) { return parameters[i] == 0; });
    switch (options.order) {
    case PruneOrder::Published:
        break;
    case PruneOrder::Random: {
        Random random(derivedSeed(options.seed, static_cast<std::uint64_t>(pass)));
        random.shuffle(std::span(order));
        break;
    }
    case PruneOrder::Magnitude:
        sortByMagnitude(order, parameters);
        break;
    case PruneOrder::LossRise:
        if (!sortByLossRise(order, evaluator, stop))
            return std::nullopt;
        break;
    }
    return order;
}

} // namespace core
