// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/model.h"
#include "core/runs/run_events.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace core
{

/// The data that runs work on: the whole training set, and the test set. Validation is the last
/// 10,000 of the training images (HoldOut in core/data/mnist.h), or the last sixth where there are
/// fewer.
struct RunData {
    DatasetPointer training;
    DatasetPointer test;
};
/// Without, and only, the validation images.
Dataset withoutValidation(const Dataset& training);
Dataset validationOf(const Dataset& training);

/// Makes `runs/<id>/` in one step (it is there entirely or not at all) with spec.json, and with
/// start.safetensors where there is a model to begin with. Returns the id. Throws Error(Output)
/// where it can't be written, Error(Usage) where the spec makes no sense.
std::string createRun(const std::filesystem::path& runs, RunSpec spec, const RunData& data,
                      const Model* start = nullptr);

inline constexpr const char* kBestModel = "best.safetensors";

/// What is in a run's folder. Reads only; may be called while the run goes on, in any process.
/// A journal whose last line was cut off by a kill is read up to it. Throws Error(Input) where the
/// folder is no run (file, what was found, what was expected).
class RunRecord
{
public:
    explicit RunRecord(std::filesystem::path folder);

    const std::filesystem::path& folder() const { return m_folder; }
    const std::string& id() const { return m_id; }
    const RunSpec& spec() const { return m_spec; }

    RunSummary summary() const;              ///< reads the journal anew
    std::vector<EpochResult> epochs() const; ///< of a training
    std::vector<PruneVisit> visits() const;  ///< of a pruning
    std::vector<GolfStep> steps() const;     ///< of a game of golf
    /// Of a training: the parameters that epoch (counted from 1) ended with; empty if not there.
    std::vector<float> parametersAfter(int epoch) const;
    /// What it began with. Of a training from nothing its initialisation, of such a game zeros.
    Model start() const;
    /// The result as a file that openModel() reads; absent until there is one.
    std::optional<std::filesystem::path> model() const;
    /// Likewise the best so far of a game that is not over; absent until one has met the goal.
    std::optional<std::filesystem::path> best() const;

private:
    std::filesystem::path m_folder;
    std::string m_id;
    RunSpec m_spec;
};

/// Deletes a run's folder, in one step for everyone who looks. Throws Error(Usage) where it is
/// running or is no run, Error(Output) where it can't be deleted.
void removeRun(const std::filesystem::path& folder);

/// All runs below `runs`, the newest first. A folder that is no run, or one that is damaged, is
/// listed as Failed with the sentence that says why; nothing is thrown.
std::vector<RunSummary> listRuns(const std::filesystem::path& runs);

} // namespace core
