// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/parzen_estimator.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace core
{

namespace
{

using Numerical = ParzenEstimator::Numerical;
using Categorical = ParzenEstimator::Categorical;

constexpr std::size_t kFullWeights = 25; // the newest observations, which do not fade

bool isLog(const Distribution& distribution)
{
    if (const auto* range = std::get_if<FloatRange>(&distribution))
        return range->log;
    const auto* range = std::get_if<IntRange>(&distribution);
    return range && range->log;
}

/// A range as the components see it.
struct Bounds {
    double low = 0;
    double high = 1;
    double step = 0; ///< 0: continuous
};

/// Stepped ranges reach half a step beyond their ends, so that the end values are as wide as any.
Bounds boundsOf(const FloatRange& range)
{
    if (range.log)
        return {std::log(range.low), std::log(range.high), 0};
    const double step = range.step.value_or(0);
    return {range.low - 0.5 * step, range.high + 0.5 * step, step};
}

Bounds boundsOf(const IntRange& range)
{
    const auto low = static_cast<double>(range.low);
    const auto high = static_cast<double>(range.high);
    if (range.log)
        return {std::log(low - 0.5), std::log(high + 0.5), 0};
    const auto step = static_cast<double>(range.step);
    return {low - 0.5 * step, high + 0.5 * step, step};
}

/// Each mean's larger gap to its neighbours, the bounds being neighbours too, but not of the lowest
/// and the highest.
std::vector<double> neighbourGaps(const std::vector<double>& means, double low, double high)
{
    std::vector<std::size_t> order(means.size());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return means[i]; });
    std::vector<double> sorted = {low};
    for (const std::size_t i : order)
        sorted.push_back(means[i]);
    sorted.push_back(high);

    std::vector<double> gaps(means.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        gaps[order[i]] = std::max(sorted[i + 1] - sorted[i], sorted[i + 2] - sorted[i + 1]);
    if (means.size() >= 2) {
        gaps[order.front()] = sorted[2] - sorted[1];
        gaps[order.back()] = sorted[means.size()] - sorted[means.size() - 1];
    }
    return gaps;
}

/// `deviations` no narrower than a hundredth of the range, and wider while there are few; the last
/// one is the prior's.
Numerical componentsOf(const Bounds& bounds, const std::vector<double>& means,
                       const std::vector<double>& deviations)
{
    const double range = bounds.high - bounds.low;
    const double least = range / std::min(100.0, 1.0 + static_cast<double>(means.size()));
    Numerical components{bounds.step};
    for (std::size_t i = 0; i < means.size(); ++i) {
        const bool isPrior = i + 1 == means.size();
        components.normals.emplace_back(means[i],
                                        isPrior ? range : std::clamp(deviations[i], least, range),
                                        bounds.low, bounds.high);
    }
    return components;
}

Categorical categoricalOf(std::size_t choices, const std::vector<double>& observed)
{
    const double prior = 1.0 / static_cast<double>(observed.size() + 1);
    Categorical components;
    components.probabilities.assign(observed.size() + 1, std::vector<double>(choices, prior));
    for (std::size_t i = 0; i < observed.size(); ++i)
        components.probabilities[i].at(static_cast<std::size_t>(observed[i])) += 1;
    for (auto& row : components.probabilities) {
        const double sum = std::accumulate(row.begin(), row.end(), 0.0);
        for (double& probability : row)
            probability /= sum;
    }
    return components;
}

/// From the scale of the components to a value of the distribution.
double onScale(const Distribution& distribution, double value)
{
    if (const auto* range = std::get_if<FloatRange>(&distribution)) {
        const double linear = range->log ? std::exp(value) : value;
        const double stepped =
            range->step
                ? std::nearbyint((linear - range->low) / *range->step) * *range->step + range->low
                : linear;
        return std::clamp(stepped, range->low, range->high);
    }
    const auto& range = std::get<IntRange>(distribution);
    const auto low = static_cast<double>(range.low);
    const auto step = static_cast<double>(range.step);
    const double whole = range.log ? std::nearbyint(std::exp(value))
                                   : std::nearbyint((value - low) / step) * step + low;
    return std::clamp(whole, low, static_cast<double>(range.high));
}

std::size_t draw(Random& random, const std::vector<double>& probabilities)
{
    const double quantile = random.uniform();
    double sum = 0;
    for (std::size_t i = 0; i + 1 < probabilities.size(); ++i) {
        sum += probabilities[i];
        if (quantile < sum)
            return i;
    }
    return probabilities.size() - 1;
}

} // namespace

std::vector<double> observationWeights(std::size_t observations)
{
    std::vector<double> weights(observations, 1.0);
    if (observations <= kFullWeights)
        return weights;
    const std::size_t fading = observations - kFullWeights;
    const double first = 1.0 / static_cast<double>(observations);
    for (std::size_t i = 0; i < fading; ++i)
        weights[i] = fading == 1 ? first
                                 : first + static_cast<double>(i) * (1 - first) /
                                               static_cast<double>(fading - 1);
    return weights;
}

ParzenEstimator::ParzenEstimator(std::vector<Dimension> dimensions,
                                 std::span<const SearchPoint> observations, Bandwidth bandwidth)
    : m_dimensions(std::move(dimensions)), m_weights(observationWeights(observations.size()))
{
    m_weights.push_back(1); // the prior's
    const double sum = std::accumulate(m_weights.begin(), m_weights.end(), 0.0);
    for (double& weight : m_weights)
        weight /= sum;

    const auto count = static_cast<double>(std::max<std::size_t>(observations.size(), 1));
    const double scott =
        0.2 * std::pow(count, -1.0 / (static_cast<double>(m_dimensions.size()) + 4));
    for (const auto& [name, distribution] : m_dimensions) {
        std::vector<double> observed;
        for (const SearchPoint& point : observations)
            observed.push_back(isLog(distribution) ? std::log(point.at(name)) : point.at(name));
        if (const auto* categories = std::get_if<Categories>(&distribution)) {
            m_components.emplace_back(categoricalOf(categories->choices.size(), observed));
            continue;
        }
        const Bounds bounds = std::holds_alternative<FloatRange>(distribution)
                                  ? boundsOf(std::get<FloatRange>(distribution))
                                  : boundsOf(std::get<IntRange>(distribution));
        observed.push_back(0.5 * (bounds.low + bounds.high)); // the prior's mean
        m_components.emplace_back(componentsOf(
            bounds, observed,
            bandwidth == Bandwidth::Scott
                ? std::vector<double>(observed.size(), scott * (bounds.high - bounds.low))
                : neighbourGaps(observed, bounds.low, bounds.high)));
    }
}

double ParzenEstimator::logDensity(std::size_t dimension, std::size_t component,
                                   double internal) const
{
    if (const auto* categorical = std::get_if<Categorical>(&m_components[dimension]))
        return std::log(
            categorical->probabilities[component].at(static_cast<std::size_t>(internal)));
    const auto& numerical = std::get<Numerical>(m_components[dimension]);
    const TruncatedNormal& normal = numerical.normals[component];
    const double x = isLog(m_dimensions[dimension].distribution) ? std::log(internal) : internal;
    if (numerical.step > 0)
        return normal.logMass(x - numerical.step / 2, x + numerical.step / 2);
    // Optuna 3.1 measures a component in units of its own width; from 3.2 on it divides by it.
    return normal.logDensity(x) + std::log(normal.deviation());
}

double ParzenEstimator::logDensity(const SearchPoint& point) const
{
    std::vector<double> terms(m_weights.size());
    for (std::size_t component = 0; component < m_weights.size(); ++component) {
        terms[component] = std::log(m_weights[component]);
        for (std::size_t i = 0; i < m_dimensions.size(); ++i)
            terms[component] += logDensity(i, component, point.at(m_dimensions[i].name));
    }
    const double largest = *std::ranges::max_element(terms);
    if (!std::isfinite(largest))
        return largest;
    double sum = 0;
    for (const double term : terms)
        sum += std::exp(term - largest);
    return std::log(sum) + largest;
}

SearchPoint ParzenEstimator::sample(Random& random) const
{
    const std::size_t component = draw(random, m_weights);
    SearchPoint point;
    for (std::size_t i = 0; i < m_dimensions.size(); ++i) {
        const auto& [name, distribution] = m_dimensions[i];
        if (const auto* categorical = std::get_if<Categorical>(&m_components[i])) {
            point[name] = static_cast<double>(draw(random, categorical->probabilities[component]));
            continue;
        }
        const auto& numerical = std::get<Numerical>(m_components[i]);
        point[name] =
            onScale(distribution, numerical.normals[component].quantile(random.uniform()));
    }
    return point;
}

} // namespace core
