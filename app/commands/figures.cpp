// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/commands/comparison_sources.h"
#include "app/commands/figure_album.h"
#include "app/commands/figure_sources.h"
#include "app/commands/preflight_report.h"
#include "app/commands/recipe_rendering.h"
#include "app/data_choice.h"
#include "app/figure_writer.h"
#include "app/opening.h"
#include "app/output.h"
#include "app/progress_line.h"
#include "app/run_execution.h"
#include "app/stop_signal.h"
#include "core/base/error.h"
#include "ui/figures/export.h"

#include <algorithm>
#include <fmt/format.h>

namespace app
{

namespace
{

struct FiguresOptions {
    CommonOptions common;
    std::vector<std::string> models;
    ModelChoice layout; ///< of the first model
    ModelChoice referenceLayout;
    RecipeArguments recipe;
    MaximizerArguments maximizer;
    std::vector<std::string> formats = {"svg", "pdf", "png", "csv", "json"};
    ui::ExportOptions size;
};

void takePreset(const std::string& name, ui::ExportOptions& size)
{
    const auto* preset = std::ranges::find(ui::kExportPresets, name, &ui::ExportPreset::name);
    size.widthMm = preset->widthMm;
    size.magnification = preset->magnification;
}

/// The models' files, each read as the options say.
std::vector<Subject> openModels(const FiguresOptions& options)
{
    std::vector<Subject> subjects;
    for (const std::string& file : options.models) {
        ModelChoice choice = subjects.empty()
                                 ? options.layout
                                 : choiceOfSecond(options.layout, options.referenceLayout);
        choice.file = file;
        subjects.push_back(openSubject(choice, options.common));
    }
    return subjects;
}

/// Fills the album; returns whether it holds all.
bool fill(FigureAlbum& album, const FiguresOptions& options, std::vector<Subject>& subjects,
          const core::DatasetPointer& data, std::stop_token stop)
{
    ProgressLine progress(options.common);
    album.setOrigin(
        originOf({subjects.front().backend.get(), subjects.back().backend.get()}, data.get()));
    if (subjects.size() == 2)
        return addComparison(album,
                             {subjects.front(), subjects.back(), data,
                              options.maximizer.settings(options.common.seed), progress, stop});
    return addAllFigures(
        album,
        {subjects.front(), data, options.maximizer.settings(options.common.seed), progress, stop,
         // Real numbers from the model's file say more than those on samples.
         !options.common.data && data->synthetic, runsFolder(options.recipe.runs)});
}

Json setAsJson(const FiguresOptions& options, const std::vector<Subject>& subjects,
               const core::Dataset& data, const FigureAlbum& album, bool complete)
{
    Json files = Json::array();
    for (const std::string& file : album.files())
        files.push_back(file);
    Json result = {{"model", subjects.front().model->name}};
    if (subjects.size() == 2)
        result["reference"] = subjects.back().model->name;
    result.update({{"data", data.description()},
                   {"out", options.common.out},
                   {"figures", album.count()},
                   {"files", std::move(files)},
                   {"stopped", !complete},
                   {"preflight", options.recipe.preflight ? album.preflight() : Json()}});
    return result;
}

int wholeSet(const FiguresOptions& options)
{
    if (options.common.out.empty())
        throw core::Error(core::ErrorKind::Usage, "figures: --out is missing, the folder to fill");
    if (options.models.empty() || options.models.size() > 2)
        throw core::Error(core::ErrorKind::Usage,
                          fmt::format("figures: expected one MODEL for the whole set, or two to "
                                      "compare them, found {}",
                                      options.models.size()));
    const StopSignal stop;
    std::vector<Subject> subjects = openModels(options);
    const auto data = loadData(options.common, options.common.split);
    const FigureWriter writer;
    FigureAlbum album(writer, options.common.out, options.formats, options.size,
                      options.recipe.preflight);
    const bool complete = fill(album, options, subjects, data, stop.token());
    const std::string about = subjects.size() == 1
                                  ? subjects.front().model->name
                                  : fmt::format("{} compared with {}", subjects.front().model->name,
                                                subjects.back().model->name);
    album.finish(about, data->description(), complete);
    printResult(options.common, setAsJson(options, subjects, *data, album, complete),
                fmt::format("{} figures of {} on {}, {} files: see {}/index.html{}\n",
                            album.count(), printable(about), data->description(),
                            album.files().size(), options.common.out,
                            complete ? "" : " (stopped early)") +
                    preflightText(album.preflight()));
    return complete ? 0 : kExitStopped;
}

int figures(const FiguresOptions& options)
{
    if (options.recipe.recipe.empty() && options.recipe.check.empty())
        return wholeSet(options);
    RecipeArguments arguments = options.recipe;
    arguments.models = options.models;
    return renderRecipe(arguments, options.common);
}

} // namespace

void addFigures(CLI::App& program, RunCommand& run)
{
    auto* command = program.add_subcommand(
        "figures", "Every figure of a model or a comparison, and a page that shows them");
    auto options = std::make_shared<FiguresOptions>();
    command
        ->add_option("MODEL", options->models,
                     "Model file, of which the set is made, or two, which it compares: the "
                     "first is the current one, the second the reference. For a recipe, files "
                     "among which its models are found")
        ->type_name("");
    addLayoutOptions(*command, options->layout);
    addLayoutOptions(*command, options->referenceLayout, "-b");
    command
        ->add_option("--recipe", options->recipe.recipe,
                     "Render this recipe to --out: a .json, or an exported SVG, PDF or PNG. The "
                     "model that it names is looked for among MODELs, those that the window opened "
                     "last, and --models")
        ->type_name("FILE");
    command
        ->add_option("--check", options->recipe.check,
                     "Compare this file with what the recipe (its own, without --recipe) renders")
        ->type_name("FILE");
    command
        ->add_option("--models", options->recipe.modelsFolder,
                     "Folder with models for recipes. Else that of the models shipped")
        ->type_name("DIR");
    addRunsOption(*command, options->recipe.runs);
    command->add_flag("--preflight", options->recipe.preflight,
                      "Say what a journal would find: smallest text, thinnest line, contrast, "
                      "colours for the colour-blind");
    command->add_option("--formats", options->formats, "Which to write")
        ->type_name("svg,pdf,png,csv,json")
        ->delimiter(',')
        ->check(CLI::IsMember({"svg", "pdf", "png", "csv", "json"}))
        ->default_str("all");
    command
        ->add_option_function<std::string>(
            "--size", [options](const std::string& name) { takePreset(name, options->size); },
            "A journal's single or double column (89 and 183 mm), or a slide with large type")
        ->type_name("single|double|slide")
        ->check(CLI::IsMember({"single", "double", "slide"}))
        ->trigger_on_parse(); // a --width-mm behind it is more exact
    command
        ->add_option("--width-mm", options->size.widthMm,
                     "Width: 89 is a journal's single column, 183 its double one")
        ->type_name("MM")
        ->check(CLI::Range(20.0, 2000.0))
        ->capture_default_str();
    command->add_option("--dpi", options->size.dpi, "Resolution of PNG")
        ->type_name("N")
        ->check(CLI::Range(36, 2400))
        ->capture_default_str();
    addMaximizerOptions(*command, options->maximizer);
    addCommonOptions(*command, options->common);
    command->footer(
        "Works without a display. --out is the folder; files in it are overwritten. Two models "
        "give "
        "the comparison set instead of the sets of each. --layout and --arch are for both, "
        "--layout-b and --arch-b for the second where it needs others. Every figure "
        "carries its recipe, which renders the same bytes again on the same kind of "
        "processor; --check exits with 6 where they differ.\n\n"
        "Examples:\n"
        "  caddie figures model.pth --out figures\n"
        "  caddie figures model.pth --out figures --formats svg,csv --preset smooth\n"
        "  caddie figures pruned.pth dense.pth --out figures\n"
        "  caddie figures --recipe heatmap.pdf model.pth --out heatmap.svg\n"
        "  caddie figures --check figures/overview.svg model.pth");
    command->callback([options, &run] { run = [options] { return figures(*options); }; });
}

} // namespace app
