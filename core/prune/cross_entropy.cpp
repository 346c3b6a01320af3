// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prune/cross_entropy.h"

#include "core/prune/ablation_evaluator.h"

#include <algorithm>
#include <cmath>

namespace core
{

std::int64_t crossEntropyUnits(std::span<const float> logits, std::size_t label)
{
    constexpr double kLargest = 10000;
    const double highest = *std::ranges::max_element(logits);
    double sum = 0;
    for (const float logit : logits)
        sum += std::exp(static_cast<double>(logit) - highest);
    const double loss = std::log(sum) + highest - static_cast<double>(logits[label]);
    return std::llround((loss < kLargest ? loss : kLargest) / Ablation::kLossUnit);
}

} // namespace core
