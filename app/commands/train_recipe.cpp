// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/train_recipe.h"

#include "core/base/sha256.h"
#include "core/model/architecture_text.h"

namespace app
{

namespace
{

const std::vector<std::pair<std::string, Selected>> kSelections = {
    {"last", Selected::Last},
    {"best-test", Selected::BestTest},
    {"best-validation", Selected::BestValidation}};

std::string contentHash(const core::Dataset& data)
{
    core::Sha256 hash;
    hash.add(std::as_bytes(std::span(data.pixels)));
    hash.add(std::as_bytes(std::span(data.labels)));
    return hash.hex();
}

} // namespace

void addTrainOptions(CLI::App& command, TrainArguments& arguments)
{
    core::TrainingOptions& training = arguments.training;
    const auto number = [&command](const std::string& name, auto& target, const std::string& help) {
        return command.add_option(name, target, help)->type_name("N")->capture_default_str();
    };
    command.add_option("--arch", arguments.architecture, "The network, as text")
        ->type_name("TEXT")
        ->capture_default_str();
    number("--epochs", training.epochs, "Passes over the training images")
        ->check(CLI::Range(1, 1000000));
    number("--batch", training.batch, "Images a step")->check(CLI::Range(1, 60000));
    number("--lr", training.lr, "Learning rate of AdamW")->check(CLI::PositiveNumber);
    number("--lr-step", training.lrStep, "Epochs after which the rate is multiplied; 0: constant")
        ->check(CLI::NonNegativeNumber);
    number("--lr-gamma", training.lrGamma, "What it is multiplied by")->check(CLI::PositiveNumber);
    number("--weight-decay", training.weightDecay, "Of AdamW")->check(CLI::NonNegativeNumber);
    addWord(command, "--select", arguments.select, kSelections,
            "The epoch to keep. best-validation trains without the last 10,000 training images; "
            "best-test chooses by the test set, and the file says so");
    addCommonOptions(command, arguments.common);
}

std::string selectedOn(Selected select)
{
    switch (select) {
    case Selected::Last:
        return "";
    case Selected::BestTest:
        return "test";
    case Selected::BestValidation:
        return "validation";
    }
    return "";
}

Json recipeOf(const TrainArguments& arguments, const core::Dataset& training,
              const std::string& backend, const core::TrainingState& run, int keptEpoch)
{
    const core::TrainingOptions& options = arguments.training;
    std::string select;
    for (const auto& [word, value] : kSelections)
        if (value == arguments.select)
            select = word;
    return {{"command", "train"},
            {"program", "caddie " CADDIE_VERSION},
            {"backend", backend},
            {"threads", arguments.common.threads},
            {"arch", core::toText(core::parseArchitecture(arguments.architecture))},
            {"epochs", options.epochs},
            {"batch", options.batch},
            {"lr", options.lr},
            {"lr_step", options.lrStep},
            {"lr_gamma", options.lrGamma},
            {"weight_decay", options.weightDecay},
            {"optimizer", "AdamW"},
            {"seed", options.seed},
            {"select", select},
            {"data", training.description()},
            {"data_sha256", contentHash(training)},
            {"epochs_done", run.epochs.size()},
            {"kept_epoch", keptEpoch},
            {"stopped", run.stopped}};
}

} // namespace app
