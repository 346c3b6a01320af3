// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/recipe_pairs.h"

#include "app/recipe_reading.h"
#include "core/base/error.h"
#include "core/inspect/class_means.h"
#include "ui/figures/pair_heatmap.h"
#include "ui/figures/pair_predictions.h"
#include "ui/figures/pair_units.h"
#include "ui/figures/pair_weights.h"

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
                   recipeData(recipeText(recipe, "data"), sources.common),
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
    return std::make_unique<ui::PairPredictionsFigure>(compared.pair, compared.data,
                                                       static_cast<ui::DisagreementFilter>(filter));
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
