// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/train_arguments.h"
#include "core/search/sweep.h"

#include <string>

namespace app
{

/// What the options of `sweep` say.
struct SweepArguments {
    TrainArguments train; ///< what the trials have in common
    std::string storage;  ///< empty: the user's
    std::string study;
    core::StorageVersion version = core::StorageVersion::Optuna30;
    std::string preset;    ///< of a space
    std::string spaceFile; ///< or a space as JSON
    core::SamplerOptions sampler;
    core::PrunerOptions pruner;
    core::SweepOptions sweep = {.trials = 40};
    std::string models; ///< folder
    bool list = false;
    bool best = false;
    std::string enqueue; ///< JSON object of values
};

/// `arguments` must live as long as the command.
void addSweepOptions(CLI::App& command, SweepArguments& arguments);

/// The file or URL of --storage, else the user's file, whose folder is made.
std::string storageOf(const SweepArguments& arguments);

/// The space that was asked for; absent where none was. Throws core::Error.
std::optional<core::SearchSpace> chosenSpace(const SweepArguments& arguments);

} // namespace app
