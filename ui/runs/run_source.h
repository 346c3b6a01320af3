// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/run_queue.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ui
{

/// What a run has recorded.
struct RunHistory {
    core::RunSpec spec;
    core::ModelPointer start; ///< what it began with
    std::vector<core::EpochResult> epochs;
    std::vector<core::PruneVisit> visits;
    std::vector<core::GolfStep> steps;
};

/// The runs behind a board: the queue and what is on disk, or a fake of a test. Any call but
/// setData() may read or write files, so all are made on a worker, one after the other. They throw
/// core::Error.
class RunSource
{
public:
    virtual ~RunSource() = default;

    virtual void setData(core::RunData data) = 0;
    virtual std::string add(const core::RunSpec& spec, const core::ModelPointer& start) = 0;
    virtual void resume(const std::string& id) = 0;
    virtual void pause(const std::string& id) = 0;
    virtual void stopAndKeep(const std::string& id) = 0;
    virtual void remove(const std::string& id) = 0;

    virtual std::vector<core::RunSummary> runs() const = 0; ///< the newest first
    virtual RunHistory history(const core::RunSummary& run) const = 0;
    /// The best so far of a game, with its file; null where none is on disk.
    virtual core::ModelPointer best(const core::RunSummary& run) const = 0;
    /// What an epoch ended with; empty if it isn't recorded.
    virtual std::vector<float> parametersAfter(const core::RunSummary& run, int epoch) const = 0;
};

/// What may be started.
struct RunOffer {
    std::vector<core::RunPreset> presets;
    int threads = 1; ///< of all runs together
};

using RunSourceMaker = std::function<std::unique_ptr<RunSource>(core::QueueObserver)>;

} // namespace ui
