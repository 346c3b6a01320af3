// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/distribution.h"

#include "core/base/error.h"

#include <cmath>
#include <fmt/format.h>

namespace core
{

namespace
{

[[noreturn]] void refuse(std::string_view parameter, const std::string& what)
{
    throw Error(ErrorKind::Usage, fmt::format("search space, \"{}\": {}", parameter, what));
}

void check(std::string_view parameter, const FloatRange& range)
{
    if (!std::isfinite(range.low) || !std::isfinite(range.high) || range.low > range.high)
        refuse(parameter,
               fmt::format("from {} to {}, expected low <= high", range.low, range.high));
    if (range.log && range.low <= 0)
        refuse(parameter, fmt::format("a log range from {}, expected more than 0", range.low));
    if (range.log && range.step)
        refuse(parameter, "a log range has no step");
    if (range.step && !(*range.step > 0))
        refuse(parameter, fmt::format("step {}, expected more than 0", *range.step));
}

void check(std::string_view parameter, const IntRange& range)
{
    if (range.low > range.high)
        refuse(parameter,
               fmt::format("from {} to {}, expected low <= high", range.low, range.high));
    if (range.log && range.low < 1)
        refuse(parameter, fmt::format("a log range from {}, expected at least 1", range.low));
    if (range.log && range.step != 1)
        refuse(parameter, fmt::format("a log range with step {}, expected 1", range.step));
    if (range.step < 1)
        refuse(parameter, fmt::format("step {}, expected at least 1", range.step));
}

void check(std::string_view parameter, const Categories& categories)
{
    if (categories.choices.empty())
        refuse(parameter, "no choices, expected at least one");
}

FloatRange stepped(FloatRange range)
{
    if (!range.step)
        return range;
    // The quotient of two decimals is rarely whole in binary: 0.9 / 0.1 is a little less than 9.
    const double steps = std::floor((range.high - range.low) / *range.step * (1 + 1e-12) + 1e-12);
    const double reached = range.low + steps * *range.step;
    if (std::abs(reached - range.high) > 1e-9 * *range.step)
        range.high = std::stod(fmt::format("{:.15g}", reached));
    return range;
}

IntRange stepped(IntRange range)
{
    range.high = range.low + (range.high - range.low) / range.step * range.step;
    return range;
}

Categories stepped(Categories categories)
{
    return categories;
}

std::optional<double> asNumber(const SearchValue& value)
{
    if (const auto* number = std::get_if<double>(&value))
        return *number;
    if (const auto* number = std::get_if<std::int64_t>(&value))
        return static_cast<double>(*number);
    return std::nullopt;
}

} // namespace

void requireSensible(std::string_view parameter, const Distribution& distribution)
{
    std::visit([&](const auto& kind) { check(parameter, kind); }, distribution);
}

Distribution onSteps(Distribution distribution)
{
    return std::visit([](auto& kind) -> Distribution { return stepped(std::move(kind)); },
                      distribution);
}

bool areCompatible(const Distribution& a, const Distribution& b)
{
    if (a.index() != b.index())
        return false;
    if (const auto* range = std::get_if<FloatRange>(&a))
        return range->log == std::get<FloatRange>(b).log;
    if (const auto* range = std::get_if<IntRange>(&a))
        return range->log == std::get<IntRange>(b).log;
    return a == b;
}

bool isSingle(const Distribution& distribution)
{
    if (const auto* range = std::get_if<FloatRange>(&distribution))
        return range->low == range->high ||
               (range->step && range->high - range->low < *range->step);
    if (const auto* range = std::get_if<IntRange>(&distribution))
        return range->low == range->high || range->high - range->low < range->step;
    return std::get<Categories>(distribution).choices.size() == 1;
}

bool contains(const Distribution& distribution, double internal)
{
    if (const auto* range = std::get_if<FloatRange>(&distribution)) {
        if (!(range->low <= internal && internal <= range->high))
            return false;
        const double steps = range->step ? (internal - range->low) / *range->step : 0;
        return std::abs(steps - std::nearbyint(steps)) < 1e-8;
    }
    const bool whole = internal == std::nearbyint(internal);
    if (const auto* range = std::get_if<IntRange>(&distribution))
        return whole && static_cast<double>(range->low) <= internal &&
               internal <= static_cast<double>(range->high) &&
               (static_cast<std::int64_t>(internal) - range->low) % range->step == 0;
    const auto& choices = std::get<Categories>(distribution).choices;
    return whole && internal >= 0 && internal < static_cast<double>(choices.size());
}

SearchValue externalValue(const Distribution& distribution, double internal)
{
    if (std::holds_alternative<FloatRange>(distribution))
        return internal;
    if (std::holds_alternative<IntRange>(distribution))
        return static_cast<std::int64_t>(std::llround(internal));
    const auto& choices = std::get<Categories>(distribution).choices;
    const double index = std::nearbyint(internal);
    if (!(index >= 0 && index < static_cast<double>(choices.size())))
        throw Error(ErrorKind::Input, fmt::format("category {} of {}", internal, choices.size()));
    return choices[static_cast<std::size_t>(index)];
}

std::optional<double> internalValue(const Distribution& distribution, const SearchValue& value)
{
    const std::optional<double> number = asNumber(value);
    if (const auto* categories = std::get_if<Categories>(&distribution)) {
        for (std::size_t i = 0; i < categories->choices.size(); ++i)
            if (categories->choices[i] == value ||
                (number && asNumber(categories->choices[i]) == number))
                return static_cast<double>(i);
        return std::nullopt;
    }
    if (number && std::holds_alternative<IntRange>(distribution) &&
        *number != std::nearbyint(*number))
        return std::nullopt;
    return number;
}

} // namespace core
