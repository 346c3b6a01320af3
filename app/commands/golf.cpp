// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/commands/preset_option.h"
#include "app/commands/switch_arguments.h"
#include "app/opening.h"
#include "app/output.h"
#include "app/run_execution.h"

#include "core/model/architecture_text.h"

#include <fmt/format.h>

namespace app
{

namespace
{

struct GolfArguments {
    CommonOptions common;
    std::string preset;
    GivenOptions<core::GolfSpec> game;
    GivenOptions<core::GolfOptions> options;
    GivenOptions<core::TrainingSwitches> switches;
    std::string from;
    std::string league;
    std::string runs;
    std::string title;

    GolfArguments() { game.values().architecture = core::kGolfArchitecture; }
};

/// The architecture in the league that was asked for; none: as it says itself.
std::string inLeague(const std::string& text, const std::string& league)
{
    core::Architecture architecture = core::parseArchitecture(text);
    if (league.empty())
        return text;
    core::InputSpec input = architecture.input();
    input.deskew = league != "raw";
    input.averageShifts = league == "averaged";
    return core::toText(core::Architecture(architecture.layers(), input));
}

core::GolfSpec golfOf(const GolfArguments& arguments)
{
    core::GolfSpec golf = arguments.game.values();
    if (!arguments.preset.empty())
        golf = std::get<core::GolfSpec>(presetSpec(arguments.preset, core::RunKind::Golf).work);
    arguments.game.applyTo(golf);
    arguments.options.applyTo(golf.options);
    arguments.switches.applyTo(golf.options.switches);
    golf.options.seed = arguments.common.seed;
    return golf;
}

core::RunSpec specOf(const GolfArguments& arguments, const core::Model* start)
{
    core::GolfSpec golf = golfOf(arguments);
    golf.architecture =
        start ? core::toText(start->architecture) : inLeague(golf.architecture, arguments.league);
    core::RunSpec spec;
    spec.title =
        arguments.title.empty()
            ? fmt::format("Golf {} seed {}", percent(golf.options.threshold), golf.options.seed)
            : arguments.title;
    spec.work = std::move(golf);
    spec.backend = arguments.common.backend;
    spec.threads = arguments.common.threads;
    spec.out = arguments.common.out;
    return spec;
}

/// nullptr: from nothing
core::ModelPointer modelToGoOnWith(const GolfArguments& arguments)
{
    if (arguments.from.empty())
        return nullptr;
    ModelChoice choice;
    choice.file = arguments.from;
    return openChosenModel(choice, arguments.common).model;
}

int golf(const GolfArguments& arguments)
{
    checkModelOutput(arguments.common.out);
    const core::ModelPointer start = modelToGoOnWith(arguments);
    const core::RunSpec spec = specOf(arguments, start.get());
    const core::RunData data = loadRunData(arguments.common, spec);
    const auto runs = runsFolder(arguments.runs);
    const std::string id = core::createRun(runs, spec, data, start.get());
    return reportRun(arguments.common, executeRun(arguments.common, runs / id, data));
}

/// "2h", "30m", "90s", "90"
const CLI::AsNumberWithUnit& durationUnits()
{
    static const CLI::AsNumberWithUnit kUnits(
        std::map<std::string, double>{{"s", 1}, {"m", 60}, {"h", 3600}},
        CLI::AsNumberWithUnit::CASE_SENSITIVE, "TIME");
    return kUnits;
}

void addStartOptions(CLI::App& command, GolfArguments& arguments)
{
    addPresetOption(command, arguments.preset, core::RunKind::Golf);
    CLI::Option* architecture =
        arguments.game.add(command, "--arch", &core::GolfSpec::architecture,
                           "The dense network that it starts with (see 'caddie train --help')");
    CLI::Option* from =
        command
            .add_option("--from", arguments.from, "Model to go on with, instead of dense starts")
            ->type_name("MODEL")
            ->excludes(architecture);
    command
        .add_option("--league", arguments.league,
                    "raw: images as they are; transformed: set upright first; averaged: that, and "
                    "answers averaged over shifts. Else as --arch says")
        ->type_name("raw|transformed|averaged")
        ->check(CLI::IsMember({"raw", "transformed", "averaged"}))
        ->excludes(from);
    arguments.game.addChoice(
        command, "--select", &core::GolfSpec::select,
        {{"test", core::Split::Test}, {"validation", core::Split::Validation}},
        "Whose images choose the network: test, as published, or the last 10,000 training images, "
        "with one look at test in the end");
}

void addOptions(CLI::App& command, GivenOptions<core::GolfOptions>& options)
{
    using core::GolfOptions;
    options.add(command, "--target", &GolfOptions::threshold,
                "Share of the selecting images that must be right");
    options
        .add(command, "--budget", &GolfOptions::budget,
             "Ends with the step in which so long has passed: 90s, 30m, 2h")
        ->transform(durationUnits())
        ->type_name("TIME");
    options.add(command, "--starts", &GolfOptions::starts,
                "Dense networks, of which the best goes on");
    options.add(command, "--dense-epochs", &GolfOptions::denseEpochs,
                "Of training the best of them, without --heat");
    options.add(command, "--start-epochs", &GolfOptions::startEpochs, "Of training each start");
    options.add(command, "--heat", &GolfOptions::heat,
                "Non-zero parameters that each start is pruned to before the best is chosen; 0: it "
                "is chosen dense");
    options.add(command, "--heat-share", &GolfOptions::heatShare,
                "Of the parameters left, removed in a round of a heat");
    options.add(command, "--heat-epochs", &GolfOptions::heatEpochs,
                "Of training in a round of a heat");
    options.addChoice(command, "--criterion", &GolfOptions::criterion,
                      "What is removed: by Optimal Brain Surgeon, what raises the loss least "
                      "alone, or the smallest value");
    options.addChoice(command, "--rewind", &GolfOptions::rewind,
                      "With which values a round trains: those it has, those it began with (a "
                      "lottery ticket), or new ones (its control)");
    options.add(command, "--share", &GolfOptions::share,
                "Of the parameters left, removed in a round");
    options.add(command, "--first-share", &GolfOptions::firstShare,
                "Likewise while there are more than --many");
    options.add(command, "--many", &GolfOptions::many, "Non-zero parameters, see above and below");
    options.add(command, "--epochs", &GolfOptions::epochs, "Of training in a round; 0: only prune");
    options.add(command, "--first-epochs", &GolfOptions::firstEpochs,
                "Likewise while there are more than --many");
    options.add(command, "--lr", &GolfOptions::rate, "At a round's beginning");
    options.add(command, "--dense-lr", &GolfOptions::denseRate, "At a dense training's beginning");
    options.add(
        command, "--refit", &GolfOptions::refit,
        "With --select validation: of training the chosen network on all training images in "
        "the end, before the look at test");
    options.add(command, "--batch", &GolfOptions::batch, "Images a step");
    options.add(command, "--polish", &GolfOptions::polish,
                "Levenberg-Marquardt steps after a round's training");
    options.add(command, "--swaps", &GolfOptions::swaps, "Tried after a round");
    options.add(command, "--swap-epochs", &GolfOptions::swapEpochs,
                "Of each of a swap's two trainings");
    options.add(command, "--swap-share", &GolfOptions::swapShare,
                "Of the parameters left, grown in a swap, half to three halves of it");
    options.add(command, "--swap-lr", &GolfOptions::swapRate,
                "At the beginning of a swap's trainings");
    options.add(command, "--swap-below", &GolfOptions::swapBelow,
                "Non-zero parameters at which swaps begin");
    options.add(command, "--trials", &GolfOptions::trials, "Removals tried for each that is made");
    options.add(command, "--trial-images", &GolfOptions::trialImages,
                "Training images that a trial asks");
    options.add(command, "--curvature-images", &GolfOptions::curvatureImages,
                "Training images that the curvature is measured on");
    options.add(command, "--promising", &GolfOptions::promising,
                "Of these, tried with less to make up for it, too");
    options.add(command, "--patience", &GolfOptions::patience,
                "Rounds in a row that miss the target, then it ends");
    options.add(command, "--label-smoothing", &GolfOptions::labelSmoothing,
                "Share of each target that is spread over all classes");
    options.add(command, "--least", &GolfOptions::least, "Non-zero parameters at which it ends");
}

} // namespace

void addGolf(CLI::App& program, RunCommand& run)
{
    auto* command = program.add_subcommand(
        "golf", "Look for the fewest parameters that still reach the target");
    auto arguments = std::make_shared<GolfArguments>();
    addStartOptions(*command, *arguments);
    addOptions(*command, arguments->options);
    addSwitchOptions(*command, arguments->switches);
    command->add_option("--title", arguments->title, "What lists of runs call it")
        ->type_name("TEXT");
    addRunsOption(*command, arguments->runs);
    addCommonOptions(*command, arguments->common);
    command->footer(
        "It becomes a run: whatever ends it, Ctrl-C or a power cut, 'caddie resume' goes on with "
        "it, and without a budget it ends in the same bits. 'caddie resume RUN --stop' ends it "
        "with the best so far. Exit code 6: the target was not met.\n\n"
        "Examples:\n"
        "  caddie golf --budget 30m --select test --out small.safetensors\n"
        "  caddie golf --preset published-golf --seed 3 --json");
    command->callback([arguments, &run] { run = [arguments] { return golf(*arguments); }; });
}

} // namespace app
