// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
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
    core::GolfSpec golf;
    SwitchArguments switches;
    std::string from;
    std::string league;
    std::string runs;
    std::string title;
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

core::RunSpec specOf(const GolfArguments& arguments, const core::Model* start)
{
    core::GolfSpec golf = arguments.golf;
    golf.architecture =
        start ? core::toText(start->architecture) : inLeague(golf.architecture, arguments.league);
    golf.options.seed = arguments.common.seed;
    arguments.switches.applyTo(golf.options.switches);
    core::RunSpec spec;
    spec.work = golf;
    spec.backend = arguments.common.backend;
    spec.threads = arguments.common.threads;
    spec.out = arguments.common.out;
    spec.title =
        arguments.title.empty()
            ? fmt::format("Golf {} seed {}", percent(golf.options.threshold), golf.options.seed)
            : arguments.title;
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

template<typename T>
void addNumber(CLI::App& command, const char* name, T& value, const char* about)
{
    command.add_option(name, value, about)
        ->type_name(std::is_integral_v<T> ? "N" : "X")
        ->capture_default_str();
}

void addOptions(CLI::App& command, GolfArguments& arguments)
{
    core::GolfOptions& options = arguments.golf.options;
    command
        .add_option("--arch", arguments.golf.architecture,
                    "The dense network that it starts with (see 'caddie train --help')")
        ->type_name("TEXT")
        ->capture_default_str();
    command
        .add_option("--league", arguments.league,
                    "raw: images as they are; transformed: set upright first; averaged: that, and "
                    "answers averaged over shifts. Else as --arch says")
        ->type_name("raw|transformed|averaged")
        ->check(CLI::IsMember({"raw", "transformed", "averaged"}))
        ->excludes(command
                       .add_option("--from", arguments.from,
                                   "Model to go on with, instead of dense starts")
                       ->type_name("MODEL")
                       ->excludes("--arch"));
    addNumber(command, "--target", options.threshold,
              "Share of the selecting images that must be right");
    addWord<core::Split>(command, "--select", arguments.golf.select,
                         {{"test", core::Split::Test}, {"validation", core::Split::Validation}},
                         "Whose images choose the network: test, as published, or the last 10,000 "
                         "training images, with one look at test in the end");
    command.add_option("--budget", options.budget, "Ends after so long: 90s, 30m, 2h")
        ->transform(durationUnits())
        ->type_name("TIME");
    addNumber(command, "--starts", options.starts, "Dense networks, of which the best goes on");
    addNumber(command, "--dense-epochs", options.denseEpochs,
              "Of training the best of them, without --heat");
    addNumber(command, "--start-epochs", options.startEpochs, "Of training each start");
    addNumber(command, "--heat", options.heat,
              "Non-zero parameters that each start is pruned to before the best is chosen; 0: it "
              "is chosen dense");
    addNumber(command, "--heat-share", options.heatShare,
              "Of the parameters left, removed in a round of a heat");
    addNumber(command, "--heat-epochs", options.heatEpochs, "Of training in a round of a heat");
    addWord<core::GolfCriterion>(command, "--criterion", options.criterion,
                                 {{"surgeon", core::GolfCriterion::Surgeon},
                                  {"loss", core::GolfCriterion::Loss},
                                  {"magnitude", core::GolfCriterion::Magnitude}},
                                 "What is removed: by Optimal Brain Surgeon, what raises the loss "
                                 "least alone, or the smallest value");
    addWord<core::GolfRewind>(command, "--rewind", options.rewind,
                              {{"none", core::GolfRewind::None},
                               {"initial", core::GolfRewind::Initial},
                               {"random", core::GolfRewind::Random}},
                              "With which values a round trains: those it has, those it began with "
                              "(a lottery ticket), or new ones (its control)");
    addNumber(command, "--share", options.share, "Of the parameters left, removed in a round");
    addNumber(command, "--first-share", options.firstShare,
              "Likewise while there are more than --many");
    addNumber(command, "--many", options.many, "Non-zero parameters, see above and below");
    addNumber(command, "--epochs", options.epochs, "Of training in a round; 0: only prune");
    addNumber(command, "--first-epochs", options.firstEpochs,
              "Likewise while there are more than --many");
    addNumber(command, "--lr", options.rate, "At a round's beginning");
    addNumber(command, "--dense-lr", options.denseRate, "At a dense training's beginning");
    addNumber(command, "--refit", options.refit,
              "With --select validation: of training the chosen network on all training images in "
              "the end, before the look at test");
    addNumber(command, "--batch", options.batch, "Images a step");
    addNumber(command, "--polish", options.polish,
              "Levenberg-Marquardt steps after a round's training");
    addNumber(command, "--swaps", options.swaps, "Tried after a round");
    addNumber(command, "--swap-epochs", options.swapEpochs, "Of each of a swap's two trainings");
    addNumber(command, "--swap-share", options.swapShare,
              "Of the parameters left, grown in a swap, half to three halves of it");
    addNumber(command, "--swap-lr", options.swapRate, "At the beginning of a swap's trainings");
    addNumber(command, "--swap-below", options.swapBelow,
              "Non-zero parameters at which swaps begin");
    addNumber(command, "--trials", options.trials, "Removals tried for each that is made");
    addNumber(command, "--trial-images", options.trialImages, "Training images that a trial asks");
    addNumber(command, "--curvature-images", options.curvatureImages,
              "Training images that the curvature is measured on");
    addNumber(command, "--promising", options.promising,
              "Of these, tried with less to make up for it, too");
    addNumber(command, "--patience", options.patience,
              "Rounds in a row that miss the target, then it ends");
    addNumber(command, "--label-smoothing", options.labelSmoothing,
              "Share of each target that is spread over all classes");
    arguments.switches.add(command);
    addNumber(command, "--least", options.least, "Non-zero parameters at which it ends");
    command.add_option("--title", arguments.title, "What lists of runs call it")->type_name("TEXT");
    addRunsOption(command, arguments.runs);
    addCommonOptions(command, arguments.common);
}

} // namespace

void addGolf(CLI::App& program, RunCommand& run)
{
    auto* command = program.add_subcommand(
        "golf", "Look for the fewest parameters that still reach the target");
    auto arguments = std::make_shared<GolfArguments>();
    arguments->golf.architecture = core::kGolfArchitecture;
    addOptions(*command, *arguments);
    command->footer(
        "It becomes a run: whatever ends it, Ctrl-C or a power cut, 'caddie resume' goes on with "
        "it, and without a budget it ends in the same bits. 'caddie resume RUN --stop' ends it "
        "with the best so far. Exit code 6: the target was not met.\n\n"
        "Examples:\n"
        "  caddie golf --budget 30m --select test --out small.safetensors\n"
        "  caddie golf --target 0.99 --seed 3 --json");
    command->callback([arguments, &run] { run = [arguments] { return golf(*arguments); }; });
}

} // namespace app
