// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prune/careful_removal.h"

#include <array>
#include <limits>

namespace core
{

namespace
{

constexpr std::array kShares = {1.0, 0.5, 0.0};

/// What the best trial leaves.
struct Outcome {
    std::size_t removed = 0;
    double loss = std::numeric_limits<double>::infinity();
    std::vector<float> parameters;
};

} // namespace

std::optional<std::vector<float>>
removeCarefully(Backend& backend, Surgeon& surgeon, std::vector<float> parameters,
                const Dataset& images, const CarefulRemovalOptions& options, std::stop_token stop)
{
    for (int i = 0; i < options.count; ++i) {
        const std::vector<SurgeryCost> costs = surgeon.removals(parameters);
        if (costs.empty())
            break;
        const std::size_t trials = std::min(costs.size(), static_cast<std::size_t>(options.trials));
        // What no trial with a finite loss replaces: the cheapest, simply removed.
        Outcome best = {.removed = costs.front().parameter,
                        .parameters = surgeon.without(parameters, costs.front().parameter, 0)};
        for (const SurgeryCost& cost : std::span(costs).first(trials))
            for (const double share : kShares) {
                std::vector<float> trial = surgeon.without(parameters, cost.parameter, share);
                const Evaluation found = backend.evaluate(trial, images, stop);
                if (found.stopped)
                    return std::nullopt;
                if (found.loss < best.loss)
                    best = {cost.parameter, found.loss, std::move(trial)};
            }
        surgeon.commit(best.removed);
        parameters = std::move(best.parameters);
    }
    return parameters;
}

} // namespace core
