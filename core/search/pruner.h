// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/trial.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace core
{

struct PruneVerdict {
    bool prune = false;
    TrialAttributes attributes; ///< system attributes that the trial gets, for the pruner itself
};

/// Decides after each intermediate value whether a trial is worth going on with, by the laws of
/// Optuna 3.1. Keeps no state of its own, so that any number of workers decide alike.
class Pruner
{
public:
    virtual ~Pruner() = default;

    virtual std::string_view name() const = 0;

    /// `history` holds all trials that are known; where `trial` is among them, what it says of
    /// itself counts.
    virtual PruneVerdict judge(const StudyHistory& history, const Trial& trial) const = 0;
};

enum class PrunerKind { None, Median, Percentile, SuccessiveHalving, Hyperband };

struct PercentileOptions {
    double percentile = 50;    ///< of the complete trials at the same step that must be reached
    int startup = 5;           ///< complete trials before which nothing is pruned
    std::int64_t warmup = 0;   ///< steps of a trial before which it is not pruned
    std::int64_t interval = 1; ///< steps between two decisions
    int least = 1;             ///< values at a step without which nothing is pruned there
};

/// Asynchronous successive halving (Li et al., MLSys 2020).
struct HalvingOptions {
    std::optional<std::int64_t> minSteps = {}; ///< absent: a hundredth of a complete trial's
    int factor = 4;            ///< one in so many is promoted from a rung to the next
    int stoppingRate = 0;      ///< the first rung is at minSteps times factor to this power
    std::size_t bootstrap = 0; ///< trials that a rung needs before any is promoted
};

/// Brackets of successive halving that begin later and later (Li et al., JMLR 2018).
struct HyperbandOptions {
    std::int64_t minSteps = 1;
    std::optional<std::int64_t> maxSteps = {}; ///< absent: what complete trials took
    int factor = 3;
    std::size_t bootstrap = 0;
};

struct PrunerOptions {
    PrunerKind kind = PrunerKind::Median;
    PercentileOptions percentile = {}; ///< Median takes its startup, warmup and so on
    HalvingOptions halving = {};
    HyperbandOptions hyperband = {};
};

/// Throws Error(Usage) naming the option that makes no sense.
std::unique_ptr<Pruner> makePruner(const PrunerOptions& options);

} // namespace core
