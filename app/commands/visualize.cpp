// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/commands/maximizer_arguments.h"
#include "app/data_choice.h"
#include "app/figure_writer.h"
#include "app/opening.h"
#include "app/output.h"
#include "app/progress_line.h"
#include "app/stop_signal.h"
#include "core/inspect/best_of_dataset.h"
#include "ui/figures/figure.h"
#include "ui/figures/figure_set.h"

#include <fmt/format.h>

namespace app
{

namespace
{

struct VisualizeOptions {
    CommonOptions common;
    ModelChoice model;
    MaximizerArguments maximizer;
    std::vector<std::string> targets;
    core::Stage stage = core::Stage::Post;
    bool compare = false;
};

/// What was found, and the best of the data set for each target where that was asked for.
struct Visualization {
    std::shared_ptr<const core::Maximization> result;
    std::vector<core::BestImage> best;
    std::string data; ///< of `best`
};

std::vector<core::MaximizerTarget> chosenTargets(const VisualizeOptions& options,
                                                 const core::Architecture& architecture)
{
    auto groups = options.targets;
    if (groups.empty())
        groups = core::maximizerGroups(architecture);
    std::vector<core::MaximizerTarget> targets;
    for (const std::string& group : groups)
        for (auto& target : core::maximizerTargets(architecture, group, options.stage))
            targets.push_back(std::move(target));
    return targets;
}

std::vector<core::BestImage> compareWith(const core::Dataset& data, Subject& subject,
                                         const core::Maximization& result,
                                         const std::stop_token& stop)
{
    std::vector<core::Objective> objectives;
    for (const core::MaximizerTarget& target : result.targets)
        objectives.push_back(target.objective);
    return core::bestOfDataset(*subject.backend, *subject.model, data, objectives, stop);
}

Json targetsAsJson(const Visualization& found)
{
    Json targets = Json::array();
    for (std::size_t i = 0; i < found.result->targets.size(); ++i) {
        const core::MaximizerTarget& target = found.result->targets[i];
        Json entry = {{"name", target.name},
                      {"layer", target.layer},
                      {"index", target.index},
                      {"start", shortest(found.result->start[i])},
                      {"end", shortest(found.result->end[i])}};
        if (!found.best.empty())
            entry["best_of_data"] = {{"image", found.best[i].image},
                                     {"value", shortest(found.best[i].value)}};
        targets.push_back(std::move(entry));
    }
    return targets;
}

std::string targetTable(const Visualization& found)
{
    const bool compared = !found.best.empty();
    std::vector<std::string> header = {"target", "start", "end"};
    if (compared)
        header.insert(header.end(), {"best of data", "image"});
    Table table(header);
    for (std::size_t i = 0; i < found.result->targets.size(); ++i) {
        std::vector<std::string> row = {found.result->targets[i].name,
                                        fmt::format("{:.3f}", found.result->start[i]),
                                        fmt::format("{:.3f}", found.result->end[i])};
        if (compared)
            row.insert(row.end(), {fmt::format("{:.3f}", found.best[i].value),
                                   std::to_string(found.best[i].image)});
        table.add(row);
    }
    return table.text();
}

void print(const VisualizeOptions& options, const Subject& subject, const Visualization& found,
           const core::MaximizerOptions& settings)
{
    const core::Maximization& result = *found.result;
    Json object = {{"model", subject.model->name},
                   {"targets", targetsAsJson(found)},
                   {"steps", result.steps},
                   {"seed", settings.seed},
                   {"settings", settingsAsJson(settings)},
                   {"stage", options.stage == core::Stage::Pre ? "pre" : "post"},
                   {"data", found.data.empty() ? Json() : Json(found.data)},
                   {"backend", subject.backend->name()},
                   {"out", outAsJson(options.common)},
                   {"stopped", result.stopped}};
    std::string text = fmt::format(
        "{}: {} steps of gradient {}, seed {}, pixels {}{}\n", printable(subject.model->name),
        result.steps, settings.direction == core::AscentDirection::Minimize ? "descent" : "ascent",
        settings.seed, settings.range == core::PixelRange::Unit ? "kept in 0..1" : "free",
        result.stopped ? " (stopped early)" : "");
    if (!found.data.empty())
        text += fmt::format("  compared with {}\n", found.data);
    text += "\n" + targetTable(found) + outAsText(options.common);
    printResult(options.common, object, text);
}

int visualize(const VisualizeOptions& options)
{
    checkFigureFile(options.common.out);
    const StopSignal stop;
    const core::MaximizerOptions settings = options.maximizer.settings(options.common.seed);
    Subject subject;
    subject.model = openChosenModel(options.model, options.common).model;
    // What can be refused quickly comes before LibTorch is loaded.
    auto targets = chosenTargets(options, subject.model->architecture);
    subject.backend =
        core::makeBackend(subject.model->architecture, options.common.backendOptions());
    Visualization found;
    {
        ProgressLine progress(options.common);
        const auto observe = [&](const core::MaximizerFrame& frame) {
            progress.show(fmt::format("step {} of {}", frame.step, settings.steps));
        };
        found.result = std::make_shared<const core::Maximization>(
            core::maximize(*subject.backend, subject.model->parameters.values(), std::move(targets),
                           settings, observe, stop.token()));
    }
    if (options.compare && !stop.requested()) {
        const auto data = loadData(options.common, options.common.split);
        found.best = compareWith(*data, subject, *found.result, stop.token());
        found.data = data->description();
    }
    writeFigure(options.common, originOf({subject.backend.get()}), [&] {
        ui::MaximizationFigureOptions figure;
        figure.settings = settings;
        figure.stage = options.stage;
        return ui::maximizationFigure(subject.model, found.result, figure);
    });
    print(options, subject, found, settings);
    return stop.requested() ? kExitStopped : 0;
}

} // namespace

void addVisualize(CLI::App& program, RunCommand& run)
{
    auto* command = program.add_subcommand(
        "visualize", "Images that excite channels, neurons and logits most, by gradient ascent");
    auto options = std::make_shared<VisualizeOptions>();
    addModelArgument(*command, options->model);
    command
        ->add_option(
            "--targets", options->targets,
            "Groups of targets: a layer's channels such as conv1, neurons, logits; default: "
            "all")
        ->type_name("GROUP,...")
        ->delimiter(',');
    addStageOption(*command, options->stage);
    addMaximizerOptions(*command, options->maximizer);
    command->add_flag("--compare-dataset", options->compare,
                      "Beside each result, the image of the data that excites the target most");
    addCommonOptions(*command, options->common);
    command->footer(
        "A channel's objective is its mean over the map. The same seed gives the same "
        "image, for one target alone as for all together. --out takes .png, .svg, .pdf, "
        ".csv or .json, its recipe.\n\n"
        "Examples:\n"
        "  caddie visualize model.pth --targets neurons --steps 256 --seed 1 --out f.png\n"
        "  caddie visualize model.pth --preset smooth --compare-dataset\n"
        "  caddie visualize model.pth --targets conv1,conv2 --json");
    command->callback([options, &run] { run = [options] { return visualize(*options); }; });
}

} // namespace app
