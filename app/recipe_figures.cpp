// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/recipe_figures.h"

#include "app/recipe_pairs.h"
#include "app/recipe_reading.h"
#include "app/recipe_runs.h"
#include "core/base/error.h"
#include "core/inspect/class_means.h"
#include "core/model/architecture_text.h"
#include "ui/figures/circuit_figure.h"
#include "ui/figures/edges_figure.h"
#include "ui/figures/figure_kind.h"
#include "ui/figures/figure_set.h"
#include "ui/figures/parameters_figure.h"
#include "ui/figures/recipe.h"
#include "ui/figures/scoreboard_recipe.h"
#include "ui/figures/sweep_recipe.h"
#include "ui/figures/weights_figure.h"

#include <QJsonArray>

#include <algorithm>
#include <fmt/format.h>

namespace app
{

namespace
{

using core::Error;
using core::ErrorKind;
using FigurePointer = std::unique_ptr<ui::Figure>;

/// Null where the figure was made without one.
std::shared_ptr<const core::Evaluation>
evaluationOf(const core::Model& model, const QJsonObject& recipe, const RecipeSources& sources)
{
    if (!recipe.contains(QStringLiteral("data")))
        return nullptr;
    const auto data = recipeData(recipe, sources);
    return std::make_shared<const core::Evaluation>(
        recipeBackend(model, sources)->evaluate(model.parameters.values(), *data, sources.stop));
}

FigurePointer overview(const QJsonObject& recipe, const RecipeSources& sources)
{
    const core::ModelPointer model = recipeModel(recipe, sources);
    return ui::overviewFigure(model, evaluationOf(*model, recipe, sources),
                              recipe.value(QStringLiteral("data")).toString());
}

FigurePointer confusion(const QJsonObject& recipe, const RecipeSources& sources)
{
    const core::ModelPointer model = recipeModel(recipe, sources);
    const std::string data = recipeText(recipe, "data");
    return ui::confusionFigure(model, evaluationOf(*model, recipe, sources),
                               QString::fromStdString(data));
}

FigurePointer kernels(const QJsonObject& recipe, const RecipeSources& sources)
{
    const core::ModelPointer model = recipeModel(recipe, sources);
    return ui::kernelsFigure(model, recipeUnit(recipe, *model));
}

FigurePointer channels(const QJsonObject& recipe, const RecipeSources& sources)
{
    const core::ModelPointer model = recipeModel(recipe, sources);
    ui::ChannelsOptions options;
    options.unit = recipeUnit(recipe, *model);
    options.stage = recipeStage(recipe);
    options.range = static_cast<ui::ColourRange>(
        recipeWord(recipe, "range", {"unit", "layer", "model", "locked"}));
    options.lockedRange = recipe.value(QStringLiteral("bound")).toDouble(1);
    options.input = recipe.value(QStringLiteral("input")).toString();
    options.kernels = recipe.value(QStringLiteral("kernels")).toBool();
    return ui::channelsFigure(
        model, recipeActivations(recipe, *model, *recipeBackend(*model, sources)), options);
}

FigurePointer weights(const QJsonObject& recipe, const RecipeSources& sources)
{
    const core::ModelPointer model = recipeModel(recipe, sources);
    return std::make_unique<ui::WeightsFigure>(model, model);
}

FigurePointer circuit(const QJsonObject& recipe, const RecipeSources& sources)
{
    const core::ModelPointer model = recipeModel(recipe, sources);
    ui::CircuitOptions options;
    options.threshold = recipe.value(QStringLiteral("threshold")).toDouble(options.threshold);
    for (const QJsonValue& node : recipe.value(QStringLiteral("nodes")).toArray())
        options.chosen.push_back(node.isNull() ? std::nullopt : std::optional(node.toInt()));
    options.input = recipe.value(QStringLiteral("input")).toString();
    if (recipe.contains(QStringLiteral("pixels")))
        options.activations = recipeActivations(recipe, *model, *recipeBackend(*model, sources));
    return std::make_unique<ui::CircuitFigure>(model, std::move(options));
}

FigurePointer classHeatmap(const QJsonObject& recipe, const RecipeSources& sources)
{
    const core::ModelPointer model = recipeModel(recipe, sources);
    const auto mode =
        static_cast<ui::HeatmapMode>(recipeWord(recipe, "mode", {"rows", "maps", "difference"}));
    if (recipe.value(QStringLiteral("stored")).toBool() && model->classStatistics)
        return ui::classHeatmapFigure(model, {model, &*model->classStatistics}, mode);
    const auto data = recipeData(recipe, sources);
    auto statistics = std::make_shared<const core::ClassStatistics>(
        core::classMeans(*recipeBackend(*model, sources), *model, *data, recipeStage(recipe),
                         sources.progress.observer(), sources.stop));
    return ui::classHeatmapFigure(model, std::move(statistics), mode);
}

FigurePointer features(const QJsonObject& recipe, const RecipeSources& sources)
{
    const core::ModelPointer model = recipeModel(recipe, sources);
    ui::MaximizationFigureOptions options;
    options.settings = ui::maximizerFromRecipe(recipe.value(QStringLiteral("settings")).toObject());
    options.stage = recipeStage(recipe);
    options.mask = recipe.value(QStringLiteral("mask")).toBool();
    std::vector<core::MaximizerTarget> targets;
    for (const QString& group :
         recipe.value(QStringLiteral("targets")).toString().split(u',', Qt::SkipEmptyParts))
        std::ranges::move(
            core::maximizerTargets(model->architecture, group.toStdString(), options.stage),
            std::back_inserter(targets));
    core::MaximizerOptions asDone = options.settings;
    asDone.steps = std::clamp(recipe.value(QStringLiteral("stepsDone")).toInt(asDone.steps), 0,
                              std::max(1, asDone.steps));
    const auto observe = [&](const core::MaximizerFrame& frame) {
        sources.progress.show(fmt::format("step {} of {}", frame.step, asDone.steps));
    };
    auto result = std::make_shared<const core::Maximization>(
        core::maximize(*recipeBackend(*model, sources), model->parameters.values(),
                       std::move(targets), asDone, observe, sources.stop));
    return ui::maximizationFigure(model, std::move(result), options);
}

FigurePointer edges(const QJsonObject& recipe, const RecipeSources& sources)
{
    const core::ModelPointer model = recipeModel(recipe, sources);
    auto measured = std::make_shared<const ui::OrientedChannels>(
        core::orientations(*recipeBackend(*model, sources), *model, sources.stop));
    const auto range =
        static_cast<ui::PolarRange>(recipeWord(recipe, "range", {"channel", "layer"}));
    return std::make_unique<ui::EdgesFigure>(model, std::move(measured),
                                             ui::EdgesOptions{recipeStage(recipe), range});
}

/// The recipe itself holds the network of that moment.
FigurePointer parameters(const QJsonObject& recipe)
{
    const QJsonObject wanted = recipe.value(QStringLiteral("model")).toObject();
    std::vector<float> values =
        ui::unpackedFloats(QString::fromStdString(recipeText(recipe, "values")));
    core::Model moment;
    moment.architecture = core::parseArchitecture(recipeText(wanted, "architecture"));
    moment.parameters = core::initialParameters(moment.architecture, 1);
    if (values.size() != moment.parameters.values().size())
        throw Error(ErrorKind::Input,
                    fmt::format("the recipe has {} parameters, its architecture {}", values.size(),
                                moment.parameters.values().size()));
    std::ranges::copy(values, moment.parameters.values().begin());
    const auto content = recipeWord(recipe, "content", {"all", "convolutions"}) == 0
                             ? ui::WeightPage::Content::All
                             : ui::WeightPage::Content::Convolutions;
    return std::make_unique<ui::ParametersFigure>(
        asInRecipe(std::move(moment), wanted), std::move(values),
        recipe.value(QStringLiteral("when")).toString(), content);
}

FigurePointer made(ui::FigureKind kind, const QJsonObject& recipe, const RecipeSources& sources)
{
    switch (kind) {
    case ui::FigureKind::Overview:
        return overview(recipe, sources);
    case ui::FigureKind::Network:
        return ui::networkFigure(recipeModel(recipe, sources));
    case ui::FigureKind::Confusion:
        return confusion(recipe, sources);
    case ui::FigureKind::Kernels:
        return kernels(recipe, sources);
    case ui::FigureKind::Weights:
        return weights(recipe, sources);
    case ui::FigureKind::Circuit:
        return circuit(recipe, sources);
    case ui::FigureKind::Edges:
        return edges(recipe, sources);
    case ui::FigureKind::Channels:
        return channels(recipe, sources);
    case ui::FigureKind::ClassHeatmap:
        return classHeatmap(recipe, sources);
    case ui::FigureKind::FeatureVisualisation:
        return features(recipe, sources);
    case ui::FigureKind::Parameters:
        return parameters(recipe);
    case ui::FigureKind::Training:
        return curvesAgain(recipe, sources.runs);
    case ui::FigureKind::Pruning:
        return pruningAgain(recipe, sources.runs);
    case ui::FigureKind::Golf:
        return golfAgain(recipe, sources.runs);
    case ui::FigureKind::Scoreboard:
        return ui::scoreboardFromRecipe(recipe);
    case ui::FigureKind::SweepHistory:
    case ui::FigureKind::SweepCurves:
    case ui::FigureKind::SweepParallel:
    case ui::FigureKind::SweepSlices:
    case ui::FigureKind::SweepContour:
    case ui::FigureKind::SweepDistribution:
    case ui::FigureKind::SweepImportance:
        return ui::sweepFromRecipe(kind, recipe);
    case ui::FigureKind::CompareOverview:
    case ui::FigureKind::CompareChannels:
    case ui::FigureKind::CompareKernels:
    case ui::FigureKind::CompareEdges:
    case ui::FigureKind::CompareHeatmap:
    case ui::FigureKind::CompareFeatures:
    case ui::FigureKind::CompareWeights:
    case ui::FigureKind::CompareCircuit:
    case ui::FigureKind::ComparePredictions:
        return pairAgain(kind, recipe, sources);
    }
    return nullptr;
}

std::string knownKinds()
{
    std::string names;
    for (const ui::NamedFigureKind& one : ui::kFigureKinds)
        names += (names.empty() ? "" : ", ") + std::string(one.name);
    return names;
}

} // namespace

std::unique_ptr<ui::Figure> figureOf(const QJsonObject& recipe, const RecipeSources& sources)
{
    const std::string view = recipeText(recipe, "view");
    const auto kind = ui::figureKind(QString::fromStdString(view));
    if (!kind)
        throw Error(ErrorKind::Input, fmt::format("the recipe's view is \"{}\", expected one of {}",
                                                  view, knownKinds()));
    return made(*kind, recipe, sources);
}

} // namespace app
