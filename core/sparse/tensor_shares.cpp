// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sparse/tensor_shares.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace core
{

namespace
{

double rawDensity(const ParameterSlice& slice)
{
    double sum = 0;
    double product = 1;
    for (const std::int64_t size : slice.shape) {
        sum += static_cast<double>(size);
        product *= static_cast<double>(size);
    }
    return sum / product;
}

/// Whole numbers with the sum of the parts, the largest remainders rounded up.
std::vector<std::size_t> rounded(const std::vector<double>& parts,
                                 std::span<const std::size_t> most, std::size_t sum)
{
    std::vector<std::size_t> counts(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i)
        counts[i] = std::min(most[i], static_cast<std::size_t>(std::floor(parts[i])));
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        return parts[a] - std::floor(parts[a]) > parts[b] - std::floor(parts[b]);
    });
    std::size_t left = sum - std::accumulate(counts.begin(), counts.end(), std::size_t{0});
    while (left > 0)
        for (const std::size_t i : order)
            if (left > 0 && counts[i] < most[i]) {
                ++counts[i];
                --left;
            }
    return counts;
}

} // namespace

std::vector<std::size_t> erdosRenyiCounts(const std::vector<ParameterSlice>& slices,
                                          std::span<const std::size_t> available, std::size_t count)
{
    std::vector<double> parts(slices.size());
    std::vector<bool> dense(slices.size());
    for (bool settled = false; !settled;) {
        settled = true;
        auto left = static_cast<double>(count);
        double weight = 0;
        for (std::size_t i = 0; i < slices.size(); ++i) {
            const auto size = static_cast<double>(available[i]);
            dense[i] ? left -= size : weight += rawDensity(slices[i]) * size;
        }
        for (std::size_t i = 0; i < slices.size(); ++i) {
            const auto size = static_cast<double>(available[i]);
            parts[i] = dense[i]      ? size
                       : weight == 0 ? 0.0
                                     : left / weight * rawDensity(slices[i]) * size;
            if (!dense[i] && parts[i] > size) {
                dense[i] = true;
                settled = false;
            }
        }
    }
    return rounded(parts, available, count);
}

} // namespace core
