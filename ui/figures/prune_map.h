// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/prune/brute_force.h"

#include <cstdint>
#include <span>
#include <vector>

namespace ui
{

enum class WeightFate {
    NotVisited,
    Kept,
    Removed,
    RemovedForBetter, ///< more answers were right without it than with it
    Absent,           ///< zero before the pruning began
};

/// What a pruning has found out so far, weight by weight. A value: copies show earlier moments.
struct PruneMap {
    struct Weight {
        WeightFate fate = WeightFate::NotVisited;
        float value = 0;
        int change = 0; ///< in right answers without it, when it was visited last
        bool exact = true;
        std::uint64_t visit = 0;
    };
    /// After a removal; the first is the network before any.
    struct Point {
        int nonzero = 0;
        int correct = 0;
        std::uint64_t visit = 0;
    };

    std::vector<Weight> weights; ///< in the flat order
    std::vector<Point> curve;
    std::uint64_t visits = 0;
    std::size_t last = 0; ///< the parameter visited last

    PruneMap() = default;
    explicit PruneMap(std::span<const float> parameters);

    void apply(const core::PruneVisit& visit);
    std::size_t count(WeightFate fate) const;
};

} // namespace ui
