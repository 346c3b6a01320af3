// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/analysis/unit_cube.h"

#include "core/search/analysis/progress.h"

#include <algorithm>
#include <cmath>

namespace core
{

namespace
{

/// Ends of the axis, on the logarithm where the range is log.
struct Axis {
    double low = 0;
    double high = 1;
    bool log = false;
};

Axis axisOf(const Distribution& distribution)
{
    Axis axis;
    if (const auto* range = std::get_if<FloatRange>(&distribution)) {
        const double air = range->step.value_or(0) / 2;
        axis = {range->low - air, range->high + air, range->log};
    } else if (const auto* whole = std::get_if<IntRange>(&distribution)) {
        const double air = static_cast<double>(whole->step) / 2;
        axis = {static_cast<double>(whole->low) - air, static_cast<double>(whole->high) + air,
                whole->log};
    } else {
        const auto count = std::get<Categories>(distribution).choices.size();
        axis = {-0.5, static_cast<double>(count) - 0.5, false};
    }
    if (axis.log) {
        axis.low = std::log(axis.low);
        axis.high = std::log(axis.high);
    }
    return axis;
}

double onSteps(double value, double low, double high, double step)
{
    return std::clamp(low + step * std::nearbyint((value - low) / step), low, high);
}

} // namespace

double unitPosition(const Distribution& distribution, double internal)
{
    const Axis axis = axisOf(distribution);
    if (!(axis.high > axis.low))
        return 0.5;
    return ((axis.log ? std::log(internal) : internal) - axis.low) / (axis.high - axis.low);
}

double valueAtPosition(const Distribution& distribution, double position)
{
    const Axis axis = axisOf(distribution);
    const double place = axis.low + std::clamp(position, 0.0, 1.0) * (axis.high - axis.low);
    const double value = axis.log ? std::exp(place) : place;
    if (const auto* range = std::get_if<FloatRange>(&distribution))
        return range->step ? onSteps(value, range->low, range->high, *range->step)
                           : std::clamp(value, range->low, range->high);
    if (const auto* whole = std::get_if<IntRange>(&distribution))
        return onSteps(value, static_cast<double>(whole->low), static_cast<double>(whole->high),
                       static_cast<double>(whole->step));
    const auto count = std::get<Categories>(distribution).choices.size();
    return onSteps(value, 0, static_cast<double>(count) - 1, 1);
}

StudySamples studySamples(const SearchSpace& space, const StudyHistory& history)
{
    StudySamples samples;
    for (std::size_t i = 0; i < history.trials.size(); ++i) {
        const Trial& trial = history.trials[i];
        const auto result = trialResult(trial);
        if (!result)
            continue;
        std::vector<double> point;
        for (const Dimension& dimension : space.dimensions)
            if (const auto found = trial.parameters.find(dimension.name);
                found != trial.parameters.end())
                point.push_back(unitPosition(dimension.distribution, found->second.internal));
        if (point.size() != space.dimensions.size())
            continue;
        samples.points.push_back(std::move(point));
        samples.results.push_back(*result);
        samples.trials.push_back(i);
    }
    return samples;
}

} // namespace core
