// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/grid_sampler.h"

#include "core/search/search_json.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace core
{

namespace
{

constexpr int kSmallRange = 16; // whole numbers up to so many are all visited
constexpr std::uint64_t kLargestGrid = std::uint64_t(1) << 62;

std::vector<double> evenly(double low, double high, int steps)
{
    if (steps < 2 || low == high)
        return {low};
    std::vector<double> values;
    for (int i = 0; i < steps; ++i)
        values.push_back(low + (high - low) * i / (steps - 1));
    values.back() = high;
    return values;
}

std::vector<double> evenlyOnLog(double low, double high, int steps)
{
    std::vector<double> values = evenly(std::log(low), std::log(high), steps);
    for (double& value : values)
        value = std::clamp(std::exp(value), low, high);
    values.front() = low;
    if (values.size() > 1)
        values.back() = high;
    return values;
}

std::vector<double> valuesOf(const FloatRange& range, int steps)
{
    if (range.log)
        return evenlyOnLog(range.low, range.high, steps);
    if (!range.step)
        return evenly(range.low, range.high, steps);
    const int count = static_cast<int>(std::nearbyint((range.high - range.low) / *range.step)) + 1;
    std::vector<double> values;
    for (const double index : evenly(0, count - 1, count <= kSmallRange ? count : steps))
        values.push_back(std::min(range.low + std::nearbyint(index) * *range.step, range.high));
    return values;
}

std::vector<double> valuesOf(const IntRange& range, int steps)
{
    const auto low = static_cast<double>(range.low);
    const auto last = (range.high - range.low) / range.step; // counted in steps
    if (last < kSmallRange)
        steps = static_cast<int>(last) + 1;
    std::vector<double> values;
    if (range.log && last >= kSmallRange)
        values = evenlyOnLog(low, static_cast<double>(range.high), steps);
    else
        for (const double index : evenly(0, static_cast<double>(last), steps))
            values.push_back(low + std::nearbyint(index) * static_cast<double>(range.step));
    for (double& value : values)
        value = std::nearbyint(value);
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return values;
}

std::vector<double> valuesOf(const Categories& categories, int)
{
    std::vector<double> values;
    for (std::size_t i = 0; i < categories.choices.size(); ++i)
        values.push_back(static_cast<double>(i));
    return values;
}

/// The grid as Optuna keeps it: {"batch": [4, 8], ...}.
std::string gridJson(const SearchSpace& space, int steps)
{
    Json json = Json::object();
    for (const auto& [name, distribution] : space.dimensions) {
        json[name] = Json::array();
        for (const double value : gridValues(distribution, steps))
            json[name].push_back(jsonOf(externalValue(distribution, value)));
    }
    return json.dump();
}

SearchPoint pointAt(const SearchSpace& space, int steps, std::uint64_t index)
{
    SearchPoint point;
    for (auto it = space.dimensions.rbegin(); it != space.dimensions.rend(); ++it) {
        const std::vector<double> values = gridValues(it->distribution, steps);
        point[it->name] = values[index % values.size()];
        index /= values.size();
    }
    return point;
}

} // namespace

std::vector<double> gridValues(const Distribution& distribution, int steps)
{
    return std::visit([&](const auto& kind) { return valuesOf(kind, steps); }, distribution);
}

std::uint64_t gridSize(const SearchSpace& space, int steps)
{
    std::uint64_t size = 1;
    for (const auto& [name, distribution] : space.dimensions) {
        const std::uint64_t values = gridValues(distribution, steps).size();
        if (size > kLargestGrid / values)
            return kLargestGrid;
        size *= values;
    }
    return size;
}

std::optional<Suggestion> GridSampler::suggest(const SearchSpace& space,
                                               const StudyHistory& history, int) const
{
    std::set<std::uint64_t> visited;
    for (const Trial& trial : history.trials)
        if (const auto id = attributeNumber(trial.systemAttributes, "grid_id"))
            visited.insert(static_cast<std::uint64_t>(*id));
    std::uint64_t next = 0;
    while (visited.contains(next))
        ++next;
    if (next >= gridSize(space, m_steps))
        return std::nullopt;
    return Suggestion{
        pointAt(space, m_steps, next),
        {{"grid_id", std::to_string(next)}, {"search_space", gridJson(space, m_steps)}}};
}

} // namespace core
