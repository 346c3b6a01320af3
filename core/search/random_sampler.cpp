// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/random_sampler.h"

#include <algorithm>
#include <cmath>

namespace core
{

namespace
{

double randomOf(const FloatRange& range, Random& random)
{
    if (range.log)
        return std::clamp(std::exp(random.uniform(std::log(range.low), std::log(range.high))),
                          range.low, range.high);
    if (!range.step)
        return random.uniform(range.low, range.high);
    const double steps = std::nearbyint((range.high - range.low) / *range.step);
    const auto chosen = random.below(static_cast<std::uint64_t>(steps) + 1);
    return std::min(range.low + static_cast<double>(chosen) * *range.step, range.high);
}

double randomOf(const IntRange& range, Random& random)
{
    const auto low = static_cast<double>(range.low);
    const auto high = static_cast<double>(range.high);
    if (range.log) // each number has its share of the logarithm's range
        return std::clamp(
            std::nearbyint(std::exp(random.uniform(std::log(low - 0.5), std::log(high + 0.5)))),
            low, high);
    const auto steps = static_cast<std::uint64_t>((range.high - range.low) / range.step);
    return static_cast<double>(range.low +
                               static_cast<std::int64_t>(random.below(steps + 1)) * range.step);
}

double randomOf(const Categories& categories, Random& random)
{
    return static_cast<double>(random.below(categories.choices.size()));
}

} // namespace

double randomValue(const Distribution& distribution, Random& random)
{
    return std::visit([&](const auto& kind) { return randomOf(kind, random); }, distribution);
}

std::optional<Suggestion> RandomSampler::suggest(const SearchSpace& space, const StudyHistory&,
                                                 int number) const
{
    Random random(derivedSeed(m_seed, static_cast<std::uint64_t>(number)));
    Suggestion suggestion;
    for (const auto& [name, distribution] : space.dimensions)
        suggestion.point[name] = randomValue(distribution, random);
    return suggestion;
}

} // namespace core
