// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/commands/train_arguments.h"
#include "app/opening.h"
#include "app/output.h"
#include "app/run_execution.h"
#include "core/base/error.h"
#include "core/model/architecture_text.h"

#include <fmt/format.h>

namespace app
{

namespace
{

/// The model to go on from; its layers become the spec's, its zeros the mask if that was asked.
core::ModelPointer openStart(const TrainArguments& arguments, core::RunSpec& spec)
{
    if (arguments.from.empty())
        return nullptr;
    ModelChoice choice;
    choice.file = arguments.from;
    const core::ModelPointer model = openChosenModel(choice, arguments.common).model;
    auto& train = std::get<core::TrainSpec>(spec.work);
    train.architecture = core::toText(model->architecture);
    if (arguments.keepZeros)
        train.options.mask = core::maskOfZeros(model->parameters);
    return model;
}

int train(const TrainArguments& arguments)
{
    core::RunSpec spec = specOf(arguments);
    checkModelOutput(arguments.common.out);
    const core::ModelPointer start = openStart(arguments, spec);
    const core::RunData data = loadRunData(arguments.common, spec);
    const auto runs = runsFolder(arguments.runs);
    const std::string id = core::createRun(runs, spec, data, start.get());
    return reportRun(arguments.common, executeRun(arguments.common, runs / id, data));
}

} // namespace

void addTrain(CLI::App& program, RunCommand& run)
{
    auto* command = program.add_subcommand("train", "Train a network on MNIST");
    auto arguments = std::make_shared<TrainArguments>();
    addTrainOptions(*command, *arguments);
    command->footer(
        "The defaults are the published recipe, whose learning rate stayed constant. It becomes a "
        "run: whatever ends it, Ctrl-C or a power cut, 'caddie resume' goes on with it and ends in "
        "the same bits. A .safetensors file carries the recipe, accuracies and class means.\n\n"
        "Examples:\n"
        "  caddie train --out mine.safetensors\n"
        "  caddie train --preset stepped-807 --epochs 40 --out 807.safetensors\n"
        "  caddie train --from pruned.safetensors --keep-zeros --lr 0.0005 --epochs 10\n"
        "  caddie train --data samples --epochs 1 --json");
    command->callback([arguments, &run] { run = [arguments] { return train(*arguments); }; });
}

} // namespace app
