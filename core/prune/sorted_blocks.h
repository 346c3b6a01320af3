// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/fused/aligned.h"
#include "core/backend/fused/incremental.h"
#include "core/backend/fused/workers.h"

#include <cstddef>
#include <span>
#include <vector>

namespace core
{

/// A network's kept activations, its images in blocks by how sure it is of them, and how many
/// answers of each block are wrong. Where a change is about to be lost, it is lost soonest where
/// most is wrong already: there goes place 0.
class SortedBlocks
{
public:
    /// Runs the whole network. `data` is only read here.
    SortedBlocks(const Architecture& architecture, std::span<const float> parameters,
                 const Dataset& data, int threads);

    fused::Incremental& kept() { return m_kept; }
    fused::Workers& team() { return m_team; }
    float* scratch(int thread) { return m_scratch[static_cast<std::size_t>(thread)].data(); }

    int count() const { return m_kept.blocks(); }
    int at(int place) const { return m_order[static_cast<std::size_t>(place)]; }
    int wrong() const { return m_sum; } ///< answers, in all blocks
    int wrongIn(int block) const { return m_wrong[static_cast<std::size_t>(block)]; }

    /// Counts anew what a change has made of a block, and keeps the count for accept().
    int recount(int block);
    /// The counts that recount() found, for every block, are those from now on.
    void accept();

private:
    void fill(std::span<const float> parameters, const Dataset& data,
              const std::vector<int>& order);

    fused::Incremental m_kept;
    fused::Workers m_team;
    std::vector<fused::AlignedFloats> m_scratch; ///< [thread]
    std::vector<int> m_order;                    ///< [place]
    std::vector<int> m_wrong;                    ///< [block]
    std::vector<int> m_recounted;                ///< [block]
    int m_sum = 0;
};

} // namespace core
