// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common_options.h"
#include "core/runs/run.h"

#include <filesystem>
#include <optional>
#include <string>

namespace app
{

/// The folder of --runs, else the user's.
std::filesystem::path runsFolder(const std::string& given);

/// The folder of a run named by its id, by a beginning that only one id has, or by its path. Throws
/// core::Error(Usage) where there is none or more than one.
std::filesystem::path findRun(const std::filesystem::path& runs, const std::string& reference);

/// What a run needs: the sample digits where it was created with them, else MNIST. A pruning on the
/// test set gets no training images. Throws core::Error(DataMissing).
core::RunData loadRunData(const CommonOptions& options, const core::RunSpec& spec);

/// Throws core::Error unless a model can be saved as the file: Usage for its extension, Output for
/// its folder. To be asked before the long part begins; an empty name is fine.
void checkModelOutput(const std::string& file);

/// core::executeRun with progress on stderr. Ctrl-C pauses the run. `wish` StopAndKeep ends one
/// that was paused with the best that it has.
core::RunSummary executeRun(const CommonOptions& options, const std::filesystem::path& folder,
                            const core::RunData& data, int threads = 0,
                            core::RunWish wish = core::RunWish::GoOn);

/// The end of a command that executed a run: prints what became of it, if its folder is still
/// there, and says on stderr how to go on where it was asked to pause. `seconds` is how long all of
/// it took, where that is known. Returns the exit code. Throws core::Error(Output) with the reason
/// where the run paused unasked.
int reportRun(const CommonOptions& options, const core::RunSummary& summary,
              std::optional<double> seconds = std::nullopt);

/// Prints what became of a training, or of a pruning, in any state.
void printTraining(const CommonOptions& options, const core::RunSummary& summary);
/// `seconds`: what it took, where it was not resumed.
/// False: the game ended without a network that meets its target.
bool printGolf(const CommonOptions& options, const core::RunSummary& summary);
void printPruning(const CommonOptions& options, const core::RunSummary& summary,
                  std::optional<double> seconds = {});

} // namespace app
