// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/analysis/regression_tree.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace core
{

struct ImportanceOptions {
    int trees = 64;
    std::uint64_t seed = 1;
    std::size_t most = 1000; ///< results that each tree sees; a sample where there are more
};

/// How much of the variance of a study's results comes from a parameter alone, whatever the others
/// are: functional analysis of variance over a random forest (Hutter, Hoos and Leyton-Brown, ICML
/// 2014).
struct Importance {
    std::string name;
    double share = 0;  ///< of the forest's variance over the space, in [0, 1]
    double spread = 0; ///< standard deviation among the trees
    bool operator==(const Importance&) const = default;
};

struct ImportanceResult {
    std::vector<Importance> parameters; ///< the most important first
    /// Of the variance that no parameter explains alone: what they do together.
    double together = 0;
    int results = 0; ///< complete trials that it is from
    bool operator==(const ImportanceResult&) const = default;
};

/// Fewer results than this say nothing.
constexpr int kLeastResults = 8;

/// Of the parameters that every complete trial has, of those that can vary. Without parameters
/// where there are fewer than kLeastResults results, where they are all the same, or where it is
/// stopped. Blocks: a second for 1,000 trials of 12 parameters.
ImportanceResult parameterImportance(const SearchSpace& space, const StudyHistory& history,
                                     const ImportanceOptions& options = {},
                                     std::stop_token stop = {});

/// Of one tree: the share of each dimension alone. Empty where the tree is the same everywhere.
std::vector<double> mainEffects(const std::vector<TreeCell>& cells);

} // namespace core
