// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/run_directory.h"
#include "core/search/sweep.h"

#include <filesystem>
#include <string>
#include <vector>

namespace core
{

/// Training a network as a search's objective: its accuracy on the split that selects.
struct TrainObjectiveOptions {
    TrainSpec base; ///< what the space leaves open; `keep` says which split selects
    BackendOptions backend = {};
    std::filesystem::path models = {}; ///< a folder for each trial's network; empty: none is kept
    std::string study;                 ///< begins the files' names
};

/// The names that a space for it may use: "batch", "lr", "lr_step", "lr_gamma", "lr_end",
/// "momentum", "weight_decay", "label_smoothing", "epochs", "seed", "optimizer", "schedule",
/// "architecture" (as text), and of the architecture "channels1", "kernel1" and so on,
/// "activation" and "pool". Throws Error(Usage) for another.
void requireTrainSpace(const SearchSpace& space);

/// The base with a trial's values. A learning rate's step or factor implies the stepped schedule
/// unless the space chooses one. Throws Error where the values make no network or no sense.
TrainSpec trainSpecOf(const TrainSpec& base, const std::map<std::string, TrialParameter>& values);

/// Reports the accuracy on the split that selects after each epoch, as step 1, 2, ...; the value is
/// that of the epoch whose weights are kept. A trial gets the user attributes "architecture",
/// "parameters", "measured_on" (the images of its value), "selected_on" (their split), "backend",
/// and if it was not ended early "kept_epoch", "test_accuracy", "test_data" and "model", its file.
/// Keeps the data; one thread at a time.
TrialObjective trainObjective(const TrainObjectiveOptions& options, const RunData& data);

} // namespace core
