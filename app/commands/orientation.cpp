// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/orientation.h"
#include "app/commands/commands.h"
#include "app/opening.h"
#include "app/output.h"
#include "app/result_file.h"
#include "app/stop_signal.h"
#include "app/unit_choice.h"

#include <fmt/format.h>

namespace app
{

namespace
{

struct OrientationOptions {
    CommonOptions common;
    ModelChoice model;
    core::Stage stage = core::Stage::Post;
};

Json channelAsJson(const core::OrientedChannel& channel, core::Stage stage)
{
    const core::OrientationTuning& tuning = channel.at(stage);
    const std::string label = channel.label(stage);
    return {{"index", channel.channel},
            {"angle_degrees", label == "silent" ? Json() : Json(tuning.angle)},
            {"selectivity", tuning.selectivity},
            {"label", label},
            {"polarity", core::polarityName(tuning.polarity)},
            {"slope", channel.slope ? Json(shortest(static_cast<float>(*channel.slope))) : Json()},
            {"passes_inverted", channel.passesInverted()},
            {"ink_effect", tuning.inkEffect},
            {"gratings", tuning.gratings},
            {"ink_left", tuning.inkLeft},
            {"ink_right", tuning.inkRight}};
}

/// What the later layers get to see.
std::string passedOn(const core::OrientedChannel& channel)
{
    switch (channel.post.polarity) {
    case core::Polarity::Normal:
        return "as it is";
    case core::Polarity::Inverted:
        return "inverted";
    case core::Polarity::Balanced:
        break;
    }
    return channel.label(core::Stage::Post) == "silent" ? "nothing" : "edges only";
}

std::string asText(const Subject& subject, const core::Unit& unit, core::Stage stage,
                   const std::vector<core::OrientedChannel>& channels)
{
    Table table({"channel", "edges", "angle", "selectivity", "ink", "slope", "passes on"}, 2);
    for (const core::OrientedChannel& channel : channels) {
        const core::OrientationTuning& tuning = channel.at(stage);
        const std::string label = channel.label(stage);
        table.add({std::to_string(channel.channel), label,
                   label == "silent" ? "" : fmt::format("{:.1f}", tuning.angle),
                   fmt::format("{:.3f}", tuning.selectivity),
                   fmt::format("{:+.2f}", tuning.inkEffect),
                   channel.slope ? fmt::format("{:.3f}", *channel.slope) : "", passedOn(channel)});
    }
    return fmt::format(
        "{}: edges of {}\n"
        "  computed by {}\n\n{}\n"
        "Angles are those of the edge's line in degrees, counter-clockwise: 0 "
        "horizontal, 45 \"/\", 90\nvertical, 135 \"\\\". Selectivity is 0 where all "
        "angles count alike; below {:.2f} a channel is mixed.\nInk is the output for "
        "ink minus that for paper, as a share of all that edges do.\n",
        printable(subject.model->name), placeOf(unit, stage), subject.backend->name(), table.text(),
        core::kMixedBelow);
}

int orientation(const OrientationOptions& options)
{
    checkResultFile(options.common);
    const StopSignal stop;
    const Subject subject = openSubject(options.model, options.common);
    const auto channels = core::orientations(*subject.backend, *subject.model, stop.token());
    if (stop.requested())
        return kExitStopped;
    const core::Unit& unit = subject.model->architecture.units().front();
    Json list = Json::array();
    for (const core::OrientedChannel& channel : channels)
        list.push_back(channelAsJson(channel, options.stage));
    const Json result = {{"model", subject.model->name},
                         {"layer", unit.name},
                         {"stage", options.stage == core::Stage::Pre ? "pre" : "post"},
                         {"mixed_below", core::kMixedBelow},
                         {"channels", std::move(list)},
                         {"backend", subject.backend->name()},
                         {"out", outAsJson(options.common)}};
    writeResultFile(options.common, result);
    printResult(options.common, result,
                asText(subject, unit, options.stage, channels) + outAsText(options.common));
    return 0;
}

} // namespace

void addOrientation(CLI::App& program, RunCommand& run)
{
    auto* command = program.add_subcommand(
        "orientation", "Which edges the first layer's channels answer to, by measurement");
    auto options = std::make_shared<OrientationOptions>();
    addModelArgument(*command, options->model);
    addStageOption(*command, options->stage);
    addCommonOptions(*command, options->common);
    command->footer(
        "Gratings of 4, 6 and 8 pixels a period and step edges are shown at angles from 0 to 175 "
        "degrees. An angle is that of the edge's line, counter-clockwise from the horizontal. The "
        "selectivity is |sum r e^(2i angle)| / sum r over the answers r to gratings. The polarity "
        "is inverted where ink lowers the output, at the stage asked for; passes_inverted says "
        "whether it is so after the activation function. In the JSON "
        "object, gratings, ink_left and ink_right have an entry for every 5 degrees; left and "
        "right are those of someone who looks along the line. --out writes the object as .json.\n\n"
        "Examples:\n"
        "  caddie orientation model.pth\n"
        "  caddie orientation model.pth --stage pre --json");
    command->callback([options, &run] { run = [options] { return orientation(*options); }; });
}

} // namespace app
