// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/output.h"
#include "app/run_execution.h"

#include <fmt/format.h>

namespace app
{

namespace
{

struct GolfArguments {
    CommonOptions common;
    core::GolfSpec golf;
    std::string runs;
    std::string title;
};

core::RunSpec specOf(const GolfArguments& arguments)
{
    core::GolfSpec golf = arguments.golf;
    golf.options.seed = arguments.common.seed;
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

int golf(const GolfArguments& arguments)
{
    checkModelOutput(arguments.common.out);
    const core::RunSpec spec = specOf(arguments);
    const core::RunData data = loadRunData(arguments.common, spec);
    const auto runs = runsFolder(arguments.runs);
    const std::string id = core::createRun(runs, spec, data);
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
    addNumber(command, "--dense-epochs", options.denseEpochs, "Of training the best of them");
    addNumber(command, "--share", options.share, "Of the parameters left, removed in a round");
    addNumber(command, "--epochs", options.epochs, "Of training in a round");
    addNumber(command, "--swaps", options.swaps, "Tried after a round");
    addNumber(command, "--swap-epochs", options.swapEpochs, "Of each of a swap's two trainings");
    addNumber(command, "--swap-below", options.swapBelow,
              "Non-zero parameters at which swaps begin");
    addNumber(command, "--trials", options.trials, "Removals tried for each that is made");
    addNumber(command, "--patience", options.patience,
              "Rounds in a row that miss the target, then it ends");
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
