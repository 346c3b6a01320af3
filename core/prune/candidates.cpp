// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prune/candidates.h"

#include "core/model/parameters.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace core
{

namespace
{

bool mayBeRemoved(ParameterRole role, const PruneOptions& options)
{
    switch (role) {
    case ParameterRole::Weight:
        return true;
    case ParameterRole::Bias:
    case ParameterRole::Shift:
        return options.biases;
    case ParameterRole::Slope:
        return options.slopes;
    case ParameterRole::Scale:
    case ParameterRole::RunningMean:
    case ParameterRole::RunningVariance:
        return false;
    }
    return false;
}

} // namespace

std::vector<std::size_t> pruneCandidates(const Architecture& architecture,
                                         const PruneOptions& options)
{
    std::vector<std::size_t> candidates;
    const Parameters layout(architecture);
    for (const ParameterSlice& slice : layout.slices()) {
        if (!mayBeRemoved(slice.role, options))
            continue;
        candidates.resize(candidates.size() + slice.count);
        std::iota(candidates.end() - static_cast<std::ptrdiff_t>(slice.count), candidates.end(),
                  slice.offset);
    }
    return candidates;
}

int nonzeroCount(const Architecture& architecture, std::span<const float> parameters)
{
    std::ptrdiff_t count = 0;
    const Parameters layout(architecture);
    for (const ParameterSlice& slice : layout.slices())
        if (isTrainable(slice.role))
            count += std::ranges::count_if(parameters.subspan(slice.offset, slice.count),
                                           [](float value) { return value != 0; });
    return static_cast<int>(count);
}

int requiredCorrect(double threshold, int images)
{
    // Far above the rounding of the product, far below what a sensible decimal could mean.
    constexpr double kTolerance = 1e-6;
    return static_cast<int>(std::ceil(threshold * images - kTolerance));
}

} // namespace core
