// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/prune/ablation_evaluator.h"
#include "core/prune/sorted_blocks.h"

#include <span>
#include <stop_token>
#include <vector>

namespace core
{

/// Decides on several removals in one go through the activations, which lie in memory and are slow
/// to come from there. A removal that the hardest blocks don't refuse is taken for kept until
/// several have come together; then the other blocks run with all of them, one on top of the other.
/// If it turns out that one was wrongly taken for kept, all is taken back and nothing was decided.
class Lookahead
{
public:
    explicit Lookahead(SortedBlocks& blocks);

    /// Decides on the first few candidates as if one by one, with at most `allowed` wrong answers;
    /// `parameters` lose what is removed. Nothing has changed where it returns nothing: if stopped,
    /// or if it is better to try the first one alone.
    std::vector<Removal> decide(std::vector<float>& parameters,
                                std::span<const std::size_t> candidates, int allowed,
                                const std::stop_token& stop);

    /// Says that a removal tried alone was kept: maybe the next are, too.
    void encourage();

private:
    /// Removals that stand in the hardest blocks, and decisions that hold if all of them are kept.
    struct Scouting {
        std::vector<Removal> decided;
        // [removal taken for kept]
        std::vector<fused::Reach> reaches;
        std::vector<std::vector<float>> parameters; ///< with it and those before
        std::vector<int> wrong;                     ///< in the hardest blocks
    };
    enum class Outlook { Lost, Unsure, Likely };

    Scouting scout(const std::vector<float>& parameters, std::span<const std::size_t> candidates,
                   int allowed, const std::stop_token& stop);
    Outlook scoutOne(const std::vector<float>& parameters, const fused::Reach& reach,
                     int wrongElsewhere, int allowed, int& wrong);
    std::vector<int> runOthers(const Scouting& scouting, int allowed, const std::stop_token& stop);
    void takeBack(const Scouting& scouting, std::span<const float> parameters);

    SortedBlocks& m_blocks;
    int m_scouts = 1;                  ///< the hardest blocks
    std::size_t m_most = 1;            ///< removals at a time, at present; 1: none ahead
    std::vector<std::uint8_t> m_isRun; ///< [block]
};

} // namespace core
