// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/analysis/regression_tree.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace core
{

namespace
{

struct Cut {
    std::size_t dimension = 0;
    double place = 0;
    double gain = 0; ///< of the sum of squares
};

class TreeGrower
{
public:
    explicit TreeGrower(const StudySamples& samples) : m_samples(samples) {}

    std::vector<TreeCell> grow(std::vector<std::size_t> chosen)
    {
        const std::size_t dimensions =
            m_samples.points.empty() ? 0 : m_samples.points.front().size();
        split(chosen, {std::vector<double>(dimensions, 0), std::vector<double>(dimensions, 1), 0});
        return std::move(m_cells);
    }

private:
    double at(std::size_t sample, std::size_t dimension) const
    {
        return m_samples.points[sample][dimension];
    }

    void split(std::span<std::size_t> chosen, TreeCell cell)
    {
        double sum = 0;
        for (const std::size_t sample : chosen)
            sum += m_samples.results[sample];
        cell.value = chosen.empty() ? 0 : sum / static_cast<double>(chosen.size());
        const auto cut = bestCut(chosen, sum);
        if (!cut) {
            m_cells.push_back(std::move(cell));
            return;
        }
        const auto upper = std::partition(chosen.begin(), chosen.end(), [&](std::size_t sample) {
            return at(sample, cut->dimension) < cut->place;
        });
        TreeCell above = cell;
        above.low[cut->dimension] = cut->place;
        cell.high[cut->dimension] = cut->place;
        split({chosen.begin(), upper}, std::move(cell));
        split({upper, chosen.end()}, std::move(above));
    }

    std::optional<Cut> bestCut(std::span<std::size_t> chosen, double sum) const
    {
        const auto isFirst = [&](std::size_t sample) {
            return m_samples.results[sample] == m_samples.results[chosen.front()];
        };
        if (chosen.size() < 2 || std::ranges::all_of(chosen, isFirst))
            return std::nullopt;
        Cut best{0, 0, -1};
        for (std::size_t d = 0; d < m_samples.points.front().size(); ++d)
            cutAlong(chosen, sum, d, best);
        return best.gain < 0 ? std::nullopt : std::optional(best);
    }

    /// The sum of squares falls by what the two means' sums of squares are more than the one's.
    void cutAlong(std::span<std::size_t> chosen, double sum, std::size_t dimension, Cut& best) const
    {
        std::ranges::sort(chosen, {}, [&](std::size_t sample) { return at(sample, dimension); });
        const auto count = static_cast<double>(chosen.size());
        double left = 0;
        for (std::size_t i = 1; i < chosen.size(); ++i) {
            left += m_samples.results[chosen[i - 1]];
            const double before = at(chosen[i - 1], dimension);
            const double after = at(chosen[i], dimension);
            if (!(before < after))
                continue;
            const auto n = static_cast<double>(i);
            const double gain =
                std::max(0.0, left * left / n + (sum - left) * (sum - left) / (count - n) -
                                  sum * sum / count);
            if (gain > best.gain)
                best = {dimension, (before + after) / 2, gain};
        }
    }

    const StudySamples& m_samples;
    std::vector<TreeCell> m_cells;
};

} // namespace

std::vector<TreeCell> growTree(const StudySamples& samples, std::vector<std::size_t> chosen)
{
    return TreeGrower(samples).grow(std::move(chosen));
}

std::vector<std::size_t> bootstrapDraws(std::size_t samples, Random& random)
{
    std::vector<std::size_t> draws(samples);
    for (std::size_t& draw : draws)
        draw = static_cast<std::size_t>(random.below(samples));
    return draws;
}

} // namespace core
