// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/figure_writer.h"
#include "app/opening.h"
#include "app/output.h"
#include "app/provenance_text.h"
#include "core/model/architecture_text.h"
#include "ui/figures/figure.h"
#include "ui/figures/figure_set.h"

#include <algorithm>
#include <fmt/format.h>

namespace app
{

namespace
{

struct InfoOptions {
    CommonOptions common;
    ModelChoice model;
};

Json tensorsAsJson(const core::Parameters& parameters)
{
    Json tensors = Json::array();
    for (const core::ParameterSlice& slice : parameters.slices()) {
        const auto statistics = core::tensorStatistics(parameters.of(slice));
        tensors.push_back({{"name", slice.name},
                           {"shape", slice.shape},
                           {"nonzero", statistics.nonzero},
                           {"min", statistics.min},
                           {"max", statistics.max},
                           {"mean", statistics.mean},
                           {"std", statistics.deviation}});
    }
    return tensors;
}

std::string tensorTable(const core::Parameters& parameters)
{
    Table table({"tensor", "shape", "entries", "non-zero", "min", "max", "mean", "std"}, 2);
    for (const core::ParameterSlice& slice : parameters.slices()) {
        const auto statistics = core::tensorStatistics(parameters.of(slice));
        table.add({slice.name, fmt::format("{}", fmt::join(slice.shape, "x")),
                   std::to_string(statistics.count), std::to_string(statistics.nonzero),
                   brief(statistics.min), brief(statistics.max), brief(statistics.mean),
                   brief(statistics.deviation)});
    }
    return table.text();
}

std::vector<std::string> candidates(const InfoOptions& options, const core::Model& model)
{
    if (model.otherLayouts == 0)
        return {core::toText(model.architecture)};
    std::vector<std::string> texts;
    for (const core::Architecture& layout : layoutsOf(options.model, options.common))
        texts.push_back(core::toText(layout));
    return texts;
}

Json asJson(const core::Model& model, const std::vector<std::string>& layouts)
{
    const bool stored = model.layout == core::LayoutSource::Stored;
    return {{"file", model.file.string()},
            {"format", model.format},
            {"architecture", core::toText(model.architecture)},
            {"layout", stored ? "stored" : "inferred"},
            {"layout_candidates", layouts},
            {"parameters", model.parameters.count()},
            {"nonzero", model.parameters.nonzero()},
            {"buffers", model.parameters.bufferCount()},
            {"tensors", tensorsAsJson(model.parameters)},
            {"provenance", provenanceAsJson(model.provenance)},
            {"notes", model.notes},
            {"hash", core::modelHash(model)}};
}

/// The likely ones; a file of few tensors fits hundreds.
std::string layoutList(const std::vector<std::string>& layouts)
{
    constexpr std::size_t kShown = 8;
    std::string text;
    for (std::size_t i = 0; layouts.size() > 1 && i < std::min(kShown, layouts.size()); ++i)
        text += fmt::format("    --layout {}  {}\n", i + 1, layouts[i]);
    if (layouts.size() > kShown)
        text += fmt::format("    and {} more, which --json lists\n", layouts.size() - kShown);
    return text;
}

std::string asText(const core::Model& model, const std::vector<std::string>& layouts)
{
    const bool stored = model.layout == core::LayoutSource::Stored;
    std::string text = fmt::format("{}\n", printable(model.name));
    text += fmt::format("  format        {}\n", printable(model.format));
    text += fmt::format("  architecture  {}\n", core::toText(model.architecture));
    text += fmt::format("  layout        {}\n", stored ? "stored" : "inferred");
    text += layoutList(layouts);
    text += fmt::format("  parameters    {} non-zero of {}\n", model.parameters.nonzero(),
                        model.parameters.count());
    if (model.parameters.bufferCount() > 0)
        text += fmt::format("  buffers       {}\n", model.parameters.bufferCount());
    text += provenanceAsText(model.provenance);
    text += fmt::format("  hash          {}\n", core::modelHash(model));
    for (const std::string& warning : model.notes)
        text += fmt::format("  note          {}\n", printable(warning));
    return text + '\n' + tensorTable(model.parameters);
}

int info(InfoOptions options)
{
    checkFigureFile(options.common.out);
    // What a note would say is part of the answer here.
    options.common.quiet = true;
    const auto model = openChosenModel(options.model, options.common).model;
    const auto layouts = candidates(options, *model);
    writeFigure(options.common, {}, [&] { return ui::overviewFigure(model, nullptr, {}); });
    Json result = asJson(*model, layouts);
    result["out"] = outAsJson(options.common);
    printResult(options.common, result, asText(*model, layouts) + outAsText(options.common));
    return 0;
}

} // namespace

void addInfo(CLI::App& program, RunCommand& run)
{
    auto* command = program.add_subcommand("info", "What a model file holds");
    auto options = std::make_shared<InfoOptions>();
    addModelArgument(*command, options->model);
    addCommonOptions(*command, options->common);
    command->footer("The std of a tensor is that of its entries themselves (divided by n). "
                    "--out writes the overview as .svg, .pdf, .png, .csv or .json, its recipe.\n\n"
                    "Examples:\n"
                    "  caddie info model.pth\n"
                    "  caddie info --json model.safetensors\n"
                    "  caddie info --layout 2 state_dict.pt");
    command->callback([options, &run] { run = [options] { return info(*options); }; });
}

} // namespace app
