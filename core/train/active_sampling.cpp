// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/active_sampling.h"

#include "core/prune/cross_entropy.h"
#include "core/train/logits.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace core
{

std::optional<std::vector<std::int64_t>> lossesOf(Backend& backend,
                                                  std::span<const float> parameters,
                                                  const Dataset& data, const std::stop_token& stop)
{
    const auto logits = logitsOf(backend, parameters, data, stop);
    if (!logits)
        return std::nullopt;
    const std::size_t classes = logits->size() / data.labels.size();
    std::vector<std::int64_t> losses;
    losses.reserve(data.labels.size());
    for (std::size_t i = 0; i < data.labels.size(); ++i)
        losses.push_back(
            crossEntropyUnits(std::span(*logits).subspan(i * classes, classes), data.labels[i]));
    return losses;
}

std::vector<int> drawnByLoss(std::span<const std::int64_t> losses, double pressure, Random& random)
{
    std::vector<int> byRank(losses.size());
    std::iota(byRank.begin(), byRank.end(), 0);
    std::ranges::stable_sort(byRank, [&](int a, int b) {
        return losses[static_cast<std::size_t>(a)] > losses[static_cast<std::size_t>(b)];
    });
    const auto count = static_cast<double>(losses.size());
    const double steepness = std::log(pressure);
    std::vector<int> drawn(losses.size());
    for (int& image : drawn) {
        const double u = random.uniform();
        // The inverse of the distribution function of pressure^(-rank / count).
        const double part =
            steepness == 0 ? u : -std::log1p(u * std::expm1(-steepness)) / steepness;
        const auto rank = static_cast<std::size_t>(count * part);
        image = byRank[std::min(rank, losses.size() - 1)];
    }
    return drawn;
}

} // namespace core
