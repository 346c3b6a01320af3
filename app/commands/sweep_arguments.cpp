// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/sweep_arguments.h"

#include "app/environment.h"
#include "core/base/error.h"
#include "core/formats/file_content.h"

#include <filesystem>
#include <fmt/format.h>

namespace app
{

namespace
{

namespace fs = std::filesystem;

std::string spaceNames()
{
    std::string names;
    for (const core::SearchSpacePreset& preset : core::searchSpacePresets())
        names += (names.empty() ? "" : "|") + preset.id;
    return names;
}

void addPlaceOptions(CLI::App& command, SweepArguments& arguments)
{
    command
        .add_option("--storage", arguments.storage,
                    "Where studies are kept, in Optuna's tables: an SQLite file, or "
                    "postgresql://USER:PASSWORD@HOST/DATABASE; by default "
                    "~/.local/share/caddie/studies.db")
        ->type_name("FILE|URL");
    command.add_option("--study", arguments.study, "The study's name; it goes on if it is there")
        ->type_name("NAME");
    addWord<core::StorageVersion>(
        command, "--optuna", arguments.version,
        {{"3.0", core::StorageVersion::Optuna30}, {"3.2", core::StorageVersion::Optuna32}},
        "The first Optuna that opens a new storage as it is; older ones "
        "than 3.2 refuse the second");
    command
        .add_option("--models", arguments.models,
                    "Folder for each trial's network; by default beside the SQLite file, with a "
                    "server none is kept")
        ->type_name("DIR");
}

void addSearchOptions(CLI::App& command, SweepArguments& arguments)
{
    auto* preset =
        command.add_option("--preset", arguments.preset, "Ranges to search: " + spaceNames())
            ->type_name("ID");
    command
        .add_option("--space", arguments.spaceFile,
                    "Ranges to search as JSON: {\"lr\": {\"type\": \"float\", \"low\": 1e-5, "
                    "\"high\": 0.01, \"log\": true}, ...}")
        ->type_name("FILE")
        ->excludes(preset);
    addWord<core::SamplerKind>(command, "--sampler", arguments.sampler.kind,
                               {{"tpe", core::SamplerKind::Tpe},
                                {"random", core::SamplerKind::Random},
                                {"grid", core::SamplerKind::Grid}},
                               "What chooses the values");
    command.add_flag("--multivariate", arguments.sampler.tpe.multivariate,
                     "TPE: all parameters together instead of one by one");
    command.add_flag("--constant-liar", arguments.sampler.tpe.constantLiar,
                     "TPE: count running trials as bad, so that many workers spread out");
    command
        .add_option("--startup", arguments.sampler.tpe.startup,
                    "TPE: trials drawn at random before it begins")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000000));
    command
        .add_option("--grid-steps", arguments.sampler.gridSteps,
                    "Grid: values of a continuous or long range")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000));
}

void addPrunerOptions(CLI::App& command, SweepArguments& arguments)
{
    addWord<core::PrunerKind>(command, "--pruner", arguments.pruner.kind,
                              {{"median", core::PrunerKind::Median},
                               {"percentile", core::PrunerKind::Percentile},
                               {"halving", core::PrunerKind::SuccessiveHalving},
                               {"hyperband", core::PrunerKind::Hyperband},
                               {"none", core::PrunerKind::None}},
                              "What ends trials that promise little");
    command
        .add_option("--percentile", arguments.pruner.percentile.percentile,
                    "Of the complete trials that --pruner percentile goes by; 25 keeps a quarter")
        ->type_name("P")
        ->check(CLI::Range(0.0, 100.0));
}

void addWorkOptions(CLI::App& command, SweepArguments& arguments)
{
    command
        .add_option("--trials", arguments.sweep.trials,
                    "Trials that the study is to have in all, failed ones not counted; 0: no end")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::NonNegativeNumber);
    command.add_option("--timeout", arguments.sweep.seconds, "Seconds after which no trial begins")
        ->type_name("S")
        ->check(CLI::NonNegativeNumber);
    command
        .add_option("--heartbeat", arguments.sweep.heartbeatSeconds,
                    "Seconds between two signs of life of this worker")
        ->type_name("S")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    command
        .add_option("--grace", arguments.sweep.graceSeconds,
                    "Seconds without one after which a worker is dead and its trial queued again; "
                    "longer than the longest heartbeat of all workers")
        ->type_name("S")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    command
        .add_option("--retries", arguments.sweep.retries, "How often that may happen to a trial")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::NonNegativeNumber);
    auto* list = command.add_flag("--list", arguments.list, "List the studies of the storage");
    auto* best = command
                     .add_flag("--best", arguments.best,
                               "Show the study's best trial; --out writes its network")
                     ->excludes(list);
    command
        .add_option("--enqueue", arguments.enqueue,
                    "Queue a trial with these values: '{\"lr\": 0.002}'; the next worker runs it")
        ->type_name("JSON")
        ->excludes(list)
        ->excludes(best);
}

} // namespace

void addSweepOptions(CLI::App& command, SweepArguments& arguments)
{
    arguments.train.training.values().keep = core::KeptEpoch::BestValidation;
    addPlaceOptions(command, arguments);
    addSearchOptions(command, arguments);
    addPrunerOptions(command, arguments);
    addWorkOptions(command, arguments);
    addRecipeOptions(command, arguments.train);
    addCommonOptions(command, arguments.train.common);
}

std::string storageOf(const SweepArguments& arguments)
{
    if (!arguments.storage.empty())
        return arguments.storage;
    const fs::path file = userStudiesFile();
    std::error_code ignored; // opening the file will say it
    fs::create_directories(file.parent_path(), ignored);
    return file.string();
}

std::optional<core::SearchSpace> chosenSpace(const SweepArguments& arguments)
{
    if (!arguments.spaceFile.empty()) {
        const auto content = core::readFileContent(arguments.spaceFile);
        return core::searchSpaceFromJson(
            {reinterpret_cast<const char*>(content.data()), content.size()});
    }
    if (arguments.preset.empty())
        return std::nullopt;
    const core::SearchSpacePreset* preset = core::findSearchSpacePreset(arguments.preset);
    if (!preset)
        throw core::Error(core::ErrorKind::Usage, fmt::format("--preset {}: expected one of {}",
                                                              arguments.preset, spaceNames()));
    return preset->space;
}

} // namespace app
