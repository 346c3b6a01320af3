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
#include "ui/figures/recipe_file.h"

#include <QFile>

#include <algorithm>
#include <fmt/format.h>

namespace app
{

namespace
{

using core::Error;
using core::ErrorKind;

QByteArray contentOf(const std::string& name)
{
    QFile file(QString::fromStdString(name));
    if (!file.open(QIODevice::ReadOnly))
        throw Error(ErrorKind::Input, fmt::format("{}: the file could not be read: {}", name,
                                                  file.errorString().toStdString()));
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

std::vector<std::filesystem::path> modelFolders(const std::string& folder)
{
    if (!folder.empty())
        return {folder};
    return {shippedModelsFolder()};
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
    const RecipeSources sources{common,
                                ModelFinder(arguments.models, modelFolders(arguments.modelsFolder)),
                                runsFolder(arguments.runs), progress, stop.token()};
    const std::unique_ptr<ui::Figure> figure = figureOf(recipe, sources);
    if (stop.requested())
        return kExitStopped;
    const ui::ExportOptions size = ui::sizeOf(recipe);
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
