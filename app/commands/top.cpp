// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/data_choice.h"
#include "app/opening.h"
#include "app/output.h"
#include "app/progress_line.h"
#include "app/result_file.h"
#include "app/stop_signal.h"
#include "app/unit_choice.h"
#include "core/base/error.h"
#include "core/inspect/top_examples.h"

#include <fmt/format.h>

namespace app
{

namespace
{

struct TopOptions {
    CommonOptions common;
    ModelChoice model;
    std::string layer = "1";
    int channel = 0;
    std::optional<int> position;
    core::Stage stage = core::Stage::Post;
    core::TopExamplesOptions examples;
};

Json examplesAsJson(const std::vector<core::Example>& examples)
{
    Json list = Json::array();
    for (const core::Example& example : examples)
        list.push_back({{"image", example.image},
                        {"label", example.label},
                        {"value", shortest(example.value)},
                        {"row", example.row},
                        {"column", example.column},
                        {"window",
                         {{"top", example.window.top},
                          {"left", example.window.left},
                          {"height", example.window.height},
                          {"width", example.window.width}}}});
    return list;
}

Json quartilesAsJson(const core::Quartiles& quartiles)
{
    return {{"count", quartiles.count},   {"min", quartiles.minimum}, {"lower", quartiles.lower},
            {"median", quartiles.median}, {"upper", quartiles.upper}, {"max", quartiles.maximum},
            {"mean", quartiles.mean}};
}

Json distributionAsJson(const core::ValueDistribution& distribution)
{
    Json histogram = Json::array();
    Json perClass = Json::array();
    const auto bins = static_cast<std::size_t>(distribution.bins);
    for (std::size_t label = 0; label < distribution.perClass.size(); ++label) {
        histogram.push_back(std::span(distribution.histogram).subspan(label * bins, bins));
        perClass.push_back(quartilesAsJson(distribution.perClass[label]));
    }
    return {{"low", distribution.low},
            {"high", distribution.high},
            {"histogram", std::move(histogram)},
            {"per_class", std::move(perClass)},
            {"overall", quartilesAsJson(distribution.overall)}};
}

std::string exampleTable(const core::TopExamples& found)
{
    Table table({"", "image", "label", "value", "row", "column", "pixels"});
    const auto add = [&](const char* title, const std::vector<core::Example>& examples) {
        for (std::size_t i = 0; i < examples.size(); ++i) {
            const core::Example& example = examples[i];
            const core::PixelWindow& window = example.window;
            table.add({i == 0 ? title : "", std::to_string(example.image),
                       std::to_string(example.label), fmt::format("{:.3f}", example.value),
                       std::to_string(example.row), std::to_string(example.column),
                       fmt::format("{}..{}, {}..{}", window.top, window.top + window.height - 1,
                                   window.left, window.left + window.width - 1)});
        }
    };
    add("strongest", found.strongest);
    add("weakest", found.weakest);
    return table.text();
}

std::string classTable(const core::ValueDistribution& distribution)
{
    Table table({"label", "images", "min", "lower", "median", "upper", "max"});
    for (std::size_t label = 0; label < distribution.perClass.size(); ++label) {
        const core::Quartiles& of = distribution.perClass[label];
        std::vector<std::string> row = {std::to_string(label), std::to_string(of.count)};
        for (const double value : {of.minimum, of.lower, of.median, of.upper, of.maximum})
            row.push_back(of.count == 0 ? "" : fmt::format("{:.3f}", value));
        table.add(row);
    }
    return table.text();
}

int top(const TopOptions& options)
{
    checkResultFile(options.common);
    const StopSignal stop;
    const Subject subject = openSubject(options.model, options.common);
    const core::Architecture& architecture = subject.model->architecture;
    const core::Unit& unit =
        architecture.units()[static_cast<std::size_t>(chooseUnit(architecture, options.layer))];
    const core::ExampleSubject what{options.stage == core::Stage::Pre ? unit.preLayer
                                                                      : unit.postLayer,
                                    options.channel, options.position};
    const auto data = loadData(options.common, options.common.split);
    core::TopExamples found;
    {
        ProgressLine progress(options.common);
        found = core::topExamples(*subject.backend, *subject.model, *data, what, options.examples,
                                  progress.observer(), stop.token());
    }
    const Json result = {{"model", subject.model->name},
                         {"data", found.data},
                         {"layer", unit.name},
                         {"stage", options.stage == core::Stage::Pre ? "pre" : "post"},
                         {"channel", options.channel},
                         {"position", options.position ? Json(*options.position) : Json()},
                         {"images", found.images},
                         {"strongest", examplesAsJson(found.strongest)},
                         {"weakest", examplesAsJson(found.weakest)},
                         {"distribution", distributionAsJson(found.distribution)},
                         {"backend", subject.backend->name()},
                         {"stopped", found.stopped},
                         {"out", outAsJson(options.common)}};
    writeResultFile(options.common, result);
    const std::string where =
        options.position ? fmt::format(", row {} column {}", *options.position / unit.shape.width,
                                       *options.position % unit.shape.width)
                         : (unit.shape.area() > 1 ? ", the highest of its map" : "");
    printResult(options.common, result,
                fmt::format("{}: channel {} of {}{}\n  data  {}{}\n\n{}\n{}{}",
                            printable(subject.model->name), options.channel,
                            placeOf(unit, options.stage), where, printable(found.data),
                            found.stopped ? " (stopped early)" : "", exampleTable(found),
                            classTable(found.distribution), outAsText(options.common)));
    return found.stopped ? kExitStopped : 0;
}

} // namespace

void addTop(CLI::App& program, RunCommand& run)
{
    auto* command = program.add_subcommand(
        "top", "The images that excite a channel or neuron most and least, and where");
    auto options = std::make_shared<TopOptions>();
    addModelArgument(*command, options->model);
    command
        ->add_option("--layer", options->layer,
                     "A layer with weights: its number from 1, or its name such as conv2, logits")
        ->type_name("LAYER")
        ->capture_default_str();
    command->add_option("--channel", options->channel, "Of the layer, counted from 0")
        ->type_name("C")
        ->capture_default_str();
    command
        ->add_option("--position", options->position,
                     "Row times width plus column: one neuron instead of the channel's highest")
        ->type_name("P");
    addStageOption(*command, options->stage);
    command->add_option("--count", options->examples.count, "Images of each kind")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(1, 60000));
    command->add_option("--bins", options->examples.bins, "Of the histogram")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(1, 10000));
    addCommonOptions(*command, options->common);
    command->footer(
        "A channel's value for an image is the highest of its map; row and column say where, and "
        "the window which pixels that place can depend on. In the JSON object the histogram is "
        "[class][bin] between low and high. --out writes the object as .json.\n\n"
        "Examples:\n"
        "  caddie top model.pth --layer conv2 --channel 3\n"
        "  caddie top model.pth --layer conv3 --channel 1 --position 4 --count 20 --json");
    command->callback([options, &run] { run = [options] { return top(*options); }; });
}

} // namespace app
