// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/halving_pruner.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <numeric>
#include <zlib.h>

namespace core
{

namespace
{

std::optional<std::int64_t> mostSteps(const StudyHistory& history)
{
    std::optional<std::int64_t> most;
    for (const Trial& trial : history.trials)
        if (trial.state == TrialState::Complete && trial.lastStep())
            most = std::max(most.value_or(0), *trial.lastStep());
    return most;
}

/// What the trials had at a rung, this one included.
std::vector<double> competitors(const StudyHistory& history, const Trial& trial, double value,
                                const std::string& key)
{
    std::vector<double> values = {value};
    for (const Trial& other : history.trials)
        if (other.number != trial.number)
            if (const auto had = attributeNumber(other.systemAttributes, key))
                values.push_back(*had);
    return values;
}

/// Among the best 1 / factor, or the very best while there are fewer than factor.
bool isPromoted(double value, std::vector<double> competing, int factor, Direction direction)
{
    const std::size_t promoted =
        std::max<std::size_t>(competing.size() / static_cast<std::size_t>(factor), 1) - 1;
    if (direction == Direction::Maximize) {
        std::ranges::sort(competing, std::greater());
        return value >= competing[promoted];
    }
    std::ranges::sort(competing);
    return value <= competing[promoted];
}

} // namespace

std::string rungKey(int rung)
{
    return fmt::format("{}{}", kRungPrefix, rung);
}

PruneVerdict HalvingPruner::judge(const StudyHistory& history, const Trial& trial) const
{
    PruneVerdict verdict;
    const auto step = trial.lastStep();
    if (!step)
        return verdict;
    auto least = m_options.minSteps;
    if (!least) {
        const auto most = mostSteps(history);
        if (!most)
            return verdict;
        least = std::max<std::int64_t>(*most / 100, 1);
    }
    int rung = 0;
    while (trial.systemAttributes.contains(rungKey(rung)))
        ++rung;
    const double value = trial.reported.at(*step);
    for (;; ++rung) {
        const double reached =
            static_cast<double>(*least) * std::pow(m_options.factor, m_options.stoppingRate + rung);
        if (static_cast<double>(*step) < reached)
            return verdict;
        if (std::isnan(value)) {
            verdict.prune = true;
            return verdict;
        }
        verdict.attributes[rungKey(rung)] = attributeText(value);
        auto competing = competitors(history, trial, value, rungKey(rung));
        if (competing.size() <= m_options.bootstrap ||
            !isPromoted(value, std::move(competing), m_options.factor, history.direction)) {
            verdict.prune = true;
            return verdict;
        }
    }
}

std::vector<std::int64_t> bracketBudgets(std::int64_t minSteps, std::int64_t maxSteps, int factor)
{
    const double ratio = static_cast<double>(maxSteps) / static_cast<double>(minSteps);
    // Rounded as Python's math.log(ratio, factor), or whole powers end in another bracket.
    const int brackets = std::max(
        static_cast<int>(std::floor(std::log(ratio) / std::log(static_cast<double>(factor)))) + 1,
        1);
    std::vector<std::int64_t> budgets;
    for (int s = brackets - 1; s >= 0; --s)
        budgets.push_back(
            static_cast<std::int64_t>(std::ceil(brackets * std::pow(factor, s) / (s + 1))));
    return budgets;
}

std::size_t bracketOf(const std::string& study, int number,
                      const std::vector<std::int64_t>& budgets)
{
    const std::string text = fmt::format("{}_{}", study, number);
    const auto sum = std::accumulate(budgets.begin(), budgets.end(), std::int64_t(0));
    auto place = static_cast<std::int64_t>(
                     crc32_z(0, reinterpret_cast<const unsigned char*>(text.data()), text.size())) %
                 sum;
    std::size_t bracket = 0;
    while (place >= budgets[bracket])
        place -= budgets[bracket++];
    return bracket;
}

PruneVerdict HyperbandPruner::judge(const StudyHistory& history, const Trial& trial) const
{
    std::optional<std::int64_t> most = m_options.maxSteps;
    if (!most) {
        most = mostSteps(history);
        if (!most)
            return {};
        most = *most + 1;
    }
    const auto budgets = bracketBudgets(m_options.minSteps, *most, m_options.factor);
    const std::size_t bracket = bracketOf(history.study, trial.number, budgets);
    std::vector<Trial> peers;
    for (const Trial& other : history.trials)
        if (bracketOf(history.study, other.number, budgets) == bracket)
            peers.push_back(other);
    const HalvingPruner halving({.minSteps = m_options.minSteps,
                                 .factor = m_options.factor,
                                 .stoppingRate = static_cast<int>(bracket),
                                 .bootstrap = m_options.bootstrap});
    return halving.judge({history.study, history.direction, peers}, trial);
}

} // namespace core
