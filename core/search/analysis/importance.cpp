// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/analysis/importance.h"

#include "core/search/analysis/progress.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace core
{

namespace
{

double volume(const TreeCell& cell)
{
    double product = 1;
    for (std::size_t d = 0; d < cell.low.size(); ++d)
        product *= cell.high[d] - cell.low[d];
    return product;
}

/// Variance along one dimension of the mean over all others. That mean is a staircase whose steps
/// are where cells end; a cell adds to it where it is, in proportion to its volume in the others.
double varianceAlong(const std::vector<TreeCell>& cells, std::size_t dimension, double mean)
{
    std::vector<double> steps;
    for (const TreeCell& cell : cells) {
        steps.push_back(cell.low[dimension]);
        steps.push_back(cell.high[dimension]);
    }
    std::ranges::sort(steps);
    steps.erase(std::ranges::unique(steps).begin(), steps.end());
    std::vector<double> change(steps.size(), 0);
    for (const TreeCell& cell : cells) {
        const double width = cell.high[dimension] - cell.low[dimension];
        const double weight = (cell.value - mean) * volume(cell) / width;
        const auto place = [&](double at) {
            return static_cast<std::size_t>(std::ranges::lower_bound(steps, at) - steps.begin());
        };
        change[place(cell.low[dimension])] += weight;
        change[place(cell.high[dimension])] -= weight;
    }
    double height = 0;
    double variance = 0;
    for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
        height += change[i];
        variance += height * height * (steps[i + 1] - steps[i]);
    }
    return variance;
}

/// The parameters that all complete trials have, and that can vary.
SearchSpace sharedSpace(const SearchSpace& space, const StudyHistory& history)
{
    SearchSpace shared;
    for (const Dimension& dimension : space.dimensions) {
        const bool everywhere = std::ranges::all_of(history.trials, [&](const Trial& trial) {
            return !trialResult(trial) || trial.parameters.contains(dimension.name);
        });
        if (everywhere && !isSingle(dimension.distribution))
            shared.dimensions.push_back(dimension);
    }
    return shared;
}

/// The shares that the trees have found, one a tree and dimension.
using Shares = std::vector<std::vector<double>>;

Shares sharesOf(const StudySamples& samples, const ImportanceOptions& options,
                const std::stop_token& stop)
{
    Shares shares;
    for (int tree = 0; tree < options.trees && !stop.stop_requested(); ++tree) {
        Random random(derivedSeed(options.seed, static_cast<std::uint64_t>(tree)));
        auto draws = bootstrapDraws(samples.results.size(), random);
        draws.resize(std::min(draws.size(), options.most));
        auto effects = mainEffects(growTree(samples, std::move(draws)));
        if (!effects.empty())
            shares.push_back(std::move(effects));
    }
    return shares;
}

Importance gathered(const std::string& name, const Shares& shares, std::size_t dimension)
{
    const auto count = static_cast<double>(shares.size());
    double sum = 0;
    double squares = 0;
    for (const auto& tree : shares) {
        sum += tree[dimension];
        squares += tree[dimension] * tree[dimension];
    }
    const double mean = sum / count;
    return {name, mean, std::sqrt(std::max(0.0, squares / count - mean * mean))};
}

} // namespace

std::vector<double> mainEffects(const std::vector<TreeCell>& cells)
{
    double mean = 0;
    for (const TreeCell& cell : cells)
        mean += cell.value * volume(cell);
    double total = 0;
    for (const TreeCell& cell : cells)
        total += (cell.value - mean) * (cell.value - mean) * volume(cell);
    if (!(total > 0))
        return {};
    std::vector<double> shares;
    for (std::size_t d = 0; d < cells.front().low.size(); ++d)
        shares.push_back(varianceAlong(cells, d, mean) / total);
    return shares;
}

ImportanceResult parameterImportance(const SearchSpace& space, const StudyHistory& history,
                                     const ImportanceOptions& options, std::stop_token stop)
{
    const SearchSpace shared = sharedSpace(space, history);
    const StudySamples samples = studySamples(shared, history);
    ImportanceResult result;
    result.results = static_cast<int>(samples.results.size());
    if (shared.dimensions.empty() || result.results < kLeastResults)
        return result;
    const Shares shares = sharesOf(samples, options, stop);
    if (shares.empty() || stop.stop_requested())
        return result;
    double alone = 0;
    for (std::size_t d = 0; d < shared.dimensions.size(); ++d) {
        result.parameters.push_back(gathered(shared.dimensions[d].name, shares, d));
        alone += result.parameters.back().share;
    }
    result.together = std::max(0.0, 1 - alone);
    std::ranges::stable_sort(result.parameters, std::greater(), &Importance::share);
    return result;
}

} // namespace core
