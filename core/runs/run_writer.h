// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/append_file.h"
#include "core/runs/checkpoint.h"
#include "core/runs/run.h"
#include "core/runs/run_lock.h"

#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace core
{

/// What one executing run writes into its folder, whose lock it holds. The order of writing makes
/// sure that a kill at any moment leaves a checkpoint and the journal that belongs to it. Throws
/// Error(Output) where something can't be written; what was written before stays as it is, and
/// nothing half-written is left behind.
class RunWriter
{
public:
    /// Takes the lock and reads the checkpoint. Throws Error(Usage) if the run is going on
    /// elsewhere or is over, Error(Input) if its files are damaged.
    explicit RunWriter(const std::filesystem::path& folder);

    /// Where to go on from; nothing where the run begins.
    const std::optional<Checkpoint>& checkpoint() const { return m_checkpoint; }

    /// Call once, before anything else is written: cuts off what the journal has beyond the
    /// checkpoint, and notes that the run was started or resumed. `images` is how many it measures
    /// its network on.
    void begin(std::string_view backend, int threads, int images);

    /// One line of the journal, without its line break: `{"event":"visit",...}`, "event" first.
    void append(std::string_view line);

    /// About a second after the last one, or sooner where it is worth more than usual: at the end
    /// of an epoch or a pass. Rarer where the disk is slow. Cheap to ask.
    enum class Moment { Any, Milestone };
    bool checkpointDue(Moment moment = Moment::Any) const;
    /// All lines appended so far belong to it.
    void saveCheckpoint(const RunProgress& progress, std::span<const std::byte> state);

    /// As asked: notes it and saves a last checkpoint.
    void pause(const RunProgress& progress, std::span<const std::byte> state);
    /// Why the run pauses unasked, or fails. Does nothing where that can't be written either.
    void notePause(std::string_view message) noexcept;
    void noteFailure(std::string_view message) noexcept;

    /// Saves the result (and a copy to `out`, where that is not empty) and ends the run.
    /// The model must be the same however often the run was killed: no times, no seconds, no paths.
    void finish(const Model& model, const MeasuredAccuracy& accuracy, bool stopped,
                const std::filesystem::path& out);

private:
    void note(std::string_view event, std::string_view message) noexcept;

    std::filesystem::path m_folder;
    RunLock m_lock;
    std::optional<Checkpoint> m_checkpoint;
    std::optional<AppendFile> m_journal;
    std::chrono::steady_clock::time_point m_lastSaved = std::chrono::steady_clock::now();
    std::chrono::steady_clock::duration m_cost = {}; ///< of saving, the last time
};

/// What the kinds of work get to do theirs with.
struct RunContext {
    const RunRecord& record;
    const RunData& data; ///< checked: what the run was created with
    const RunObserver& observer;
    RunControl& control;
    BackendOptions backend;
    RunWriter& writer;
};

/// Start or go on from writer.checkpoint(), until all is done (writer.finish), or until the control
/// asks to pause (writer.pause) or to stop and keep the best (writer.finish). What
/// they throw is dealt with by executeRun: Output and Unexpected pause the run, the rest fail it.
void executeTraining(const RunContext& context); // train_run.cpp
void executePruning(const RunContext& context);  // prune_run.cpp
void executeGolf(const RunContext& context);     // golf_run.cpp

} // namespace core
