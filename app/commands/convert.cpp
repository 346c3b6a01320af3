// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/opening.h"
#include "app/output.h"
#include "core/base/error.h"

#include <filesystem>
#include <fmt/format.h>

namespace app
{

namespace
{

namespace fs = std::filesystem;

struct ConvertOptions {
    CommonOptions common;
    ModelChoice model;
    std::string to;
    bool force = false;
};

int convert(const ConvertOptions& options)
{
    if (options.to.empty())
        throw core::Error(core::ErrorKind::Usage, "convert: OUT is missing, the file to write");
    std::error_code failed;
    // An empty file is what mktemp leaves: nothing is lost by replacing it.
    const bool something = fs::exists(options.to, failed) &&
                           !(fs::is_regular_file(options.to) && fs::file_size(options.to) == 0);
    if (something && !options.force)
        throw core::Error(core::ErrorKind::Output,
                          fmt::format("{}: exists already; --force replaces it", options.to));
    const auto [model, how] = openChosenModel(options.model, options.common);
    core::convertModel(options.model.file, options.to, how);
    const Json result = {{"from", options.model.file},
                         {"to", options.to},
                         {"parameters", model->parameters.count()},
                         {"nonzero", model->parameters.nonzero()},
                         {"hash", core::modelHash(*model)}};
    printResult(options.common, result,
                fmt::format("{} -> {}: {} non-zero of {} parameters\n", options.model.file,
                            options.to, model->parameters.nonzero(), model->parameters.count()));
    return 0;
}

} // namespace

void addConvert(CLI::App& program, RunCommand& run)
{
    auto* command = program.add_subcommand("convert", "Write a model in another format");
    auto options = std::make_shared<ConvertOptions>();
    command->add_option("IN", options->model.file, "Model file")->required()->type_name("");
    command->add_option("OUT", options->to, "File to write: .safetensors, .pt or .pth; or --out")
        ->type_name("");
    addLayoutOptions(*command, options->model);
    addCommonOptions(*command, options->common);
    command->add_flag("--force", options->force, "Replace OUT if it exists");
    command->footer("No bit of any tensor changes.\n\n"
                    "Examples:\n"
                    "  caddie convert model.pth model.safetensors\n"
                    "  caddie convert --layout 2 state_dict.pt model.safetensors\n"
                    "  caddie convert model.safetensors model.pt");
    command->callback([options, &run] {
        if (options->to.empty())
            options->to = options->common.out;
        run = [options] { return convert(*options); };
    });
}

} // namespace app
