// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prune/sorted_blocks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace core
{

namespace
{

/// How far the logit of an image's label is above the highest other, by position.
std::vector<float> marginsOf(const fused::Incremental& kept)
{
    constexpr float kInfinity = std::numeric_limits<float>::infinity();
    std::vector<float> margins;
    std::vector<float> logits(static_cast<std::size_t>(kept.classes()));
    for (int block = 0; block < kept.blocks(); ++block)
        for (int lane = 0; lane < kept.imagesIn(block); ++lane) {
            kept.logitsOf(block, lane, logits);
            const float own = std::exchange(logits[kept.labelOf(block, lane)], -kInfinity);
            const float margin = own - *std::ranges::max_element(logits);
            margins.push_back(std::isnan(margin) ? -kInfinity : margin);
        }
    return margins;
}

std::vector<int> counting(int end)
{
    std::vector<int> numbers(static_cast<std::size_t>(end));
    std::iota(numbers.begin(), numbers.end(), 0);
    return numbers;
}

} // namespace

SortedBlocks::SortedBlocks(const Architecture& architecture, std::span<const float> parameters,
                           const Dataset& data, int threads)
    : m_kept(architecture, data.size()), m_team(std::max(threads, 1)),
      m_order(counting(m_kept.blocks())), m_wrong(m_order.size()), m_recounted(m_order.size())
{
    for (int i = 0; i < m_team.threads(); ++i)
        m_scratch.emplace_back(m_kept.scratchFloats());
    std::vector<int> images = counting(data.size());
    fill(parameters, data, images);
    const std::vector<float> margins = marginsOf(m_kept);
    std::ranges::stable_sort(images, {},
                             [&](int i) { return margins[static_cast<std::size_t>(i)]; });
    fill(parameters, data, images);
    accept();
}

void SortedBlocks::fill(std::span<const float> parameters, const Dataset& data,
                        const std::vector<int>& order)
{
    m_team.run(count(), [&](int thread, int block) {
        m_kept.fill(block, parameters, data, order, scratch(thread));
        recount(block);
    });
}

int SortedBlocks::recount(int block)
{
    const int wrong = m_kept.imagesIn(block) - m_kept.countCorrect(block);
    m_recounted[static_cast<std::size_t>(block)] = wrong;
    return wrong;
}

void SortedBlocks::accept()
{
    m_wrong = m_recounted;
    m_sum = std::accumulate(m_wrong.begin(), m_wrong.end(), 0);
    std::ranges::stable_sort(m_order, std::ranges::greater(),
                             [this](int block) { return wrongIn(block); });
}

} // namespace core
