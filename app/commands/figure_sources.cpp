// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/figure_sources.h"

#include "app/commands/figure_parts.h"
#include "app/recipe_runs.h"
#include "core/inspect/class_means.h"
#include "ui/figures/circuit_figure.h"
#include "ui/figures/figure_set.h"
#include "ui/figures/weights_figure.h"

#include <algorithm>
#include <fmt/format.h>
#include <functional>

namespace app
{

namespace
{

void addOverview(FigureAlbum& album, const FigureSources& sources)
{
    const core::ModelPointer& model = sources.subject.model;
    const auto evaluation = std::make_shared<const core::Evaluation>(
        sources.subject.backend->evaluate(model->parameters.values(), *sources.data, sources.stop));
    if (evaluation->stopped)
        return;
    const QString data = QString::fromStdString(sources.data->description());
    album.add("Overview", "overview", *ui::overviewFigure(model, evaluation, data));
    album.add("Overview", "network", *ui::networkFigure(model));
    album.add("Overview", "confusion", *ui::confusionFigure(model, evaluation, data));
}

void addKernels(FigureAlbum& album, const FigureSources& sources)
{
    const core::ModelPointer& model = sources.subject.model;
    for (const int unit : convolutions(model->architecture))
        album.add("Kernels", "kernels-" + unitName(*model, unit), *ui::kernelsFigure(model, unit));
}

void addWeights(FigureAlbum& album, const FigureSources& sources)
{
    const core::ModelPointer& model = sources.subject.model;
    const ui::WeightsFigure weights(model, model);
    if (weights.readable())
        album.add("Weights", "weights", weights);
    ui::CircuitOptions options; // with an image, so that the nodes are not empty
    options.activations = activationsFor(sources.subject, *sources.data, 0);
    options.input = imageName(*sources.data, 0);
    const ui::CircuitFigure circuit(model, options);
    if (circuit.drawable())
        album.add("Weights", "circuit", circuit);
}

void addEdgeDetectors(FigureAlbum& album, const FigureSources& sources)
{
    addEdges(album, "edges", sources.subject, sources.stop);
}

void addChannels(FigureAlbum& album, const FigureSources& sources)
{
    const core::ModelPointer& model = sources.subject.model;
    for (int label = 0; label < 10; ++label) {
        const auto found =
            std::ranges::find(sources.data->labels, static_cast<std::uint8_t>(label));
        if (found == sources.data->labels.end() || sources.stop.stop_requested())
            continue;
        const int image = static_cast<int>(found - sources.data->labels.begin());
        const auto activations = activationsFor(sources.subject, *sources.data, image);
        for (const int unit : convolutions(model->architecture)) {
            const std::string name = unitName(*model, unit);
            sources.progress.show(fmt::format("channels of {} for a {}", name, label));
            ui::ChannelsOptions options;
            options.unit = unit;
            options.input = imageName(*sources.data, image);
            album.add(fmt::format("Channel outputs for a {}", label),
                      fmt::format("channels-{}-digit-{}", name, label),
                      *ui::channelsFigure(model, activations, options));
        }
    }
}

std::shared_ptr<const core::ClassStatistics> statisticsOf(const FigureSources& sources)
{
    const core::ModelPointer& model = sources.subject.model;
    if (sources.storedStatistics && model->classStatistics)
        return {model, &*model->classStatistics};
    return std::make_shared<const core::ClassStatistics>(
        core::classMeans(*sources.subject.backend, *model, *sources.data, core::Stage::Post,
                         sources.progress.observer(), sources.stop));
}

void addHeatmaps(FigureAlbum& album, const FigureSources& sources)
{
    const core::ModelPointer& model = sources.subject.model;
    const auto statistics = statisticsOf(sources);
    if (sources.stop.stop_requested())
        return;
    const std::pair<const char*, ui::HeatmapMode> modes[] = {
        {"heatmap-rows", ui::HeatmapMode::Rows},
        {"heatmap-maps", ui::HeatmapMode::Maps},
        {"heatmap-difference", ui::HeatmapMode::Difference}};
    for (const auto& [name, mode] : modes)
        album.add("Class heatmap", name, *ui::classHeatmapFigure(model, statistics, mode));
}

void addFeatures(FigureAlbum& album, const FigureSources& sources)
{
    const core::ModelPointer& model = sources.subject.model;
    for (const std::string& group : core::maximizerGroups(model->architecture)) {
        const auto observe = [&](const core::MaximizerFrame& frame) {
            sources.progress.show(fmt::format("features of {}: step {} of {}", group, frame.step,
                                              sources.maximizer.steps));
        };
        const auto result = std::make_shared<const core::Maximization>(
            core::maximize(*sources.subject.backend, model->parameters.values(),
                           core::maximizerTargets(model->architecture, group), sources.maximizer,
                           observe, sources.stop));
        if (result->stopped)
            return;
        ui::MaximizationFigureOptions options;
        options.settings = sources.maximizer;
        album.add("Feature visualisation", "features-" + group,
                  *ui::maximizationFigure(model, result, options));
    }
}

void addHistory(FigureAlbum& album, const FigureSources& sources)
{
    if (const auto figure = pruningThatMade(*sources.subject.model, sources.runs))
        album.add("Pruning", "pruning", *figure);
}

} // namespace

bool addAllFigures(FigureAlbum& album, const FigureSources& sources)
{
    for (const auto& addPart : {addOverview, addWeights, addKernels, addEdgeDetectors, addChannels,
                                addHeatmaps, addFeatures, addHistory}) {
        addPart(album, sources);
        if (sources.stop.stop_requested())
            return false;
    }
    return true;
}

} // namespace app
