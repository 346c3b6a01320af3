// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/switch_arguments.h"
#include "app/common_options.h"
#include "core/runs/run_spec.h"

#include <string>

namespace app
{

/// What the options of `train` say.
struct TrainArguments {
    CommonOptions common;
    std::string runs;
    std::string title;
    std::string preset;
    GivenOptions<core::TrainSpec> network;
    GivenOptions<core::TrainingOptions> training;
    GivenOptions<core::TrainingSwitches> switches;
    std::string from; ///< a model's file; empty: from nothing
    bool keepZeros = false;

    TrainArguments();

    /// Puts what was given into the spec; the rest stays as it is.
    void applyTo(core::TrainSpec& spec) const;
};

// `arguments` must live as long as the command.

/// The network and how it is trained: --arch, --epochs, --lr and so on.
void addRecipeOptions(CLI::App& command, TrainArguments& arguments);
/// All that `train` takes.
void addTrainOptions(CLI::App& command, TrainArguments& arguments);

/// The preset, if any, with what was given besides. Throws core::Error(Usage) where there is no
/// such preset.
core::RunSpec specOf(const TrainArguments& arguments);

} // namespace app
