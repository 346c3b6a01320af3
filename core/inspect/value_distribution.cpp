// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/top_examples.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>
#include <numeric>

namespace core
{

namespace
{

/// Of sorted values.
double quantile(std::span<const float> sorted, double share)
{
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    const double low = sorted[below];
    return low + (place - static_cast<double>(below)) * (sorted[above] - low);
}

} // namespace

Quartiles quartilesOf(std::span<const float> values)
{
    Quartiles result;
    result.count = static_cast<int>(values.size());
    if (values.empty())
        return result;
    std::vector<float> sorted(values.begin(), values.end());
    std::ranges::sort(sorted);
    result.minimum = sorted.front();
    result.lower = quantile(sorted, 0.25);
    result.median = quantile(sorted, 0.5);
    result.upper = quantile(sorted, 0.75);
    result.maximum = sorted.back();
    result.mean =
        std::accumulate(sorted.begin(), sorted.end(), 0.0) / static_cast<double>(sorted.size());
    return result;
}

ValueDistribution distributionOf(std::span<const float> values,
                                 std::span<const std::uint8_t> labels, int classes, int bins)
{
    assert(values.size() == labels.size() && bins > 0);
    ValueDistribution result;
    result.bins = bins;
    std::vector<float> finite;
    std::ranges::copy_if(values, std::back_inserter(finite),
                         [](float v) { return std::isfinite(v); });
    result.overall = quartilesOf(finite);
    result.low = result.overall.minimum;
    result.high = result.overall.maximum;
    result.histogram.resize(static_cast<std::size_t>(classes * bins));
    std::vector<std::vector<float>> byClass(static_cast<std::size_t>(classes));
    const double width = (result.high - result.low) / bins;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::size_t label = labels[i];
        if (label >= byClass.size() || !std::isfinite(values[i]))
            continue;
        byClass[label].push_back(values[i]);
        const int bin =
            width > 0 ? std::min(static_cast<int>((values[i] - result.low) / width), bins - 1) : 0;
        ++result.histogram[label * static_cast<std::size_t>(bins) + static_cast<std::size_t>(bin)];
    }
    for (const auto& of : byClass)
        result.perClass.push_back(quartilesOf(of));
    return result;
}

} // namespace core
