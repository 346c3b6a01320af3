// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/output.h"
#include "app/run_execution.h"
#include "core/formats/model_file.h"
#include "core/model/architecture_text.h"

#include <fmt/format.h>

namespace app
{

namespace
{

Json epochsAsJson(const std::vector<core::EpochResult>& epochs)
{
    Json array = Json::array();
    for (const core::EpochResult& epoch : epochs) {
        Json object = {{"epoch", epoch.epoch},
                       {"lr", epoch.lr},
                       {"train_loss", epoch.trainLoss},
                       {"train_accuracy", epoch.trainAccuracy()},
                       {"test_accuracy", epoch.testAccuracy()},
                       {"seconds", epoch.seconds}};
        if (epoch.validationImages > 0)
            object["validation_accuracy"] = epoch.validationAccuracy();
        array.push_back(std::move(object));
    }
    return array;
}

std::string tableOf(const std::vector<core::EpochResult>& epochs)
{
    const bool validated = !epochs.empty() && epochs.front().validationImages > 0;
    std::vector<std::string> header = {"epoch", "learning rate", "training loss", "test accuracy"};
    if (validated)
        header.emplace_back("validation accuracy");
    header.emplace_back("seconds");
    Table table(header);
    for (const core::EpochResult& epoch : epochs) {
        std::vector<std::string> row = {std::to_string(epoch.epoch), brief(epoch.lr),
                                        fmt::format("{:.4f}", epoch.trainLoss),
                                        percent(epoch.testAccuracy())};
        if (validated)
            row.push_back(percent(epoch.validationAccuracy()));
        row.push_back(fmt::format("{:.2f}", epoch.seconds));
        table.add(std::move(row));
    }
    return table.text();
}

/// Which epoch was kept; the recipe that travels with the model knows.
int keptEpoch(const core::Model& model)
{
    const Json recipe = Json::parse(model.provenance.recipe, nullptr, false);
    return recipe.is_object() ? recipe.value("kept_epoch", 0) : 0;
}

void addModel(Json& result, std::string& text, const core::RunSummary& summary)
{
    const core::Model model = core::openModel(summary.model);
    const int epoch = keptEpoch(model);
    const std::string& selectedOn = model.provenance.selectedOn;
    result["epoch"] = epoch;
    result["selected_on"] = selectedOn;
    result["hash"] = core::modelHash(model);
    result["trained_on"] = Json::parse(model.provenance.recipe).at("data");
    text += fmt::format("{}epoch {}{}: {} right of {} on {}, {} non-zero of {} parameters\n",
                        summary.status == core::RunStatus::Stopped ? "stopped early; " : "", epoch,
                        selectedOn.empty() ? "" : " (selected on " + selectedOn + ")",
                        core::withThousands(summary.accuracy->correct),
                        core::withThousands(summary.accuracy->images), summary.accuracy->data,
                        summary.nonzero, summary.parameters);
}

} // namespace

void printTraining(const CommonOptions& options, const core::RunSummary& summary)
{
    const core::RunRecord record(summary.folder);
    const std::vector<core::EpochResult> epochs = record.epochs();
    const core::RunSpec& spec = record.spec();
    Json result = {{"run", summary.id},
                   {"folder", summary.folder.string()},
                   {"status", core::statusName(summary.status)},
                   {"message", summary.message},
                   {"epochs", epochsAsJson(epochs)},
                   {"parameters", summary.parameters},
                   {"nonzero", summary.nonzero},
                   {"architecture", std::get<core::TrainSpec>(spec.work).architecture},
                   {"backend", summary.backend},
                   {"stopped", summary.status != core::RunStatus::Finished}};
    if (summary.accuracy) {
        result["data"] = summary.accuracy->data;
        result["images"] = summary.accuracy->images;
        result["correct"] = summary.accuracy->correct;
        result["accuracy"] = summary.accuracy->accuracy();
    }
    std::string text = tableOf(epochs);
    const bool written = !summary.model.empty() && !spec.out.empty();
    result["out"] = written ? Json(spec.out.string()) : Json();
    if (!summary.model.empty())
        addModel(result, text, summary);
    text += written ? fmt::format("written to {}\n", spec.out.string())
                    : fmt::format("run {}: {}\n", summary.id, core::statusName(summary.status));
    printResult(options, result, text);
}

} // namespace app
