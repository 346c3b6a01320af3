// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/recipe_rendering.h"

#include "app/commands/preflight_report.h"
#include "app/figure_writer.h"
#include "app/output.h"
#include "app/recipe_figures.h"
#include "app/run_execution.h"
#include "app/stop_signal.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/shared_folder.h"
#include "ui/figures/recipe_file.h"

#include <QFile>

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace app
{

namespace
{

using core::Error;
using core::ErrorKind;

constexpr qint64 kMostBytes = 512'000'000;

QByteArray contentOf(const std::string& name)
{
    QFile file(QString::fromStdString(name));
    if (!file.open(QIODevice::ReadOnly))
        throw Error(ErrorKind::Input, fmt::format("{}: the file could not be read: {}", name,
                                                  file.errorString().toStdString()));
    if (file.size() > kMostBytes)
        throw Error(ErrorKind::Input, fmt::format("{}: has {} MB, which no figure or recipe has",
                                                  name, file.size() / 1'000'000));
    return file.readAll();
}

ui::FigureFormat formatOf(const std::string& file, const char* option)
{
    const auto format = ui::figureFormat(file);
    if (!format)
        throw Error(ErrorKind::Usage,
                    fmt::format("{} {}: expected .svg, .pdf, .png, .csv or .json", option, file));
    return *format;
}

void compare(const std::string& file, const QByteArray& found, const QByteArray& rendered)
{
    if (found == rendered)
        return;
    const auto differing = std::ranges::mismatch(found, rendered).in1 - found.begin();
    throw Error(ErrorKind::GoalNotReached,
                fmt::format("{} is not what its recipe renders: {} bytes instead of {}, the first "
                            "difference is at byte {}",
                            file, found.size(), rendered.size(), differing));
}

/// Unless --backend names one, that of the recipe where only LibTorch will do.
CommonOptions withBackendOf(const QJsonObject& recipe, CommonOptions common)
{
    const QString backend = recipe.value(QStringLiteral("backend")).toString();
    if (common.backend == core::BackendChoice::Auto && backend.startsWith(u"LibTorch") &&
        !backend.contains(u','))
        common.backend = core::BackendChoice::Torch;
    return common;
}

/// What may give other bytes than the recipe's file had.
void noteDifferences(const QJsonObject& recipe, const ui::FigureOrigin& origin,
                     const CommonOptions& common)
{
    const QString backend = recipe.value(QStringLiteral("backend")).toString();
    if (!backend.isEmpty() && !origin.backend.isEmpty() && backend != origin.backend)
        note(common, fmt::format("the recipe's numbers come from {}, these from {}: their last "
                                 "digits may differ, and the file names its backend",
                                 printable(backend.toStdString()), origin.backend.toStdString()));
    const QString program = recipe.value(QStringLiteral("program")).toString();
    if (!program.isEmpty() && program != QStringLiteral("caddie " CADDIE_VERSION))
        note(common, fmt::format("the recipe is of {}, this is caddie {}: the file names its "
                                 "program, and may be drawn otherwise",
                                 printable(program.toStdString()), CADDIE_VERSION));
}

std::vector<std::string> filesToLookAt(const RecipeArguments& arguments)
{
    std::vector<std::string> files = arguments.models;
    std::ranges::move(recentModelFiles(), std::back_inserter(files));
    return files;
}

std::vector<std::filesystem::path> modelFolders(const std::string& folder)
{
    if (!folder.empty())
        return {folder};
    if (const auto shipped = core::sharedFolder("models"))
        return {*shipped};
    return {};
}

} // namespace

int renderRecipe(const RecipeArguments& arguments, const CommonOptions& common)
{
    const bool writes = !common.out.empty();
    const bool checks = !arguments.check.empty();
    if (!writes && !checks && !arguments.preflight)
        throw Error(ErrorKind::Usage, "figures: --recipe needs --out, --check or --preflight, to "
                                      "say what to do with what it renders");
    const std::string source = arguments.recipe.empty() ? arguments.check : arguments.recipe;
    const QJsonObject recipe = ui::recipeIn(contentOf(source), source);
    const auto outFormat = writes ? formatOf(common.out, "--out") : ui::FigureFormat::Svg;
    const auto checkFormat = checks ? formatOf(arguments.check, "--check") : outFormat;

    const StopSignal stop;
    const FigureWriter writer;
    ProgressLine progress(common);
    const CommonOptions followed = withBackendOf(recipe, common);
    ui::ExportOptions size = ui::sizeOf(recipe);
    const RecipeSources sources{
        followed,
        ModelFinder(filesToLookAt(arguments), modelFolders(arguments.modelsFolder)),
        runsFolder(arguments.runs),
        progress,
        stop.token(),
        size.origin};
    const std::unique_ptr<ui::Figure> figure = figureOf(recipe, sources);
    if (stop.requested())
        return kExitStopped;
    noteDifferences(recipe, size.origin, common);
    if (writes)
        writer.write(*figure, common.out, size);
    if (checks)
        compare(arguments.check, contentOf(arguments.check),
                ui::renderFigure(*figure, checkFormat, size));
    const std::string title = figure->title().toStdString();
    const Json findings = arguments.preflight ? preflightAsJson(*figure, size) : Json();
    const Json result = {{"recipe", source},
                         {"view", recipe.value(QStringLiteral("view")).toString().toStdString()},
                         {"title", title},
                         {"out", outAsJson(common)},
                         {"checked", checks ? Json(arguments.check) : Json()},
                         {"preflight", findings}};
    printResult(common, result,
                fmt::format("{}{}\n{}{}", title,
                            checks ? fmt::format("\n{} is byte for byte what its recipe renders",
                                                 arguments.check)
                                   : "",
                            outAsText(common),
                            arguments.preflight ? preflightText({{title, findings}}) : ""));
    return 0;
}

} // namespace app
