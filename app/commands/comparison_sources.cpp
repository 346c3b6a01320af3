// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/comparison_sources.h"

#include "app/commands/figure_parts.h"
#include "app/recipe_pairs.h"
#include "core/inspect/class_means.h"
#include "ui/figures/pair_circuit.h"
#include "ui/figures/pair_edges.h"
#include "ui/figures/pair_features.h"
#include "ui/figures/pair_heatmap.h"
#include "ui/figures/pair_overview.h"
#include "ui/figures/pair_predictions.h"
#include "ui/figures/pair_units.h"
#include "ui/figures/pair_weights.h"

#include <algorithm>
#include <utility>

namespace app
{

namespace
{

using ui::PairMode;

/// How most things are compared, and how that ends the name of a file.
constexpr std::pair<PairMode, const char*> kBothWays[] = {{PairMode::SideBySide, ""},
                                                          {PairMode::Difference, "-difference"}};

void addPredictions(FigureAlbum& album, const ComparisonSources& sources, const ui::ModelPair& pair)
{
    album.add("Predictions", "compare-predictions",
              ui::PairPredictionsFigure(pair, sources.data, ui::DisagreementFilter::All));
}

void addWeights(FigureAlbum& album, const ComparisonSources&, const ui::ModelPair& pair)
{
    if (!ui::PairWeightsFigure::fits(pair))
        return;
    for (const auto& [mode, ending] : kBothWays)
        album.add("Weights", std::string("compare-weights") + ending,
                  ui::PairWeightsFigure(pair, mode));
    album.add("Weights", "compare-mask", ui::PairWeightsFigure(pair, PairMode::Mask));
}

void addKernels(FigureAlbum& album, const ComparisonSources&, const ui::ModelPair& pair)
{
    for (const int unit : convolutions(pair.current->architecture))
        for (const auto& [mode, ending] : kBothWays)
            album.add("Kernels", "compare-kernels-" + unitName(*pair.current, unit) + ending,
                      ui::PairKernelsFigure(pair, mode, unit));
}

void addChannels(FigureAlbum& album, const ComparisonSources& sources, const ui::ModelPair& pair)
{
    if (sources.data->size() == 0)
        return;
    const ui::PairActivations activations{activationsFor(sources.current, *sources.data, 0),
                                          activationsFor(sources.reference, *sources.data, 0),
                                          imageName(*sources.data, 0)};
    for (const int unit : convolutions(pair.current->architecture))
        for (const auto& [mode, ending] : kBothWays)
            album.add("Channel outputs",
                      "compare-channels-" + unitName(*pair.current, unit) + ending,
                      ui::PairChannelsFigure(pair, mode, unit, core::Stage::Post, activations));
}

void addHeatmaps(FigureAlbum& album, const ComparisonSources& sources, const ui::ModelPair& pair)
{
    const auto means = [&](const Subject& subject) {
        return core::classMeans(*subject.backend, *subject.model, *sources.data, core::Stage::Post,
                                sources.progress.observer(), sources.stop);
    };
    const auto statistics = std::make_shared<const ui::PairStatistics>(
        ui::PairStatistics{means(sources.current), means(sources.reference)});
    if (sources.stop.stop_requested())
        return;
    for (const auto& [mode, ending] : kBothWays)
        album.add("Class heatmap", std::string("compare-heatmap") + ending,
                  ui::PairHeatmapFigure(pair, mode, statistics));
}

void addOverview(FigureAlbum& album, const ComparisonSources&, const ui::ModelPair& pair)
{
    album.add("Overview", "compare-overview", ui::PairOverviewFigure(pair, PairMode::SideBySide));
}

void addCircuits(FigureAlbum& album, const ComparisonSources&, const ui::ModelPair& pair)
{
    if (!ui::PairCircuitFigure::fits(pair))
        return;
    for (const auto& [mode, ending] : kBothWays)
        album.add("Circuit", std::string("compare-circuit") + ending,
                  ui::PairCircuitFigure(pair, mode, {}));
}

/// Nothing where a first layer is no convolution.
void addEdgeDetectors(FigureAlbum& album, const ComparisonSources& sources,
                      const ui::ModelPair& pair)
{
    const auto startsWithConvolution = [](const core::Model& model) {
        const std::vector<int> units = convolutions(model.architecture);
        return !units.empty() && units.front() == 0;
    };
    if (!startsWithConvolution(*pair.current) || !startsWithConvolution(*pair.reference))
        return;
    const auto measured = [&](const Subject& subject) {
        return core::orientations(*subject.backend, *subject.model, sources.stop);
    };
    const auto orientations = std::make_shared<const ui::PairOrientations>(
        ui::PairOrientations{measured(sources.current), measured(sources.reference)});
    if (sources.stop.stop_requested())
        return;
    for (const auto& [mode, ending] : kBothWays)
        album.add("Edge detectors", std::string("compare-edges") + ending,
                  ui::PairEdgesFigure(pair, mode, orientations, core::Stage::Post));
}

void addFeatures(FigureAlbum& album, const ComparisonSources& sources, const ui::ModelPair& pair)
{
    const std::vector<std::string> others = core::maximizerGroups(pair.reference->architecture);
    ui::MaximizationFigureOptions options;
    options.settings = sources.maximizer;
    for (const std::string& group : core::maximizerGroups(pair.current->architecture)) {
        if (std::ranges::find(others, group) == others.end())
            continue;
        sources.progress.show("features of " + group);
        const auto images = [&](const Subject& subject) {
            const core::Model& model = *subject.model;
            return std::make_shared<const core::Maximization>(
                core::maximize(*subject.backend, model.parameters.values(),
                               core::maximizerTargets(model.architecture, group), sources.maximizer,
                               {}, sources.stop));
        };
        const ui::PairMaximizations both{images(sources.current), images(sources.reference)};
        if (sources.stop.stop_requested())
            return;
        album.add("Feature visualisation", "compare-features-" + group,
                  ui::PairFeaturesFigure(pair, PairMode::SideBySide, both, options, group));
    }
}

} // namespace

bool addComparison(FigureAlbum& album, const ComparisonSources& sources)
{
    const ui::ModelPair pair = comparedPair(
        sources.current.model, *sources.current.backend, sources.reference.model,
        *sources.reference.backend, *sources.data, sources.progress.observer(), sources.stop);
    for (const auto& addPart : {addOverview, addPredictions, addWeights, addCircuits, addKernels,
                                addChannels, addHeatmaps, addEdgeDetectors, addFeatures}) {
        if (sources.stop.stop_requested())
            return false;
        addPart(album, sources, pair);
    }
    return !sources.stop.stop_requested();
}

} // namespace app
