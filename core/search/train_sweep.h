// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/run_directory.h"
#include "core/search/sweep.h"
#include "core/search/train_study.h"

#include <filesystem>
#include <optional>
#include <string>

namespace core
{

/// How a sweep chooses and when it ends. Kept with the study, so that it can go on as it was.
struct SweepPlan {
    SamplerOptions sampler;
    PrunerOptions pruner;
    int trials = 40; ///< that the study is to have; 0: no end
};

std::string toJson(const SweepPlan& plan);
/// What is absent or unknown in it is as by default.
SweepPlan sweepPlanFromJson(const std::string& text);
std::optional<SweepPlan> storedSweepPlan(Study& study);

struct TrainSweep {
    TrainStudy work; ///< the data and their hash are filled in
    SweepPlan plan;
    SweepOptions options = {}; ///< its trials are the plan's
    BackendOptions backend = {};
    std::filesystem::path models = {}; ///< folder for the trials' networks; empty: none is kept
};

/// Where the networks of a storage's trials go unless somebody says otherwise: beside an SQLite
/// file. Empty for a server.
std::filesystem::path networksFolder(const std::string& url);

/// Trains a network for each trial. Keeps the plan and what the trials have in common with the
/// study. Throws as runSweep, storeTrainStudy and requireTrainSpace do, Error(Usage) where the
/// study minimises, Error(Output) where the folder can't be made.
SweepResult runTrainSweep(Study& study, TrainSweep sweep, const RunData& data,
                          const SweepObserver& observer = {}, std::stop_token stop = {});

} // namespace core
