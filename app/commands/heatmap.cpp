// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/data_choice.h"
#include "app/figure_writer.h"
#include "app/opening.h"
#include "app/output.h"
#include "app/progress_line.h"
#include "app/stop_signal.h"
#include "core/inspect/class_means.h"
#include "ui/figures/figure.h"
#include "ui/figures/figure_set.h"

#include <fmt/format.h>

namespace app
{

namespace
{

struct HeatmapOptions {
    CommonOptions common;
    ModelChoice model;
    core::Stage stage = core::Stage::Post;
    ui::HeatmapMode mode = ui::HeatmapMode::Rows;
};

std::string stageName(core::Stage stage)
{
    return stage == core::Stage::Pre ? "pre" : "post";
}

/// The statistics that came with the model's file, where they are what was asked for and the data
/// to compute them anew is absent.
const core::ClassStatistics* storedStatistics(const HeatmapOptions& options,
                                              const core::Model& model)
{
    const auto& stored = model.classStatistics;
    if (options.common.data || !stored || stored->stage != options.stage)
        return nullptr;
    const std::string split = fmt::format(" {},", core::splitName(options.common.split));
    if (stored->data.find(split) == std::string::npos || chosenMnist(options.common))
        return nullptr;
    return &*stored;
}

Json asJson(const core::Model& model, const core::ClassStatistics& statistics, bool stored,
            bool stopped)
{
    return {{"model", model.name},
            {"data", statistics.data},
            {"source", stored ? "stored with the model" : "computed"},
            {"stage", stageName(statistics.stage)},
            {"shape", shapeAsJson(statistics.shape)},
            {"count", statistics.count},
            {"mean", numbers(statistics.mean, statistics.features())},
            {"std", numbers(statistics.deviation, statistics.features())},
            {"stopped", stopped}};
}

std::string asText(const core::Model& model, const core::ClassStatistics& statistics)
{
    std::vector<std::string> header = {"neuron"};
    for (int label = 0; label < statistics.classes(); ++label)
        header.push_back(std::to_string(label));
    Table table(header);
    const core::Shape& shape = statistics.shape;
    for (int feature = 0; feature < statistics.features(); ++feature) {
        const int position = feature % shape.area();
        std::vector<std::string> row = {fmt::format("{} (ch {}, {} {})", feature,
                                                    feature / shape.area(), position / shape.width,
                                                    position % shape.width)};
        for (int label = 0; label < statistics.classes(); ++label)
            row.push_back(fmt::format("{:.3f}", statistics.meanOf(label, feature)));
        table.add(row);
    }
    return fmt::format("{}: mean of each feature neuron {} its activation function, by class\n"
                       "  data  {}\n\n{}",
                       printable(model.name),
                       statistics.stage == core::Stage::Pre ? "before" : "after",
                       printable(statistics.data), table.text());
}

void deliver(const HeatmapOptions& options, const core::ModelPointer& model,
             const core::ClassStatistics& statistics, const ui::FigureOrigin& origin, Json result)
{
    writeFigure(options.common, origin, [&] {
        return ui::classHeatmapFigure(
            model, std::make_shared<const core::ClassStatistics>(statistics), options.mode);
    });
    result["out"] = outAsJson(options.common);
    printResult(options.common, result, asText(*model, statistics) + outAsText(options.common));
}

int heatmap(const HeatmapOptions& options)
{
    checkFigureFile(options.common.out);
    const StopSignal stop;
    const auto model = openChosenModel(options.model, options.common).model;
    if (const auto* stored = storedStatistics(options, *model)) {
        note(options.common, "MNIST was not found: these are the numbers stored with the model");
        deliver(options, model, *stored, {}, asJson(*model, *stored, true, false));
        return 0;
    }
    const auto backend = core::makeBackend(model->architecture, options.common.backendOptions());
    const auto data = loadData(options.common, options.common.split);
    core::ClassStatistics statistics;
    {
        ProgressLine progress(options.common);
        statistics = core::classMeans(*backend, *model, *data, options.stage, progress.observer(),
                                      stop.token());
    }
    deliver(options, model, statistics, originOf({backend.get()}, data.get()),
            asJson(*model, statistics, false, stop.requested()));
    return stop.requested() ? kExitStopped : 0;
}

} // namespace

void addHeatmap(CLI::App& program, RunCommand& run)
{
    auto* command =
        program.add_subcommand("heatmap", "Mean of every feature neuron for each class");
    auto options = std::make_shared<HeatmapOptions>();
    addModelArgument(*command, options->model);
    addStageOption(*command, options->stage);
    addWord<ui::HeatmapMode>(*command, "--mode", options->mode,
                             {{"rows", ui::HeatmapMode::Rows},
                              {"maps", ui::HeatmapMode::Maps},
                              {"difference", ui::HeatmapMode::Difference}},
                             "What the figure of --out shows: a row a class, a small map a class "
                             "and channel, or rows minus the mean over all images");
    addCommonOptions(*command, options->common);
    command->footer(
        "Feature neurons are what the last linear layer reads. In the JSON object, mean "
        "and std are [class][neuron]; the std is over the images of the class (divided "
        "by n). --out takes .svg, .pdf, .png, .csv or .json, its recipe.\n\n"
        "Examples:\n"
        "  caddie heatmap model.pth\n"
        "  caddie heatmap model.pth --split train --stage pre --json");
    command->callback([options, &run] { run = [options] { return heatmap(*options); }; });
}

} // namespace app
