// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/commands/figure_album.h"
#include "app/commands/figure_sources.h"
#include "app/data_choice.h"
#include "app/figure_writer.h"
#include "app/opening.h"
#include "app/output.h"
#include "app/progress_line.h"
#include "app/stop_signal.h"
#include "core/base/error.h"
#include "ui/figures/export.h"

#include <fmt/format.h>

namespace app
{

namespace
{

struct FiguresOptions {
    CommonOptions common;
    ModelChoice model;
    MaximizerArguments maximizer;
    std::vector<std::string> formats = {"svg", "pdf", "png", "csv"};
    ui::ExportOptions size;
};

int figures(const FiguresOptions& options)
{
    if (options.common.out.empty())
        throw core::Error(core::ErrorKind::Usage, "figures: --out is missing, the folder to fill");
    const StopSignal stop;
    Subject subject = openSubject(options.model, options.common);
    const auto data = loadData(options.common, options.common.split);
    const FigureWriter writer;
    ProgressLine progress(options.common);
    FigureAlbum album(writer, options.common.out, options.formats, options.size);
    const FigureSources sources{
        subject, *data, options.maximizer.settings(options.common.seed), progress, stop.token(),
        // Real numbers from the model's file say more than those on samples.
        !options.common.data && data->synthetic};
    const bool complete = addAllFigures(album, sources);
    album.finish(subject.model->name, data->description(), complete);
    Json files = Json::array();
    for (const std::string& file : album.files())
        files.push_back(file);
    const Json result = {{"model", subject.model->name}, {"data", data->description()},
                         {"out", options.common.out},    {"figures", album.count()},
                         {"files", std::move(files)},    {"stopped", !complete}};
    printResult(options.common, result,
                fmt::format("{} figures of {} on {}, {} files: see {}/index.html{}\n",
                            album.count(), printable(subject.model->name), data->description(),
                            album.files().size(), options.common.out,
                            complete ? "" : " (stopped early)"));
    return complete ? 0 : kExitStopped;
}

} // namespace

void addFigures(CLI::App& program, RunCommand& run)
{
    auto* command = program.add_subcommand(
        "figures", "Every figure of a model, ready for print, and a page that shows them");
    auto options = std::make_shared<FiguresOptions>();
    addModelArgument(*command, options->model);
    command->add_option("--formats", options->formats, "Which to write")
        ->type_name("svg,pdf,png,csv")
        ->delimiter(',')
        ->check(CLI::IsMember({"svg", "pdf", "png", "csv"}))
        ->default_str("all");
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
    command->footer("Works without a display. --out is the folder; files in it are overwritten.\n\n"
                    "Examples:\n"
                    "  caddie figures model.pth --out figures\n"
                    "  caddie figures model.pth --out figures --formats svg,csv --preset smooth");
    command->callback([options, &run] { run = [options] { return figures(*options); }; });
}

} // namespace app
