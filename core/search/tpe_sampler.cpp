// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/tpe_sampler.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace core
{

namespace
{

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// What trials are sorted by, lower is better: first how far a pruned one came, then the value.
struct Score {
    double order = 0;
    double loss = 0;
    std::size_t trial = 0;
};

/// Absent for a trial that says nothing about the objective.
std::optional<Score> scoreOf(const Trial& trial, std::size_t index, double sign, bool constantLiar)
{
    switch (trial.state) {
    case TrialState::Complete:
        if (!trial.value())
            return std::nullopt;
        return Score{-kInfinity, sign * *trial.value(), index};
    case TrialState::Pruned: {
        if (trial.reported.empty())
            return Score{1, 0, index};
        const auto [step, value] = *trial.reported.rbegin();
        return Score{-static_cast<double>(step), std::isnan(value) ? kInfinity : sign * value,
                     index};
    }
    case TrialState::Running:
        return constantLiar ? std::optional(Score{kInfinity, 0, index}) : std::nullopt;
    default:
        return std::nullopt;
    }
}

std::vector<SearchPoint> pointsOf(const std::vector<Dimension>& dimensions,
                                  const StudyHistory& history,
                                  const std::vector<std::size_t>& trials)
{
    std::vector<SearchPoint> points;
    for (const std::size_t index : trials) {
        SearchPoint point;
        for (const Dimension& dimension : dimensions) {
            const auto found = history.trials[index].parameters.find(dimension.name);
            if (found != history.trials[index].parameters.end() &&
                areCompatible(found->second.distribution, dimension.distribution))
                point[dimension.name] = found->second.internal;
        }
        if (point.size() == dimensions.size())
            points.push_back(std::move(point));
    }
    return points;
}

bool hasAll(const Trial& trial, const Dimension& dimension)
{
    const auto found = trial.parameters.find(dimension.name);
    return found != trial.parameters.end() && found->second.distribution == dimension.distribution;
}

/// Whether every finished trial drew this dimension from the same distribution: only then its
/// values can be compared together with others.
bool isShared(const Dimension& dimension, const StudyHistory& history)
{
    return std::ranges::all_of(history.trials, [&](const Trial& trial) {
        const bool counts =
            trial.state == TrialState::Complete || trial.state == TrialState::Pruned;
        return !counts || hasAll(trial, dimension);
    });
}

} // namespace

TpeSplit splitTrials(const StudyHistory& history, bool constantLiar)
{
    const double sign = history.direction == Direction::Minimize ? 1 : -1;
    std::vector<Score> scores;
    TpeSplit split;
    for (std::size_t i = 0; i < history.trials.size(); ++i) {
        const auto score = scoreOf(history.trials[i], i, sign, constantLiar);
        if (!score)
            continue;
        scores.push_back(*score);
        split.finished += score->order < kInfinity ? 1 : 0;
    }
    std::ranges::stable_sort(scores, [](const Score& a, const Score& b) {
        return std::pair(a.order, a.loss) < std::pair(b.order, b.loss);
    });
    const auto good = static_cast<std::size_t>(std::min((split.finished + 9) / 10, 25));
    for (std::size_t i = 0; i < scores.size(); ++i)
        (i < good ? split.below : split.above).push_back(scores[i].trial);
    std::ranges::sort(split.below);
    std::ranges::sort(split.above);
    return split;
}

std::pair<ParzenEstimator, ParzenEstimator> tpeDensities(const std::vector<Dimension>& dimensions,
                                                         const StudyHistory& history,
                                                         const TpeSplit& split, Bandwidth bandwidth)
{
    return {{dimensions, pointsOf(dimensions, history, split.below), bandwidth},
            {dimensions, pointsOf(dimensions, history, split.above), bandwidth}};
}

SearchPoint TpeSampler::suggestTogether(const std::vector<Dimension>& dimensions,
                                        const StudyHistory& history, Random& random) const
{
    const TpeSplit split = splitTrials(history, m_options.constantLiar);
    if (split.finished < m_options.startup) {
        SearchPoint point;
        for (const auto& [name, distribution] : dimensions)
            point[name] = randomValue(distribution, random);
        return point;
    }
    const auto [good, rest] =
        tpeDensities(dimensions, history, split,
                     m_options.multivariate ? Bandwidth::Scott : Bandwidth::Neighbours);
    std::set<SearchPoint> seen;
    SearchPoint best;
    double bestScore = -kInfinity;
    for (int i = 0; i < m_options.candidates; ++i) {
        SearchPoint candidate = good.sample(random);
        if (!seen.insert(candidate).second) // of whole numbers and categories there are few
            continue;
        const double score = good.logDensity(candidate) - rest.logDensity(candidate);
        if (best.empty() || score > bestScore) {
            best = std::move(candidate);
            bestScore = score;
        }
    }
    return best;
}

std::optional<Suggestion> TpeSampler::suggest(const SearchSpace& space, const StudyHistory& history,
                                              int number) const
{
    Random random(derivedSeed(m_seed, static_cast<std::uint64_t>(number)));
    Suggestion suggestion;
    std::vector<Dimension> together;
    for (const Dimension& dimension : space.dimensions) {
        if (isSingle(dimension.distribution))
            suggestion.point[dimension.name] = gridValues(dimension.distribution, 1).front();
        else if (m_options.multivariate && isShared(dimension, history))
            together.push_back(dimension);
        else
            suggestion.point.merge(suggestTogether({dimension}, history, random));
    }
    if (!together.empty())
        suggestion.point.merge(suggestTogether(together, history, random));
    return suggestion;
}

} // namespace core
