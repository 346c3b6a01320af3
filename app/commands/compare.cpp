// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/data_choice.h"
#include "app/opening.h"
#include "app/output.h"
#include "app/progress_line.h"
#include "app/result_file.h"
#include "app/stop_signal.h"
#include "core/inspect/comparison.h"

#include <fmt/format.h>

namespace app
{

namespace
{

struct CompareOptions {
    CommonOptions common;
    ModelChoice a;
    ModelChoice b;
    core::ComparisonOptions comparison;
};

Json maskAsJson(const core::MaskCounts& mask)
{
    return {{"both", mask.both},
            {"only_a", mask.onlyA},
            {"only_b", mask.onlyB},
            {"neither", mask.neither}};
}

Json perClassAsJson(const core::PredictionComparison& predictions)
{
    Json rows = Json::array();
    for (std::size_t label = 0; label < predictions.perClass.size(); ++label) {
        const core::AgreementCounts& counts = predictions.perClass[label];
        rows.push_back({{"label", label},
                        {"images", counts.images},
                        {"correct", {{"a", counts.correctA()}, {"b", counts.correctB()}}},
                        {"agreement", counts.agree},
                        {"only_a", counts.onlyA},
                        {"only_b", counts.onlyB}});
    }
    return rows;
}

Json confusionAsJson(const core::PredictionComparison& predictions)
{
    Json rows = Json::array();
    const auto classes = static_cast<std::size_t>(predictions.classes);
    for (std::size_t label = 0; label < classes; ++label)
        rows.push_back(
            std::span(predictions.confusionDifference).subspan(label * classes, classes));
    return rows;
}

Json tensorsAsJson(const std::vector<core::TensorDifference>& tensors)
{
    Json rows = Json::array();
    for (const core::TensorDifference& tensor : tensors) {
        Json row = {{"a", tensor.nameA.empty() ? Json() : Json(tensor.nameA)},
                    {"b", tensor.nameB.empty() ? Json() : Json(tensor.nameB)},
                    {"comparable", tensor.comparable}};
        if (tensor.comparable) {
            row["mask"] = maskAsJson(tensor.mask);
            row["changed"] = tensor.changed;
            row["max"] = tensor.maximum;
            row["mean"] = tensor.mean;
            row["distance"] = tensor.distance;
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

void addChannels(Json& result, const std::vector<core::UnitMatching>& units)
{
    Json matched = Json::array();
    Json unmatched = Json::array();
    for (const core::UnitMatching& unit : units) {
        for (const core::ChannelPair& pair : unit.matched)
            matched.push_back({{"layer", unit.unit},
                               {"a", pair.a},
                               {"b", pair.b},
                               {"correlation", pair.correlation}});
        if (!unit.onlyA.empty() || !unit.onlyB.empty())
            unmatched.push_back({{"layer", unit.unit}, {"a", unit.onlyA}, {"b", unit.onlyB}});
    }
    result["matched"] = std::move(matched);
    result["unmatched"] = std::move(unmatched);
}

Json asJson(const Subject& a, const Subject& b, const core::Comparison& comparison)
{
    const core::AgreementCounts& total = comparison.predictions.total;
    Json disagreements = Json::array();
    for (const core::Disagreement& image : comparison.predictions.disagreements)
        disagreements.push_back(
            {{"image", image.image}, {"label", image.label}, {"a", image.a}, {"b", image.b}});
    Json result = {
        {"models", {{"a", a.model->name}, {"b", b.model->name}}},
        {"data", comparison.data},
        {"images", total.images},
        {"nonzero", {{"a", comparison.nonzeroA}, {"b", comparison.nonzeroB}}},
        {"correct", {{"a", total.correctA()}, {"b", total.correctB()}}},
        {"agreement", total.agree},
        {"agreement_share", total.agreement()},
        {"both", total.both},
        {"only_a", total.onlyA},
        {"only_b", total.onlyB},
        {"neither", total.neither},
        {"selected_on",
         {{"a", a.model->provenance.selectedOn}, {"b", b.model->provenance.selectedOn}}}};
    addChannels(result, comparison.units);
    result["mask"] = maskAsJson(comparison.mask);
    result["tensors"] = tensorsAsJson(comparison.tensors);
    result["per_class"] = perClassAsJson(comparison.predictions);
    result["confusion_difference"] = confusionAsJson(comparison.predictions);
    result["disagreements"] = std::move(disagreements);
    result["backend"] = {{"a", a.backend->name()}, {"b", b.backend->name()}};
    result["stopped"] = comparison.stopped;
    return result;
}

std::string summary(const Subject& a, const Subject& b, const core::Comparison& comparison)
{
    const core::AgreementCounts& total = comparison.predictions.total;
    const auto share = [&](int correct) {
        return percent(total.images == 0 ? 0.0 : static_cast<double>(correct) / total.images);
    };
    Table table({"", "model", "non-zero", "right", "accuracy", "only it is right"}, 2);
    table.add({"a", a.model->name, core::withThousands(static_cast<long>(comparison.nonzeroA)),
               core::withThousands(total.correctA()), share(total.correctA()),
               core::withThousands(total.onlyA)});
    table.add({"b", b.model->name, core::withThousands(static_cast<long>(comparison.nonzeroB)),
               core::withThousands(total.correctB()), share(total.correctB()),
               core::withThousands(total.onlyB)});
    std::string text = fmt::format("{}{}\n\n{}\n", printable(comparison.data),
                                   comparison.stopped ? " (stopped early)" : "", table.text());
    text += fmt::format("  same answer   {} of {} images ({})\n", core::withThousands(total.agree),
                        core::withThousands(total.images), percent(total.agreement()));
    text += fmt::format("  weights       {} in both, {} only in a, {} only in b\n",
                        comparison.mask.both, comparison.mask.onlyA, comparison.mask.onlyB);
    return text;
}

std::string channelTable(const std::vector<core::UnitMatching>& units)
{
    Table table({"layer", "a", "b", "correlation"});
    for (const core::UnitMatching& unit : units) {
        for (const core::ChannelPair& pair : unit.matched)
            table.add({unit.unit, std::to_string(pair.a), std::to_string(pair.b),
                       fmt::format("{:.3f}", pair.correlation)});
        for (const int a : unit.onlyA)
            table.add({unit.unit, std::to_string(a), "-", ""});
        for (const int b : unit.onlyB)
            table.add({unit.unit, "-", std::to_string(b), ""});
    }
    return table.text();
}

std::string classTable(const core::PredictionComparison& predictions)
{
    Table table({"label", "images", "right in a", "right in b", "same answer", "only a", "only b"});
    for (std::size_t label = 0; label < predictions.perClass.size(); ++label) {
        const core::AgreementCounts& counts = predictions.perClass[label];
        table.add({std::to_string(label), std::to_string(counts.images),
                   std::to_string(counts.correctA()), std::to_string(counts.correctB()),
                   std::to_string(counts.agree), std::to_string(counts.onlyA),
                   std::to_string(counts.onlyB)});
    }
    return table.text();
}

int compare(const CompareOptions& options)
{
    checkResultFile(options.common);
    const StopSignal stop;
    const Subject a = openSubject(options.a, options.common);
    const Subject b = openSubject(choiceOfSecond(options.a, options.b), options.common);
    const auto data = loadData(options.common, options.common.split);
    core::Comparison comparison;
    {
        ProgressLine progress(options.common);
        comparison = core::compareModels(*a.backend, *a.model, *b.backend, *b.model, *data,
                                         options.comparison, progress.observer(), stop.token());
    }
    Json result = asJson(a, b, comparison);
    result["out"] = outAsJson(options.common);
    writeResultFile(options.common, result);
    printResult(options.common, result,
                fmt::format("{}\nChannels by the correlation of their outputs over {} images:\n{}"
                            "\n{}{}",
                            summary(a, b, comparison),
                            std::min(options.comparison.matchingImages, data->size()),
                            channelTable(comparison.units), classTable(comparison.predictions),
                            outAsText(options.common)));
    return comparison.stopped ? kExitStopped : 0;
}

} // namespace

void addCompare(CLI::App& program, RunCommand& run)
{
    auto* command = program.add_subcommand(
        "compare", "How two models differ: answers, weights, and which channels correspond");
    auto options = std::make_shared<CompareOptions>();
    command->add_option("A", options->a.file, "A model file")->required()->type_name("");
    command->add_option("B", options->b.file, "Another one")->required()->type_name("");
    command
        ->add_option("--matching-images", options->comparison.matchingImages,
                     "Images, spread over the data, that the channels' correlation is taken over")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(2, 60000));
    addLayoutOptions(*command, options->a);
    addLayoutOptions(*command, options->b, "-b");
    addCommonOptions(*command, options->common);
    command->footer(
        "--layout and --arch are for both models, --layout-b and --arch-b for B where it needs "
        "others. "
        "Channels are matched one to one so that the sum of the correlations of their outputs is "
        "the highest (the Hungarian method); those that no other is positively correlated with "
        "stay alone. In the JSON object agreement counts the images with the same answer, only_a "
        "those that only A answers right, and mask the non-zero parameters of tensors that both "
        "have in the same shape. --out writes the object as .json.\n\n"
        "Examples:\n"
        "  caddie compare model.pth model-pruned.pth\n"
        "  caddie compare model.pth model-pruned.pth --split train --json\n"
        "  caddie compare model.pth other.pth --arch-b '8@5x5 relu pool, linear 10'");
    command->callback([options, &run] { run = [options] { return compare(*options); }; });
}

} // namespace app
