// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/recipe_pairs.h"

#include "app/recipe_reading.h"
#include "core/base/error.h"
#include "core/inspect/class_means.h"
#include "ui/figures/pair_circuit.h"
#include "ui/figures/pair_edges.h"
#include "ui/figures/pair_features.h"
#include "ui/figures/pair_heatmap.h"
#include "ui/figures/pair_overview.h"
#include "ui/figures/pair_predictions.h"
#include "ui/figures/pair_units.h"
#include "ui/figures/pair_weights.h"
#include "ui/figures/recipe.h"

#include <QJsonArray>

#include <algorithm>

namespace app
{

namespace
{

using FigurePointer = std::unique_ptr<ui::Figure>;

/// What a recipe compares.
struct Compared {
    const QJsonObject& recipe;
    std::unique_ptr<core::Backend> current;
    std::unique_ptr<core::Backend> reference;
    core::DatasetPointer data;
    ui::ModelPair pair;
    ui::PairMode mode;
};

ui::PairMode modeOf(const QJsonObject& recipe)
{
    return static_cast<ui::PairMode>(
        recipeWord(recipe, "mode", {"side-by-side", "difference", "current", "reference", "mask"}));
}

Compared comparedIn(const QJsonObject& recipe, const RecipeSources& sources)
{
    const core::ModelPointer model = recipeModel(recipe, sources);
    const core::ModelPointer other = recipeModel(recipe, sources, "reference");
    Compared found{recipe,
                   recipeBackend(*model, sources),
                   recipeBackend(*other, sources),
                   recipeData(recipe, sources),
                   {},
                   modeOf(recipe)};
    found.pair = comparedPair(model, *found.current, other, *found.reference, *found.data,
                              sources.progress.observer(), sources.stop);
    return found;
}

/// Without a look at data.
FigurePointer weights(const QJsonObject& recipe, const RecipeSources& sources)
{
    const core::ModelPointer model = recipeModel(recipe, sources);
    const core::ModelPointer other = recipeModel(recipe, sources, "reference");
    auto comparison = std::make_shared<core::Comparison>();
    comparison->tensors = core::parameterDifference(*other, *model);
    comparison->mask = core::maskDifference(comparison->tensors);
    return std::make_unique<ui::PairWeightsFigure>(ui::ModelPair{model, other, comparison},
                                                   modeOf(recipe));
}

int unitOf(const Compared& compared)
{
    return recipeUnit(compared.recipe, *compared.pair.current);
}

FigurePointer channels(const Compared& compared)
{
    const ui::ModelPair& pair = compared.pair;
    return std::make_unique<ui::PairChannelsFigure>(
        pair, compared.mode, unitOf(compared), recipeStage(compared.recipe),
        ui::PairActivations{
            recipeActivations(compared.recipe, *pair.current, *compared.current),
            recipeActivations(compared.recipe, *pair.reference, *compared.reference),
            compared.recipe.value(QStringLiteral("input")).toString()});
}

FigurePointer kernels(const Compared& compared)
{
    return std::make_unique<ui::PairKernelsFigure>(compared.pair, compared.mode, unitOf(compared));
}

FigurePointer heatmap(const Compared& compared, const RecipeSources& sources)
{
    const auto means = [&](core::Backend& backend, const core::Model& model) {
        return core::classMeans(backend, model, *compared.data, recipeStage(compared.recipe),
                                sources.progress.observer(), sources.stop);
    };
    return std::make_unique<ui::PairHeatmapFigure>(
        compared.pair, compared.mode,
        std::make_shared<const ui::PairStatistics>(
            ui::PairStatistics{means(*compared.current, *compared.pair.current),
                               means(*compared.reference, *compared.pair.reference)}));
}

FigurePointer predictions(const Compared& compared)
{
    const int filter = recipeWord(compared.recipe, "filter",
                                  {"all", "only-current", "only-reference", "both-wrong"});
    return std::make_unique<ui::PairPredictionsFigure>(
        compared.pair, compared.data, static_cast<ui::DisagreementFilter>(filter), compared.mode);
}

FigurePointer edges(const Compared& compared, const RecipeSources& sources)
{
    const ui::ModelPair& pair = compared.pair;
    return std::make_unique<ui::PairEdgesFigure>(
        pair, compared.mode,
        std::make_shared<const ui::PairOrientations>(ui::PairOrientations{
            core::orientations(*compared.current, *pair.current, sources.stop),
            core::orientations(*compared.reference, *pair.reference, sources.stop)}),
        recipeStage(compared.recipe));
}

FigurePointer features(const Compared& compared, const RecipeSources& sources)
{
    ui::MaximizationFigureOptions options;
    options.settings =
        ui::maximizerFromRecipe(compared.recipe.value(QStringLiteral("settings")).toObject());
    options.stage = recipeStage(compared.recipe);
    options.mask = compared.recipe.value(QStringLiteral("mask")).toBool();
    const std::string group = recipeText(compared.recipe, "targets");
    const auto images = [&](core::Backend& backend, const core::Model& model,
                            const char* steps) -> std::shared_ptr<const core::Maximization> {
        core::MaximizerOptions asDone = options.settings;
        asDone.steps = compared.recipe.value(QLatin1String(steps)).toInt(asDone.steps);
        std::vector<core::MaximizerTarget> targets;
        if (const auto groups = core::maximizerGroups(model.architecture);
            std::ranges::find(groups, group) != groups.end())
            targets = core::maximizerTargets(model.architecture, group, options.stage);
        return std::make_shared<const core::Maximization>(core::maximize(
            backend, model.parameters.values(), std::move(targets), asDone, {}, sources.stop));
    };
    return std::make_unique<ui::PairFeaturesFigure>(
        compared.pair, compared.mode,
        ui::PairMaximizations{
            images(*compared.current, *compared.pair.current, "stepsDone"),
            images(*compared.reference, *compared.pair.reference, "referenceStepsDone")},
        options, group);
}

FigurePointer circuit(const Compared& compared)
{
    ui::PairCircuitFigure::Chosen chosen;
    for (const QJsonValue& node : compared.recipe.value(QStringLiteral("nodes")).toArray())
        chosen.push_back(node.isNull() ? std::nullopt : std::optional(node.toInt()));
    if (!ui::PairCircuitFigure::fits(compared.pair))
        throw core::Error(core::ErrorKind::Input,
                          "the recipe's models have different layers: no circuits to compare");
    return std::make_unique<ui::PairCircuitFigure>(compared.pair, compared.mode, std::move(chosen));
}

} // namespace

ui::ModelPair comparedPair(core::ModelPointer current, core::Backend& currentBackend,
                           core::ModelPointer reference, core::Backend& referenceBackend,
                           const core::Dataset& data, const core::ProgressObserver& observer,
                           std::stop_token stop)
{
    auto comparison = std::make_shared<const core::Comparison>(core::compareModels(
        referenceBackend, *reference, currentBackend, *current, data, {}, observer, stop));
    return {std::move(current), std::move(reference), std::move(comparison)};
}

FigurePointer pairAgain(ui::FigureKind kind, const QJsonObject& recipe,
                        const RecipeSources& sources)
{
    if (kind == ui::FigureKind::CompareWeights)
        return weights(recipe, sources);
    const Compared compared = comparedIn(recipe, sources);
    switch (kind) {
    case ui::FigureKind::CompareOverview:
        return std::make_unique<ui::PairOverviewFigure>(compared.pair, compared.mode);
    case ui::FigureKind::CompareEdges:
        return edges(compared, sources);
    case ui::FigureKind::CompareFeatures:
        return features(compared, sources);
    case ui::FigureKind::CompareCircuit:
        return circuit(compared);
    case ui::FigureKind::CompareChannels:
        return channels(compared);
    case ui::FigureKind::CompareKernels:
        return kernels(compared);
    case ui::FigureKind::CompareHeatmap:
        return heatmap(compared, sources);
    default:
        return predictions(compared);
    }
}

} // namespace app
