// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/data_choice.h"
#include "app/figure_writer.h"
#include "app/opening.h"
#include "app/output.h"
#include "app/stop_signal.h"
#include "core/base/binomial.h"
#include "core/model/architecture_text.h"
#include "ui/figures/figure.h"
#include "ui/figures/figure_set.h"

#include <fmt/format.h>

namespace app
{

namespace
{

struct EvalOptions {
    CommonOptions common;
    ModelChoice model;
};

struct ClassAccuracy {
    int images = 0;
    int correct = 0;

    double accuracy() const { return images == 0 ? 0.0 : static_cast<double>(correct) / images; }
};

std::span<const int> confusionRow(const core::Evaluation& evaluation, int classes, int label)
{
    return std::span(evaluation.confusion)
        .subspan(static_cast<std::size_t>(label * classes), static_cast<std::size_t>(classes));
}

std::vector<ClassAccuracy> perClass(const core::Evaluation& evaluation, int classes)
{
    std::vector<ClassAccuracy> result;
    for (int label = 0; label < classes; ++label) {
        ClassAccuracy accuracy;
        const auto row = confusionRow(evaluation, classes, label);
        for (const int count : row)
            accuracy.images += count;
        accuracy.correct = row[static_cast<std::size_t>(label)];
        result.push_back(accuracy);
    }
    return result;
}

Json asJson(const Subject& subject, const std::string& data, const core::Evaluation& evaluation)
{
    const int classes = subject.model->architecture.classes();
    const core::Interval interval = core::wilsonInterval(evaluation.correct, evaluation.images);
    Json confusion = Json::array();
    Json classAccuracies = Json::array();
    const auto accuracies = perClass(evaluation, classes);
    for (int label = 0; label < classes; ++label) {
        const auto& accuracy = accuracies[static_cast<std::size_t>(label)];
        confusion.push_back(confusionRow(evaluation, classes, label));
        classAccuracies.push_back({{"label", label},
                                   {"images", accuracy.images},
                                   {"correct", accuracy.correct},
                                   {"accuracy", accuracy.accuracy()}});
    }
    return {
        {"model", subject.model->name},
        {"data", data},
        {"images", evaluation.images},
        {"correct", evaluation.correct},
        {"accuracy", evaluation.accuracy()},
        {"interval",
         {{"method", "Wilson"}, {"level", 0.95}, {"low", interval.low}, {"high", interval.high}}},
        {"loss", evaluation.loss},
        {"confusion", std::move(confusion)},
        {"per_class", std::move(classAccuracies)},
        {"architecture", core::toText(subject.model->architecture)},
        {"parameters", subject.model->parameters.count()},
        {"nonzero", subject.model->parameters.nonzero()},
        {"selected_on", subject.model->provenance.selectedOn},
        {"backend", subject.backend->name()},
        {"stopped", evaluation.stopped}};
}

std::string confusionTable(const core::Evaluation& evaluation, int classes)
{
    std::vector<std::string> header = {"label"};
    for (int label = 0; label < classes; ++label)
        header.push_back(std::to_string(label));
    header.insert(header.end(), {"right", "accuracy"});
    Table table(header);
    const auto accuracies = perClass(evaluation, classes);
    for (int label = 0; label < classes; ++label) {
        std::vector<std::string> row = {std::to_string(label)};
        for (const int count : confusionRow(evaluation, classes, label))
            row.push_back(count == 0 ? "." : std::to_string(count));
        const auto& accuracy = accuracies[static_cast<std::size_t>(label)];
        row.push_back(fmt::format("{} of {}", accuracy.correct, accuracy.images));
        row.push_back(percent(accuracy.accuracy()));
        table.add(row);
    }
    return table.text();
}

std::string asText(const Subject& subject, const std::string& data,
                   const core::Evaluation& evaluation)
{
    const core::Model& model = *subject.model;
    const core::Interval interval = core::wilsonInterval(evaluation.correct, evaluation.images);
    std::string text =
        fmt::format("{}: {} of {} right on {}{}\n", printable(model.name),
                    core::withThousands(evaluation.correct), core::withThousands(evaluation.images),
                    data, evaluation.stopped ? " (stopped early)" : "");
    text +=
        fmt::format("  accuracy    {} (95 % interval {} to {}, Wilson)\n",
                    percent(evaluation.accuracy()), percent(interval.low), percent(interval.high));
    if (!model.provenance.selectedOn.empty())
        text += fmt::format("  selected    on {}\n", printable(model.provenance.selectedOn));
    text += fmt::format("  loss        {:.4f}\n", evaluation.loss);
    text += fmt::format("  parameters  {} non-zero of {}\n", model.parameters.nonzero(),
                        model.parameters.count());
    text += fmt::format("  computed by {}\n\n", subject.backend->name());
    return text + "Predictions for each label:\n" +
           confusionTable(evaluation, model.architecture.classes());
}

int eval(const EvalOptions& options)
{
    checkFigureFile(options.common.out);
    const StopSignal stop;
    const Subject subject = openSubject(options.model, options.common);
    const auto data = loadData(options.common, options.common.split);
    const auto evaluation = std::make_shared<const core::Evaluation>(
        subject.backend->evaluate(subject.model->parameters.values(), *data, stop.token()));
    const std::string description = data->description();
    writeFigure(options.common, originOf({subject.backend.get()}, data.get()), [&] {
        return ui::confusionFigure(subject.model, evaluation, QString::fromStdString(description));
    });
    Json result = asJson(subject, description, *evaluation);
    result["out"] = outAsJson(options.common);
    printResult(options.common, result,
                asText(subject, description, *evaluation) + outAsText(options.common));
    return evaluation->stopped ? kExitStopped : 0;
}

} // namespace

void addEval(CLI::App& program, RunCommand& run)
{
    auto* command =
        program.add_subcommand("eval", "How many images a model gets right, and which it confuses");
    auto options = std::make_shared<EvalOptions>();
    addModelArgument(*command, options->model);
    addCommonOptions(*command, options->common);
    command->footer(
        "The loss is the mean cross entropy, natural logarithm. In the confusion matrix "
        "a row is a label. --out writes it as .svg, .pdf, .png, .csv or .json, its recipe.\n\n"
        "Examples:\n"
        "  caddie eval model.pth\n"
        "  caddie eval model.pth --split train --json\n"
        "  caddie eval model.pth --data samples");
    command->callback([options, &run] { run = [options] { return eval(*options); }; });
}

} // namespace app
