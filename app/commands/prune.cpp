// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/opening.h"
#include "app/run_execution.h"

#include <chrono>
#include <fmt/format.h>

namespace app
{

namespace
{

struct PruneArguments {
    CommonOptions common;
    ModelChoice model;
    core::PruneOptions options;
    std::string runs;
    std::string title;
    bool slow = false;
};

core::RunSpec specOf(const PruneArguments& arguments, const core::Model& model)
{
    core::PruneSpec prune;
    prune.options = arguments.options;
    prune.options.split = arguments.common.split;
    prune.options.seed = arguments.common.seed;
    if (arguments.slow)
        prune.evaluation = core::PruneEvaluation::Full;
    core::RunSpec spec;
    spec.work = prune;
    spec.backend = arguments.common.backend;
    spec.threads = arguments.common.threads;
    spec.out = arguments.common.out;
    spec.title = arguments.title.empty() ? fmt::format("Prune {}", model.name) : arguments.title;
    return spec;
}

int prune(const PruneArguments& arguments)
{
    checkModelOutput(arguments.common.out);
    const core::ModelPointer model = openChosenModel(arguments.model, arguments.common).model;
    const core::RunSpec spec = specOf(arguments, *model);
    const core::RunData data = loadRunData(arguments.common, spec);
    const auto runs = runsFolder(arguments.runs);
    const std::string id = core::createRun(runs, spec, data, model.get());
    const auto start = std::chrono::steady_clock::now();
    const core::RunSummary summary = executeRun(arguments.common, runs / id, data);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    return reportRun(arguments.common, summary, seconds.count());
}

void addOptions(CLI::App& command, PruneArguments& arguments)
{
    core::PruneOptions& options = arguments.options;
    addModelArgument(command, arguments.model);
    addWord<core::PruneMethod>(command, "--method", options.method,
                               {{"brute-force", core::PruneMethod::BruteForce},
                                {"best-first", core::PruneMethod::BestFirst}},
                               "Visit each weight in turn and keep its removal if accuracy "
                               "allows, or remove in each step what costs least");
    addWord<core::PruneOrder>(command, "--order", options.order,
                              {{"published", core::PruneOrder::Published},
                               {"random", core::PruneOrder::Random},
                               {"magnitude", core::PruneOrder::Magnitude},
                               {"loss", core::PruneOrder::LossRise}},
                              "Of brute force: layer by layer, shuffled, smallest value first, or "
                              "smallest rise of the loss first");
    command
        .add_option("--passes", options.passes,
                    "Of brute force, over what is left; one that removes nothing is the last")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000000));
    command.add_flag("--biases", options.biases, "Try to remove them too");
    command.add_flag("--slopes", options.slopes, "Try to remove PReLU's slopes too");
    command
        .add_option("--threshold", options.threshold,
                    "Share of the split's images that must still be right")
        ->type_name("X")
        ->capture_default_str()
        ->check(CLI::Range(0.0, 1.0));
    command.add_flag("--slow", arguments.slow,
                     "Evaluate the whole network on all images for each weight: the same result, "
                     "for comparison");
    command.add_option("--title", arguments.title, "What lists of runs call it")->type_name("TEXT");
    addRunsOption(command, arguments.runs);
    arguments.common.split = core::Split::Validation;
    addCommonOptions(command, arguments.common);
}

} // namespace

void addPrune(CLI::App& program, RunCommand& run)
{
    auto* command = program.add_subcommand(
        "prune", "Remove the weights that a network can do without, without training");
    auto arguments = std::make_shared<PruneArguments>();
    addOptions(*command, *arguments);
    command->footer(
        "It becomes a run: whatever ends it, Ctrl-C or a power cut, 'caddie resume' goes on with "
        "it and ends in the same bits. What decides is by default the last 10,000 training "
        "images; the published procedure used the test set, and a model made so says it. Exit "
        "code 6: the network is below the threshold to begin with.\n\n"
        "Examples:\n"
        "  caddie prune model.pth --split test --out published.safetensors\n"
        "  caddie prune model.pth --order magnitude --passes 3 --biases --slopes --out a.pt\n"
        "  caddie prune model.pth --method best-first --biases --slopes --threads 2 --json");
    command->callback([arguments, &run] { run = [arguments] { return prune(*arguments); }; });
}

} // namespace app
