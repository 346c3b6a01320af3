// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/recipe_runs.h"

#include "app/model_finder.h"
#include "app/recipe_reading.h"
#include "core/base/error.h"
#include "core/formats/model_file.h"
#include "core/runs/run_directory.h"
#include "ui/figures/curves_figure.h"
#include "ui/figures/golf_figure.h"
#include "ui/figures/golf_recipe.h"
#include "ui/figures/pruning_figure.h"

#include <QJsonArray>

#include <fmt/format.h>

namespace app
{

namespace
{

namespace fs = std::filesystem;

core::RunRecord recordOf(const std::string& id, const fs::path& runs)
{
    if (id.empty() || fs::path(id).filename() != id || !fs::is_directory(runs / id))
        throw core::Error(core::ErrorKind::Input,
                          fmt::format("the run \"{}\" of the recipe is not in {}; --runs names "
                                      "another folder",
                                      id, runs.string()));
    return core::RunRecord(runs / id);
}

/// A run's first model, if it is the recipe's.
core::ModelPointer startOf(const core::RunRecord& record, const QJsonObject& recipe)
{
    const QJsonObject wanted = recipe.value(QStringLiteral("model")).toObject();
    core::Model start = record.start();
    if (core::modelHash(start) != wanted.value(QStringLiteral("hash")).toString().toStdString())
        throw core::Error(
            core::ErrorKind::Input,
            fmt::format("the run {} began with another model than the recipe's", record.id()));
    return asInRecipe(std::move(start), wanted);
}

std::size_t countIn(const QJsonObject& object, const char* key)
{
    return static_cast<std::size_t>(std::max(0, object.value(QLatin1String(key)).toInt()));
}

std::unique_ptr<ui::Figure> pruningFigure(const core::RunRecord& record, core::ModelPointer start,
                                          std::size_t visits, int images, std::uint64_t total)
{
    auto map = std::make_shared<ui::PruneMap>(start->parameters.values());
    const std::vector<core::PruneVisit> recorded = record.visits();
    for (std::size_t i = 0; i < std::min(visits, recorded.size()); ++i)
        map->apply(recorded[i]);
    ui::PruningFigureOptions options;
    options.spec = record.spec();
    options.run = record.id();
    options.images = images;
    options.total = total;
    return std::make_unique<ui::PruningFigure>(std::move(start), std::move(map), options);
}

bool made(const core::RunSummary& run, const std::string& hash)
{
    if (run.kind != core::RunKind::Prune || run.model.empty())
        return false;
    try {
        return core::modelHash(core::openModel(run.model)) == hash;
    } catch (const core::Error&) {
        return false; // a damaged result says nothing about this model
    }
}

} // namespace

std::unique_ptr<ui::Figure> pruningAgain(const QJsonObject& recipe, const fs::path& runs)
{
    const core::RunRecord record = recordOf(recipeText(recipe, "run"), runs);
    const auto count = [&](const char* key) {
        return static_cast<std::uint64_t>(recipe.value(QLatin1String(key)).toInteger());
    };
    return pruningFigure(record, startOf(record, recipe), count("visits"),
                         static_cast<int>(count("images")), count("total"));
}

std::unique_ptr<ui::Figure> curvesAgain(const QJsonObject& recipe, const fs::path& runs)
{
    std::vector<ui::TrainingCurves> all;
    core::ModelPointer start;
    for (const QJsonValue& entry : recipe.value(QStringLiteral("runs")).toArray()) {
        const QJsonObject run = entry.toObject();
        const core::RunRecord record = recordOf(recipeText(run, "run"), runs);
        if (all.empty())
            start = startOf(record, recipe);
        std::vector<core::EpochResult> epochs = record.epochs();
        epochs.resize(std::min(epochs.size(), countIn(run, "epochs")));
        all.push_back({record.id(), run.value(QStringLiteral("title")).toString(),
                       record.spec().data, std::move(epochs),
                       run.value(QStringLiteral("colour")).toInt()});
    }
    if (all.empty())
        throw core::Error(core::ErrorKind::Input, "the recipe names no run");
    return std::make_unique<ui::CurvesFigure>(std::move(start), std::move(all));
}

std::unique_ptr<ui::Figure> golfAgain(const QJsonObject& recipe, const fs::path& runs)
{
    std::vector<ui::GolfGame> games;
    core::ModelPointer start;
    for (const QJsonValue& entry : recipe.value(QStringLiteral("runs")).toArray()) {
        const QJsonObject run = entry.toObject();
        const core::RunRecord record = recordOf(recipeText(run, "run"), runs);
        if (core::kindOf(record.spec()) != core::RunKind::Golf)
            throw core::Error(core::ErrorKind::Input,
                              fmt::format("the run {} is no game of golf", record.id()));
        if (games.empty())
            start = startOf(record, recipe);
        std::vector<core::GolfStep> steps = record.steps();
        steps.resize(std::min(steps.size(), countIn(run, "steps")));
        games.push_back({record.id(), run.value(QStringLiteral("title")).toString(), record.spec(),
                         static_cast<int>(countIn(run, "images")), std::move(steps),
                         run.value(QStringLiteral("colour")).toInt()});
    }
    if (games.empty())
        throw core::Error(core::ErrorKind::Input, "the recipe names no run");
    const QJsonObject ranges = recipe.value(QStringLiteral("ranges")).toObject();
    return std::make_unique<ui::GolfFigure>(std::move(start), std::move(games),
                                            ui::golfRangesFromRecipe(ranges));
}

std::unique_ptr<ui::Figure> pruningThatMade(const core::Model& model, const fs::path& runs)
{
    const std::string hash = core::modelHash(model);
    for (const core::RunSummary& run : core::listRuns(runs)) {
        if (!made(run, hash))
            continue;
        const core::RunRecord record(run.folder);
        core::Model start = record.start();
        start.name = record.spec().title; // the file's own name says nothing
        const std::size_t visits = record.visits().size();
        return pruningFigure(record, std::make_shared<const core::Model>(std::move(start)), visits,
                             run.accuracy ? run.accuracy->images : 0,
                             std::max<std::uint64_t>(visits, run.progress.total));
    }
    return nullptr;
}

} // namespace app
