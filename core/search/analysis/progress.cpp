// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/analysis/progress.h"

#include <algorithm>
#include <cmath>

namespace core
{

namespace
{

/// As wide as both.
Distribution united(const Distribution& a, const Distribution& b)
{
    if (!areCompatible(a, b))
        return b;
    if (const auto* range = std::get_if<FloatRange>(&a)) {
        FloatRange wide = std::get<FloatRange>(b);
        wide.low = std::min(wide.low, range->low);
        wide.high = std::max(wide.high, range->high);
        if (wide.step != range->step)
            wide.step.reset();
        return wide;
    }
    if (const auto* range = std::get_if<IntRange>(&a)) {
        IntRange wide = std::get<IntRange>(b);
        if (wide.step != range->step || (wide.low - range->low) % wide.step != 0)
            wide.step = 1;
        wide.low = std::min(wide.low, range->low);
        wide.high = std::max(wide.high, range->high);
        return wide;
    }
    return b;
}

} // namespace

std::optional<double> trialResult(const Trial& trial)
{
    const auto value = trial.value();
    if (trial.state != TrialState::Complete || !value || !std::isfinite(*value))
        return std::nullopt;
    return value;
}

std::vector<std::optional<double>> bestSoFar(const StudyHistory& history)
{
    std::vector<std::optional<double>> all;
    std::optional<double> best;
    const bool up = history.direction == Direction::Maximize;
    for (const Trial& trial : history.trials) {
        const auto value = trialResult(trial);
        if (value && (!best || (up ? *value > *best : *value < *best)))
            best = value;
        all.push_back(best);
    }
    return all;
}

std::vector<ShareBelow> resultDistribution(const StudyHistory& history)
{
    std::vector<double> values;
    for (const Trial& trial : history.trials)
        if (const auto value = trialResult(trial))
            values.push_back(*value);
    std::ranges::sort(values);
    std::vector<ShareBelow> shares;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double share = static_cast<double>(i + 1) / static_cast<double>(values.size());
        if (!shares.empty() && shares.back().value == values[i])
            shares.back().share = share;
        else
            shares.push_back({values[i], share});
    }
    return shares;
}

SearchSpace triedSpace(const StudyHistory& history, const SearchSpace& known)
{
    std::map<std::string, Distribution> tried;
    for (const Trial& trial : history.trials)
        for (const auto& [name, parameter] : trial.parameters) {
            const auto [place, isNew] = tried.try_emplace(name, parameter.distribution);
            if (!isNew && place->second != parameter.distribution)
                place->second = united(place->second, parameter.distribution);
        }
    SearchSpace space;
    for (const Dimension& dimension : known.dimensions) {
        const auto place = tried.find(dimension.name);
        if (place == tried.end())
            continue;
        space.dimensions.push_back({place->first, place->second});
        tried.erase(place);
    }
    for (auto& [name, distribution] : tried)
        space.dimensions.push_back({name, std::move(distribution)});
    return space;
}

int trialsIn(const StudyHistory& history, TrialState state)
{
    return static_cast<int>(std::ranges::count(history.trials, state, &Trial::state));
}

} // namespace core
