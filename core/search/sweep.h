// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/study.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace core
{

struct SweepOptions {
    int trials = 0;     ///< that the study is to have: complete, pruned or under way; 0: no end
    double seconds = 0; ///< after which no trial begins; 0: no end
    double heartbeatSeconds = 15;
    double graceSeconds = 60; ///< without a heartbeat, after which a trial's worker is dead
    int retries = 3;          ///< of a trial whose worker died
};

/// How a trial is tried. Says whether to go on: no, if it is pruned, if it was given to somebody
/// else, or if the sweep is to stop.
using Reporter = std::function<bool(std::int64_t step, double value)>;

struct ObjectiveResult {
    std::optional<double> value; ///< absent where it ended early
    TrialAttributes attributes;  ///< user attributes that the trial gets, also if it is pruned
};

/// Tries a trial's values. Reports after each step, and returns soon where the reporter says no or
/// the token asks to stop. An Error makes the trial fail with its sentence as user attribute
/// "error"; the sweep goes on.
using TrialObjective = std::function<ObjectiveResult(const Trial& trial, const Reporter& report,
                                                     std::stop_token stop)>;

/// Called on the sweep's thread.
struct SweepObserver {
    std::function<void(const Trial&)> begun;
    std::function<void(const Trial&)> reported; ///< after each value
    std::function<void(const Trial&)>
        finished; ///< complete, pruned, failed (also by others), or waiting again
    std::function<void(const std::vector<int>& numbers)> freed; ///< trials of dead workers
    std::function<void(int others)> waiting;                    ///< for the trials of other workers
};

struct SweepResult {
    int complete = 0; ///< by this worker
    int pruned = 0;
    int failed = 0;
    bool stopped = false;   ///< the token asked to
    bool exhausted = false; ///< the sampler had nothing left
};

/// Runs trials until the study has enough of them; several workers may, on any machines. Running it
/// again goes on. Trials that wait are run in any case. Where only trials of others are left it
/// waits for them, because one that is given up by a dead worker has to be tried again. A trial
/// that is stopped waits for the next worker. Blocks; checks the token as often as the objective
/// does. Throws Error where the storage fails, after ten trials in a row that failed, and where the
/// grace is not longer than the heartbeat.
SweepResult runSweep(Study& study, const SearchSpace& space, const Sampler& sampler,
                     const Pruner& pruner, const TrialObjective& objective,
                     const SweepOptions& options, const SweepObserver& observer = {},
                     std::stop_token stop = {});

} // namespace core
