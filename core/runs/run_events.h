// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/golf/golf.h"
#include "core/model/provenance.h"
#include "core/prune/brute_force.h"
#include "core/runs/run_spec.h"
#include "core/train/trainer.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace core
{

enum class RunStatus {
    Queued,      ///< created, never started
    Running,     ///< some process has its lock
    Paused,      ///< asked to, or could not write: goes on from its checkpoint
    Interrupted, ///< its process ended without a word: goes on from its checkpoint
    Stopped,     ///< ended early and kept the best so far; there is a model
    Finished,    ///< there is a model
    Failed,      ///< can't go on; `message` says why
};
std::string_view statusName(RunStatus status); ///< "queued", "running", ...
bool canResume(RunStatus status);              ///< queued, paused and interrupted

/// Where a run stands: epochs and images of a training, visited parameters of a pruning, steps of a
/// game.
struct RunProgress {
    std::uint64_t done = 0;  ///< epochs, visits or steps
    std::uint64_t total = 0; ///< epochs; visits as far as known; 0: not known
    double fraction = 0;     ///< 0..1, finer than done / total: batches count
    double perSecond = 0;    ///< epochs, weights or steps a second, while running; 0: not known yet
    double secondsLeft = -1; ///< below 0: not known
};

/// A line of a list of runs.
struct RunSummary {
    std::string id; ///< the folder's name: "2026-11-22-101500-published-820"
    std::string title;
    RunKind kind = RunKind::Train;
    RunStatus status = RunStatus::Queued;
    std::string message; ///< why it paused or failed, in a sentence; else empty
    RunProgress progress;
    std::size_t parameters = 0;
    std::size_t nonzero = 0;
    std::optional<MeasuredAccuracy> accuracy; ///< of the last epoch on test, or of the pruned
                                              ///< network on the split that selects
    std::filesystem::path folder;
    std::filesystem::path model; ///< the result; empty until there is one
    std::string backend;         ///< what ran it: "fused AVX-512"; empty before
};

/// Called on the run's thread, with small values; the spans are valid during the call.
struct RunObserver {
    std::function<void(const RunProgress&)> progress; ///< after each batch or visit
    std::function<void(const EpochResult&)> epoch;
    /// The network as it is: after each batch or decision. For who shows kernels as they change.
    std::function<void(std::span<const float> parameters)> parameters;
    std::function<void(const PruneVisit&)> visit;
    std::function<void(const GolfStep&)> step;
};

} // namespace core
