// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/percentile_pruner.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace core
{

namespace
{

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Whether no decision fell yet in the interval that `step` lies in.
bool isFirstOfInterval(const Trial& trial, std::int64_t step, const PercentileOptions& options)
{
    const std::int64_t begin =
        (step - options.warmup) / options.interval * options.interval + options.warmup;
    std::int64_t before = -1;
    for (const auto& [other, value] : trial.reported)
        if (other != step)
            before = std::max(before, other);
    return before < begin;
}

double bestOf(const Trial& trial, Direction direction)
{
    double best = kNaN;
    for (const auto& [step, value] : trial.reported)
        best = direction == Direction::Maximize ? std::fmax(best, value) : std::fmin(best, value);
    return best;
}

} // namespace

double percentile(std::vector<double> values, double percent)
{
    std::erase_if(values, [](double value) { return std::isnan(value); });
    if (values.empty())
        return kNaN;
    std::ranges::sort(values);
    const double place = percent / 100 * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const double low = values[below];
    const double high = values[std::min(below + 1, values.size() - 1)];
    if (low == high) // infinite, perhaps
        return low;
    const double part = place - static_cast<double>(below);
    return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part);
}

PruneVerdict PercentilePruner::judge(const StudyHistory& history, const Trial& trial) const
{
    const auto step = trial.lastStep();
    if (!step || *step < m_options.warmup || !isFirstOfInterval(trial, *step, m_options))
        return {};
    std::vector<double> values;
    int complete = 0;
    for (const Trial& other : history.trials) {
        if (other.state != TrialState::Complete)
            continue;
        ++complete;
        if (const auto found = other.reported.find(*step); found != other.reported.end())
            values.push_back(found->second);
    }
    if (complete == 0 || complete < m_options.startup)
        return {};
    const double best = bestOf(trial, history.direction);
    if (std::isnan(best))
        return {true, {}};
    if (static_cast<int>(values.size()) < m_options.least)
        return {};
    const bool maximize = history.direction == Direction::Maximize;
    const double needed =
        percentile(values, maximize ? 100 - m_options.percentile : m_options.percentile);
    return {maximize ? best < needed : best > needed, {}}; // never, where it is not a number
}

} // namespace core
