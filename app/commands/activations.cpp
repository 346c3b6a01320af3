// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/activations.h"
#include "app/commands/commands.h"
#include "app/data_choice.h"
#include "app/figure_writer.h"
#include "app/opening.h"
#include "app/output.h"
#include "app/unit_choice.h"
#include "ui/figures/figure.h"
#include "ui/figures/figure_set.h"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>

namespace app
{

namespace
{

struct ActivationsOptions {
    CommonOptions common;
    ModelChoice model;
    std::string image = "test:0";
    std::string layer = "1";
    core::Stage stage = core::Stage::Post;
};

/// One row a channel, or for vectors one row an entry.
std::string valueTable(const core::LayerOutput& output)
{
    const auto area = static_cast<std::size_t>(output.shape.area());
    const auto channels = static_cast<std::size_t>(output.shape.channels);
    Table table(area == 1 ? std::vector<std::string>{"channel", "value"}
                          : std::vector<std::string>{"channel", "min", "max", "mean"});
    for (std::size_t channel = 0; channel < channels; ++channel) {
        const auto map = std::span(output.values).subspan(channel * area, area);
        const auto [low, high] = std::ranges::minmax(map);
        const double mean = std::reduce(map.begin(), map.end(), 0.0) / static_cast<double>(area);
        if (area == 1)
            table.add({std::to_string(channel), fmt::format("{:.3f}", low)});
        else
            table.add({std::to_string(channel), fmt::format("{:.3f}", low),
                       fmt::format("{:.3f}", high), fmt::format("{:.3f}", mean)});
    }
    return table.text();
}

int activations(const ActivationsOptions& options)
{
    checkFigureFile(options.common.out);
    // What can be refused quickly comes before LibTorch is loaded.
    const auto model = openChosenModel(options.model, options.common).model;
    const core::Architecture& architecture = model->architecture;
    const int index = chooseUnit(architecture, options.layer);
    const core::Unit& unit = architecture.units()[static_cast<std::size_t>(index)];
    const ChosenImage image = chooseImage(options.common, options.image,
                                          architecture.input().height, architecture.input().width);
    const auto backend = core::makeBackend(architecture, options.common.backendOptions());
    const auto all = std::make_shared<const core::NetworkActivations>(
        core::activationsOf(*backend, *model, image.pixels));
    const core::LayerOutput& output = all->of(unit, options.stage);
    writeFigure(options.common, originOf({backend.get()}), [&] {
        ui::ChannelsOptions figure;
        figure.unit = index;
        figure.stage = options.stage;
        figure.input = QString::fromStdString(image.description);
        return ui::channelsFigure(model, all, figure);
    });
    const std::string stage = options.stage == core::Stage::Pre ? "pre" : "post";
    const Json result = {{"model", model->name},
                         {"image", image.description},
                         {"label", image.label ? Json(*image.label) : Json()},
                         {"prediction", all->prediction},
                         {"layer", unit.name},
                         {"stage", stage},
                         {"shape", shapeAsJson(output.shape)},
                         {"values", numbers(output.values)},
                         {"backend", backend->name()},
                         {"out", outAsJson(options.common)}};
    printResult(options.common, result,
                fmt::format("{}: {}, {}\n  image       {}\n  prediction  {} ({})\n\n{}{}",
                            printable(model->name), placeOf(unit, options.stage),
                            core::describe(output.shape), printable(image.description),
                            all->prediction,
                            percent(all->probabilities[static_cast<std::size_t>(all->prediction)]),
                            valueTable(output), outAsText(options.common)));
    return 0;
}

} // namespace

void addActivations(CLI::App& program, RunCommand& run)
{
    auto* command = program.add_subcommand("activations", "What a layer puts out for one image");
    auto options = std::make_shared<ActivationsOptions>();
    addModelArgument(*command, options->model);
    command
        ->add_option("--image", options->image,
                     "test:N, train:N, validation:N, samples:N, or a grey PNG of the input's size, "
                     "light ink on black like MNIST's")
        ->type_name("IMAGE")
        ->capture_default_str();
    command
        ->add_option("--layer", options->layer,
                     "A layer with weights: its number from 1, or its name such as conv2, logits")
        ->type_name("LAYER")
        ->capture_default_str();
    addStageOption(*command, options->stage);
    addCommonOptions(*command, options->common);
    command->footer(
        "In the JSON object, shape is [channels, height, width] and values are in "
        "row-major order. --out writes the maps as .svg, .pdf, .png, .csv or .json, its recipe.\n\n"
        "Examples:\n"
        "  caddie activations model.pth --image test:0 --layer 1 --stage pre --json\n"
        "  caddie activations model.pth --image seven.png --layer logits");
    command->callback([options, &run] { run = [options] { return activations(*options); }; });
}

} // namespace app
