// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/train_arguments.h"

#include "app/commands/preset_option.h"
#include "core/model/architecture_text.h"

#include <filesystem>
#include <fmt/format.h>

namespace app
{

namespace
{

using core::TrainingOptions;

void addRateOptions(CLI::App& command, GivenOptions<TrainingOptions>& training)
{
    training.add(command, "--lr", &TrainingOptions::lr, "Learning rate")
        ->check(CLI::PositiveNumber);
    auto* schedule = training.addChoice(command, "--schedule", &TrainingOptions::schedule,
                                        "How it changes; the published program had it constant");
    auto* step = training
                     .add(command, "--lr-step", &TrainingOptions::lrStep,
                          "Epochs after which it is multiplied; implies --schedule step, 0 "
                          "constant")
                     ->check(CLI::NonNegativeNumber);
    training.add(command, "--lr-gamma", &TrainingOptions::lrGamma, "What it is multiplied by")
        ->check(CLI::PositiveNumber);
    training.add(command, "--lr-end", &TrainingOptions::lrEnd, "What a cosine ends with")
        ->check(CLI::NonNegativeNumber);
    training.remember([&training, schedule, step](TrainingOptions& options) {
        if (step->count() == 0)
            return;
        const bool steps = training.values().lrStep > 0;
        if (schedule->count() == 0)
            options.schedule = steps ? core::ScheduleKind::Step : core::ScheduleKind::Constant;
        if (!steps && options.schedule != core::ScheduleKind::Step)
            options.lrStep = TrainingOptions().lrStep; // nothing reads it
    });
}

void addStartOptions(CLI::App& command, TrainArguments& arguments)
{
    addPresetOption(command, arguments.preset, core::RunKind::Train);
    auto* from = command
                     .add_option("--from", arguments.from,
                                 "Go on from this model, whose layers are then the network's")
                     ->type_name("MODEL")
                     ->excludes(command.get_option("--arch"));
    command
        .add_flag("--keep-zeros", arguments.keepZeros,
                  "Hold at zero what is zero in the model of --from, such as pruned weights")
        ->needs(from);
    command.add_option("--title", arguments.title, "What lists of runs call it")->type_name("TEXT");
}

} // namespace

TrainArguments::TrainArguments()
{
    network.values().architecture = "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10";
}

void addRecipeOptions(CLI::App& command, TrainArguments& arguments)
{
    arguments.network.add(command, "--arch", &core::TrainSpec::architecture,
                          "The network, as text");
    GivenOptions<TrainingOptions>& training = arguments.training;
    training.add(command, "--epochs", &TrainingOptions::epochs, "Passes over the training images")
        ->check(CLI::Range(1, 1000000));
    training.add(command, "--batch", &TrainingOptions::batch, "Images a step")
        ->check(CLI::Range(1, core::kLargestBatch));
    training.addChoice(command, "--optimizer", &TrainingOptions::optimizer, "What takes the steps");
    addRateOptions(command, training);
    training.add(command, "--momentum", &TrainingOptions::momentum, "Of SGD")
        ->check(CLI::Range(0.0, 1.0));
    training
        .add(command, "--weight-decay", &TrainingOptions::weightDecay,
             "Decoupled in AdamW, added to the gradient in Adam and SGD")
        ->check(CLI::NonNegativeNumber);
    training
        .add(command, "--label-smoothing", &TrainingOptions::labelSmoothing,
             "Share of each target that is spread over all classes")
        ->check(CLI::Range(0.0, 1.0));
    training.addChoice(
        command, "--select,--keep", &TrainingOptions::keep,
        "The epoch to keep. best-validation trains without the last 10,000 training images; "
        "best-test chooses by the test set, and the file says so");
    training.addFlag(
        command, "--validation", &TrainingOptions::validation,
        "Leave out the last 10,000 training images and measure on them, whatever is kept");
    addSwitchOptions(command, arguments.switches);
    addSparseOptions(command, arguments.switches);
}

void addTrainOptions(CLI::App& command, TrainArguments& arguments)
{
    addRecipeOptions(command, arguments);
    addStartOptions(command, arguments);
    addRunsOption(command, arguments.runs);
    addCommonOptions(command, arguments.common);
}

void TrainArguments::applyTo(core::TrainSpec& spec) const
{
    network.applyTo(spec);
    training.applyTo(spec.options);
    switches.applyTo(spec.options.switches);
}

core::RunSpec specOf(const TrainArguments& arguments)
{
    core::RunSpec spec;
    spec.work = arguments.network.values();
    if (!arguments.preset.empty())
        spec = presetSpec(arguments.preset, core::RunKind::Train);
    auto& train = std::get<core::TrainSpec>(spec.work);
    arguments.applyTo(train);
    // As the file will say it.
    train.architecture = core::toText(core::parseArchitecture(train.architecture));
    train.options.seed = arguments.common.seed;
    spec.backend = arguments.common.backend;
    spec.threads = arguments.common.threads;
    spec.out = arguments.common.out;
    if (!arguments.title.empty())
        spec.title = arguments.title;
    else if (!spec.out.empty())
        spec.title = spec.out.stem().string();
    else if (spec.title.empty())
        spec.title =
            fmt::format("Train {}", core::parseArchitecture(train.architecture).trainableCount());
    return spec;
}

} // namespace app
