// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common_options.h"

namespace app
{

void addCommonOptions(CLI::App& command, CommonOptions& options)
{
    command
        .add_option("--data", options.data,
                    "Folder with MNIST, or 'samples' for the built-in sample digits. Else "
                    "CADDIE_MNIST, the user's data folder and torchvision's folders are looked at")
        ->type_name("DIR|samples");
    addSplitOption(command, options.split);
    addWord<core::BackendChoice>(
        command, "--backend", options.backend,
        {{"auto", core::BackendChoice::Auto},
         {"torch", core::BackendChoice::Torch},
         {"fused", core::BackendChoice::Fused}},
        "What computes; auto takes fused where it covers the network, else torch");
    command.add_option("--seed", options.seed, "Of all that is random in the command")
        ->type_name("N")
        ->capture_default_str();
    command.add_option("--threads", options.threads, "Threads that compute")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(1, 1024));
    command.add_option("--out", options.out, "File (or folder) to write; overwritten if it exists")
        ->type_name("PATH");
    command.add_flag("--json", options.json, "Print one JSON object and nothing else");
    command.add_flag("--quiet", options.quiet, "No progress and no notes on stderr");
    command.add_flag("--progress", options.progress,
                     "Progress on stderr even where it is no terminal");
}

void addRunsOption(CLI::App& command, std::string& folder)
{
    command
        .add_option("--runs", folder,
                    "Folder with the runs. Else CADDIE_RUNS, else the user's data folder")
        ->type_name("DIR");
}

void addModelArgument(CLI::App& command, ModelChoice& choice)
{
    command.add_option("MODEL", choice.file, "Model file: safetensors or any torch container")
        ->required()
        ->type_name("");
    addLayoutOptions(command, choice);
}

void addLayoutOptions(CLI::App& command, ModelChoice& choice, const std::string& suffix)
{
    const bool one = !suffix.empty();
    auto* layout =
        command
            .add_option("--layout" + suffix, choice.layout,
                        one ? "The same for this model alone"
                            : "Take this one of the layouts that fit, as info counts them")
            ->type_name("N")
            ->check(CLI::Range(1, 100000));
    command
        .add_option(
            "--arch" + suffix, choice.architecture,
            one ? "The same for this model alone"
                : "Read the tensors as this architecture, such as '4@4x4 prelu pool, linear 10'")
        ->type_name("TEXT")
        ->excludes(layout);
}

CLI::Option* addSplitOption(CLI::App& command, core::Split& split)
{
    return addWord<core::Split>(command, "--split", split,
                                {{"test", core::Split::Test},
                                 {"train", core::Split::Train},
                                 {"validation", core::Split::Validation}},
                                "Part of the data; validation is the last 10,000 of train");
}

CLI::Option* addStageOption(CLI::App& command, core::Stage& stage)
{
    return addWord<core::Stage>(command, "--stage", stage,
                                {{"pre", core::Stage::Pre}, {"post", core::Stage::Post}},
                                "Before or after the activation function");
}

} // namespace app
