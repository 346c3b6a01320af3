// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/prune/prune_options.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace core
{

/// One decision: a visit of brute force, or the removal that a step of best-first ended with.
struct PruneVisit {
    std::uint64_t visit = 0; ///< counted from 1 over all passes
    int pass = 1;
    std::size_t parameter = 0; ///< index into the flat vector
    float value = 0;           ///< what it was
    bool removed = false;
    /// Right answers without it. Where `exact` is false the evaluation ended as soon as the
    /// threshold could not be met any more: at most this many, which is one less than needed.
    int correct = 0;
    bool exact = true;
    int correctBefore = 0; ///< right answers before this visit
    int nonzero = 0;       ///< parameters that are not zero after it, of all that count
};

/// Where a pruning stands; all that is needed to go on, bit for bit.
struct PruneState {
    std::vector<float> parameters;
    int pass = 1;
    std::vector<std::size_t> order; ///< of this pass; empty before it begins. Best-first: what is
                                    ///< left to try, ascending
    std::size_t next = 0;           ///< into order; best-first does not use it
    int correct = 0;                ///< of `parameters` on the split
    std::uint64_t visited = 0;      ///< parameters whose removal was tried, over all passes
    std::uint64_t removed = 0;
    std::uint64_t removedInPass = 0;
    bool started = false;
    bool finished = false;
};

/// Called on the pruning thread.
struct PruneObserver {
    std::function<void(const PruneVisit&)> visited;
    /// Consistent after each decision; the reference is valid during the call. Called often.
    std::function<void(const PruneState&)> state;
};

class AblationEvaluator;

/// The state to begin with.
PruneState initialPruneState(std::span<const float> parameters);

/// Goes on from `state` until nothing is left to try or the token asks to stop; what it returns can
/// be passed in again. Same decisions with any number of threads. Blocks; a stop is seen within one
/// evaluation. Throws Error(GoalNotReached) if the network does not meet the threshold to begin
/// with (found, expected, on which data), Error(Usage) where an option makes no sense.
PruneState prune(const Architecture& architecture, PruneState state, const Dataset& data,
                 const PruneOptions& options, const BackendOptions& backend,
                 const PruneObserver& observer = {}, std::stop_token stop = {},
                 PruneEvaluation evaluation = PruneEvaluation::Incremental);

/// The same by an evaluator that stands at the state's parameters and works on `data`. Where it is
/// stopped, the evaluator may have gone further than the state.
PruneState prune(const Architecture& architecture, PruneState state, const Dataset& data,
                 const PruneOptions& options, AblationEvaluator& evaluator,
                 const PruneObserver& observer = {}, std::stop_token stop = {});

} // namespace core
