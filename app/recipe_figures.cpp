// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/recipe_figures.h"

#include "app/recipe_reading.h"
#include "app/recipe_runs.h"
#include "core/base/error.h"
#include "core/inspect/activations.h"
#include "core/inspect/class_means.h"
#include "core/model/architecture_text.h"
#include "ui/figures/circuit_figure.h"
#include "ui/figures/edges_figure.h"
#include "ui/figures/figure_set.h"
#include "ui/figures/parameters_figure.h"
#include "ui/figures/recipe.h"
#include "ui/figures/weights_figure.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace app
{

namespace
{

using core::Error;
using core::ErrorKind;
using FigurePointer = std::unique_ptr<ui::Figure>;

core::ModelPointer modelOf(const QJsonObject& recipe, const RecipeSources& sources)
{
    return sources.models.find(recipe.value(QStringLiteral("model")).toObject());
}

std::unique_ptr<core::Backend> backendOf(const core::Model& model, const RecipeSources& sources)
{
    return core::makeBackend(model.architecture, sources.common.backendOptions());
}

int unitOf(const core::Model& model, const QJsonObject& recipe)
{
    const std::string layer = recipeText(recipe, "layer");
    const auto unit = model.architecture.unitByName(layer);
    if (!unit)
        throw Error(
            ErrorKind::Input,
            fmt::format("the recipe's layer is \"{}\", which {} does not have", layer, model.name));
    return *unit;
}

/// Null where the figure was made without one.
std::shared_ptr<const core::Evaluation>
evaluationOf(const core::Model& model, const QJsonObject& recipe, const RecipeSources& sources)
{
    if (!recipe.contains(QStringLiteral("data")))
        return nullptr;
    const auto data = recipeData(recipeText(recipe, "data"), sources.common);
    return std::make_shared<const core::Evaluation>(
        backendOf(model, sources)->evaluate(model.parameters.values(), *data, sources.stop));
}

/// Of the image that the recipe holds.
std::shared_ptr<const core::NetworkActivations>
activationsOf(const core::Model& model, const QJsonObject& recipe, const RecipeSources& sources)
{
    const std::vector<float> pixels =
        ui::unpackedFloats(recipe.value(QStringLiteral("pixels")).toString());
    if (static_cast<int>(pixels.size()) != model.architecture.inputShape().count())
        throw Error(ErrorKind::Input,
                    fmt::format("the recipe's image has {} pixels, {} reads {}", pixels.size(),
                                model.name, model.architecture.inputShape().count()));
    return std::make_shared<const core::NetworkActivations>(
        core::activationsOf(*backendOf(model, sources), model, pixels));
}

FigurePointer overview(const QJsonObject& recipe, const RecipeSources& sources)
{
    const core::ModelPointer model = modelOf(recipe, sources);
    return ui::overviewFigure(model, evaluationOf(*model, recipe, sources),
                              recipe.value(QStringLiteral("data")).toString());
}

FigurePointer network(const QJsonObject& recipe, const RecipeSources& sources)
{
    return ui::networkFigure(modelOf(recipe, sources));
}

FigurePointer confusion(const QJsonObject& recipe, const RecipeSources& sources)
{
    const core::ModelPointer model = modelOf(recipe, sources);
    const std::string data = recipeText(recipe, "data");
    return ui::confusionFigure(model, evaluationOf(*model, recipe, sources),
                               QString::fromStdString(data));
}

FigurePointer kernels(const QJsonObject& recipe, const RecipeSources& sources)
{
    const core::ModelPointer model = modelOf(recipe, sources);
    return ui::kernelsFigure(model, unitOf(*model, recipe));
}

FigurePointer channels(const QJsonObject& recipe, const RecipeSources& sources)
{
    const core::ModelPointer model = modelOf(recipe, sources);
    ui::ChannelsOptions options;
    options.unit = unitOf(*model, recipe);
    options.stage = recipeStage(recipe);
    options.range = static_cast<ui::ColourRange>(
        recipeWord(recipe, "range", {"unit", "layer", "model", "locked"}));
    options.lockedRange = recipe.value(QStringLiteral("bound")).toDouble(1);
    options.input = recipe.value(QStringLiteral("input")).toString();
    options.kernels = recipe.value(QStringLiteral("kernels")).toBool();
    return ui::channelsFigure(model, activationsOf(*model, recipe, sources), options);
}

FigurePointer weights(const QJsonObject& recipe, const RecipeSources& sources)
{
    const core::ModelPointer model = modelOf(recipe, sources);
    return std::make_unique<ui::WeightsFigure>(model, model);
}

FigurePointer circuit(const QJsonObject& recipe, const RecipeSources& sources)
{
    const core::ModelPointer model = modelOf(recipe, sources);
    ui::CircuitOptions options;
    options.threshold = recipe.value(QStringLiteral("threshold")).toDouble(options.threshold);
    for (const QJsonValue& node : recipe.value(QStringLiteral("nodes")).toArray())
        options.chosen.push_back(node.isNull() ? std::nullopt : std::optional(node.toInt()));
    options.input = recipe.value(QStringLiteral("input")).toString();
    if (recipe.contains(QStringLiteral("pixels")))
        options.activations = activationsOf(*model, recipe, sources);
    return std::make_unique<ui::CircuitFigure>(model, std::move(options));
}

FigurePointer classHeatmap(const QJsonObject& recipe, const RecipeSources& sources)
{
    const core::ModelPointer model = modelOf(recipe, sources);
    const auto mode =
        static_cast<ui::HeatmapMode>(recipeWord(recipe, "mode", {"rows", "maps", "difference"}));
    if (recipe.value(QStringLiteral("stored")).toBool() && model->classStatistics)
        return ui::classHeatmapFigure(model, {model, &*model->classStatistics}, mode);
    const auto data = recipeData(recipeText(recipe, "data"), sources.common);
    auto statistics = std::make_shared<const core::ClassStatistics>(
        core::classMeans(*backendOf(*model, sources), *model, *data, recipeStage(recipe),
                         sources.progress.observer(), sources.stop));
    return ui::classHeatmapFigure(model, std::move(statistics), mode);
}

FigurePointer features(const QJsonObject& recipe, const RecipeSources& sources)
{
    const core::ModelPointer model = modelOf(recipe, sources);
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
    asDone.steps = recipe.value(QStringLiteral("stepsDone")).toInt(asDone.steps);
    const auto observe = [&](const core::MaximizerFrame& frame) {
        sources.progress.show(fmt::format("step {} of {}", frame.step, asDone.steps));
    };
    auto result = std::make_shared<const core::Maximization>(
        core::maximize(*backendOf(*model, sources), model->parameters.values(), std::move(targets),
                       asDone, observe, sources.stop));
    return ui::maximizationFigure(model, std::move(result), options);
}

FigurePointer edges(const QJsonObject& recipe, const RecipeSources& sources)
{
    const core::ModelPointer model = modelOf(recipe, sources);
    auto measured = std::make_shared<const ui::OrientedChannels>(
        core::orientations(*backendOf(*model, sources), *model, sources.stop));
    const auto range =
        static_cast<ui::PolarRange>(recipeWord(recipe, "range", {"channel", "layer"}));
    return std::make_unique<ui::EdgesFigure>(model, std::move(measured),
                                             ui::EdgesOptions{recipeStage(recipe), range});
}

/// The recipe itself holds the network of that moment.
FigurePointer parameters(const QJsonObject& recipe, const RecipeSources&)
{
    const QJsonObject wanted = recipe.value(QStringLiteral("model")).toObject();
    core::Model moment;
    moment.architecture = core::parseArchitecture(recipeText(wanted, "architecture"));
    moment.parameters = core::initialParameters(moment.architecture, 1);
    std::vector<float> values =
        ui::unpackedFloats(QString::fromStdString(recipeText(recipe, "values")));
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

FigurePointer pruning(const QJsonObject& recipe, const RecipeSources& sources)
{
    return pruningAgain(recipe, sources.runs);
}

FigurePointer training(const QJsonObject& recipe, const RecipeSources& sources)
{
    return curvesAgain(recipe, sources.runs);
}

struct Kind {
    const char* view;
    FigurePointer (*make)(const QJsonObject& recipe, const RecipeSources& sources);
};

constexpr std::array kKinds = {
    Kind{"overview", overview},     Kind{"network", network},
    Kind{"confusion", confusion},   Kind{"kernels", kernels},
    Kind{"channels", channels},     Kind{"class-heatmap", classHeatmap},
    Kind{"edges", edges},           Kind{"feature-visualisation", features},
    Kind{"parameters", parameters}, Kind{"pruning", pruning},
    Kind{"training", training},     Kind{"weights", weights},
    Kind{"circuit", circuit}};

} // namespace

std::unique_ptr<ui::Figure> figureOf(const QJsonObject& recipe, const RecipeSources& sources)
{
    const std::string view = recipeText(recipe, "view");
    const auto kind = std::ranges::find(kKinds, view, &Kind::view);
    if (kind == kKinds.end())
        throw Error(ErrorKind::Input,
                    fmt::format("the recipe's view is \"{}\", which can't be rendered without the "
                                "window",
                                view));
    return kind->make(recipe, sources);
}

} // namespace app
