// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/commands/train_recipe.h"
#include "app/data_choice.h"
#include "app/output.h"
#include "app/progress_line.h"
#include "app/stop_signal.h"
#include "core/base/error.h"
#include "core/formats/model_file.h"
#include "core/inspect/class_means.h"
#include "core/model/architecture_text.h"

#include <filesystem>
#include <fmt/format.h>

namespace app
{

namespace
{

namespace fs = std::filesystem;
using core::Error;
using core::ErrorKind;

/// Everything that a run needs, loaded and checked before the long part begins.
struct Workshop {
    core::Architecture architecture;
    core::DatasetPointer training;
    core::DatasetPointer test;
    core::DatasetPointer validation; ///< null unless it chooses the epoch
    std::unique_ptr<core::Backend> backend;
};

/// The epoch that is kept so far.
struct Kept {
    int epoch = 0; ///< 0: none yet
    int correct = -1;
    std::vector<float> parameters;
};

/// After an hour of training is no time to find out that the file can't be written.
void checkOutput(const std::string& out)
{
    if (out.empty())
        return;
    const std::string extension = fs::path(out).extension().string();
    if (extension != ".safetensors" && extension != ".pt" && extension != ".pth")
        throw Error(ErrorKind::Usage,
                    fmt::format("--out {}: expected .safetensors, .pt or .pth", out));
    const fs::path folder = fs::absolute(out).parent_path();
    if (!fs::is_directory(folder))
        throw Error(ErrorKind::Output, fmt::format("{}: there is no such folder", folder.string()));
}

void checkFit(const core::Architecture& architecture, const core::Dataset& data)
{
    const core::Shape input = architecture.inputShape();
    if (input.height != data.height || input.width != data.width)
        throw Error(ErrorKind::Usage,
                    fmt::format("--arch: the input is {}x{}, the images of {} are {}x{}",
                                input.height, input.width, data.name, data.height, data.width));
    if (architecture.classes() != 10)
        throw Error(ErrorKind::Usage,
                    fmt::format("--arch: ends in {} outputs, expected 10", architecture.classes()));
}

Workshop prepare(const TrainArguments& arguments)
{
    Workshop shop;
    shop.architecture = core::parseArchitecture(arguments.architecture);
    checkOutput(arguments.common.out);
    const bool validated = arguments.select == Selected::BestValidation;
    shop.training = loadRequestedData(arguments.common, core::Split::Train,
                                      validated ? core::HoldOut::Validation : core::HoldOut::None);
    shop.test = loadRequestedData(arguments.common, core::Split::Test);
    if (validated)
        shop.validation = loadRequestedData(arguments.common, core::Split::Validation);
    checkFit(shop.architecture, *shop.training);
    shop.backend = core::makeBackend(shop.architecture, arguments.common.backendOptions());
    return shop;
}

core::TrainingObserver observe(const TrainArguments& arguments, Workshop& shop,
                               ProgressLine& progress, Kept& kept)
{
    core::TrainingObserver observer;
    observer.batchFinished = [&](int epoch, std::uint64_t done, std::uint64_t images) {
        progress.show(fmt::format("epoch {} of {}: {} of {} images", epoch,
                                  arguments.training.epochs,
                                  core::withThousands(static_cast<std::int64_t>(done)),
                                  core::withThousands(static_cast<std::int64_t>(images))));
    };
    observer.epochParameters = [&](const core::EpochResult& epoch,
                                   std::span<const float> parameters) {
        progress.keep(fmt::format(
            "epoch {}: training loss {:.4f}, {} of {} right on test, {:.1f} s", epoch.epoch,
            epoch.trainLoss, epoch.testCorrect, epoch.testImages, epoch.seconds));
        int correct = epoch.testCorrect;
        if (arguments.select == Selected::BestValidation)
            correct = shop.backend->evaluate(parameters, *shop.validation).correct;
        if (arguments.select == Selected::Last || correct > kept.correct)
            kept = {epoch.epoch, correct, {parameters.begin(), parameters.end()}};
    };
    return observer;
}

core::MeasuredAccuracy measure(Workshop& shop, const core::Model& model, const core::Dataset& data)
{
    const auto evaluation = shop.backend->evaluate(model.parameters.values(), data);
    return {data.description(), std::string(core::splitName(data.split)), evaluation.correct,
            evaluation.images};
}

core::Model makeModel(const TrainArguments& arguments, Workshop& shop, const Kept& kept,
                      const core::TrainingState& run)
{
    core::Model model;
    model.name =
        arguments.common.out.empty() ? "trained" : fs::path(arguments.common.out).stem().string();
    model.architecture = shop.architecture;
    model.parameters = core::Parameters(shop.architecture);
    std::ranges::copy(kept.parameters, model.parameters.values().begin());
    core::Provenance& provenance = model.provenance;
    provenance.origin =
        fmt::format("trained by Caddie " CADDIE_VERSION " on {}", shop.training->description());
    provenance.selectedOn = selectedOn(arguments.select);
    provenance.accuracies.push_back(measure(shop, model, *shop.test));
    if (shop.validation)
        provenance.accuracies.push_back(measure(shop, model, *shop.validation));
    provenance.recipe =
        recipeOf(arguments, *shop.training, shop.backend->name(), run, kept.epoch).dump();
    model.classStatistics = core::classMeans(*shop.backend, model, *shop.test);
    return model;
}

Json epochsAsJson(const core::TrainingState& run)
{
    Json epochs = Json::array();
    for (const core::EpochResult& epoch : run.epochs)
        epochs.push_back({{"epoch", epoch.epoch},
                          {"train_loss", epoch.trainLoss},
                          {"test_accuracy", epoch.testAccuracy()},
                          {"seconds", epoch.seconds}});
    return epochs;
}

void printTrained(const TrainArguments& arguments, const Workshop& shop, const core::Model& model,
                  const core::TrainingState& run, const Kept& kept)
{
    const core::MeasuredAccuracy& test = model.provenance.accuracies.front();
    const Json result = {{"epochs", epochsAsJson(run)},
                         {"epoch", kept.epoch},
                         {"data", test.data},
                         {"images", test.images},
                         {"correct", test.correct},
                         {"accuracy", test.accuracy()},
                         {"parameters", model.parameters.count()},
                         {"nonzero", model.parameters.nonzero()},
                         {"architecture", core::toText(model.architecture)},
                         {"trained_on", shop.training->description()},
                         {"selected_on", model.provenance.selectedOn},
                         {"backend", shop.backend->name()},
                         {"hash", core::modelHash(model)},
                         {"out", kept.epoch > 0 ? outAsJson(arguments.common) : Json()},
                         {"stopped", run.stopped}};
    Table table({"epoch", "training loss", "test accuracy", "seconds"});
    for (const core::EpochResult& epoch : run.epochs)
        table.add({std::to_string(epoch.epoch), fmt::format("{:.4f}", epoch.trainLoss),
                   percent(epoch.testAccuracy()), fmt::format("{:.1f}", epoch.seconds)});
    const std::string selection = model.provenance.selectedOn.empty()
                                      ? std::string()
                                      : " (selected on " + model.provenance.selectedOn + ")";
    printResult(
        arguments.common, result,
        fmt::format("{}{}\nepoch {}{}: {} right of {} on {}, {} non-zero of {} parameters\n{}",
                    table.text(), run.stopped ? "stopped early" : "", kept.epoch, selection,
                    core::withThousands(test.correct), core::withThousands(test.images), test.data,
                    model.parameters.nonzero(), model.parameters.count(),
                    kept.epoch > 0 ? outAsText(arguments.common) : ""));
}

int train(const TrainArguments& arguments)
{
    const StopSignal stop;
    Workshop shop = prepare(arguments);
    const core::Parameters start =
        core::initialParameters(shop.architecture, arguments.training.seed);
    Kept kept;
    core::TrainingState run;
    {
        ProgressLine progress(arguments.common);
        run = core::train(*shop.backend, {start.values().begin(), start.values().end()},
                          *shop.training, *shop.test, arguments.training,
                          observe(arguments, shop, progress, kept), stop.token());
    }
    if (kept.epoch == 0) {
        note(arguments.common, "no epoch was finished, so nothing is written");
        kept.parameters = run.parameters;
    }
    const core::Model model = makeModel(arguments, shop, kept, run);
    if (kept.epoch > 0 && !arguments.common.out.empty())
        core::saveModel(model, arguments.common.out);
    printTrained(arguments, shop, model, run, kept);
    return run.stopped ? kExitStopped : 0;
}

} // namespace

void addTrain(CLI::App& program, RunCommand& run)
{
    auto* command = program.add_subcommand("train", "Train a network on MNIST");
    auto arguments = std::make_shared<TrainArguments>();
    addTrainOptions(*command, *arguments);
    command->footer(
        "The defaults are the published recipe, whose learning rate stayed constant. "
        "Ctrl-C keeps the epochs done. A .safetensors "
        "file carries the recipe, accuracies and class means.\n\n"
        "Examples:\n"
        "  caddie train --out mine.safetensors\n"
        "  caddie train --arch '4@4x4 relu pool, 5@3x3 relu pool, 4@3x3 relu, linear 10' "
        "--epochs 40 --lr 0.002 --lr-step 5 --lr-gamma 0.62 --out 807.safetensors\n"
        "  caddie train --data samples --epochs 1 --json");
    command->callback([command, arguments, &run] {
        if (command->count("--lr-step") > 0 && arguments->training.lrStep > 0)
            arguments->training.schedule = core::ScheduleKind::Step;
        arguments->training.seed = arguments->common.seed;
        run = [arguments] { return train(*arguments); };
    });
}

} // namespace app
