// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/run.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace core
{

/// What a queue tells of its runs; called on their threads, so keep it short.
struct QueueObserver {
    std::function<void(const std::string& id)> changed; ///< status; the list of runs
    std::function<void(const std::string& id, const RunProgress&)> progress;
    std::function<void(const std::string& id, const EpochResult&)> epoch;
    std::function<void(const std::string& id, std::span<const float>)> parameters;
    std::function<void(const std::string& id, const PruneVisit&)> visit;
    std::function<void(const std::string& id, const GolfStep&)> step;
};

/// Runs what is queued, in order, as many at once as fit into `threads` (a run takes its spec's,
/// never more than there are). All calls return at once; any thread may call them. A run that needs
/// data which is not there yet waits for it. The destructor pauses what is running and waits for
/// it.
class RunQueue
{
public:
    RunQueue(std::filesystem::path runs, int threads, QueueObserver observer);
    ~RunQueue();

    const std::filesystem::path& folder() const;
    void setData(RunData data); ///< may hold null pointers: nothing starts until both are there

    /// Creates the run and queues it; returns its id. Throws what createRun throws.
    std::string add(const RunSpec& spec, const Model* start = nullptr);
    void resume(const std::string& id); ///< queues it again
    void pause(const std::string& id);  ///< a queued one just leaves the queue
    void stopAndKeep(const std::string& id);
    /// Deletes the folder of a run that is not running. Throws Error(Output) where it can't be.
    void remove(const std::string& id);

    std::vector<RunSummary> runs() const; ///< from disk, with live status; the newest first

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace core
