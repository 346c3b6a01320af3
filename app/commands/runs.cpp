// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/output.h"
#include "app/run_execution.h"

#include <fmt/format.h>

namespace app
{

namespace
{

struct RunsArguments {
    CommonOptions common;
    std::string runs;
    std::vector<std::string> gone; ///< of `rm`
};

Json asJson(const core::RunSummary& summary)
{
    Json object = {{"run", summary.id},
                   {"title", summary.title},
                   {"kind", core::kindName(summary.kind)},
                   {"status", core::statusName(summary.status)},
                   {"message", summary.message},
                   {"done", summary.progress.done},
                   {"total", summary.progress.total},
                   {"fraction", summary.progress.fraction},
                   {"parameters", summary.parameters},
                   {"nonzero", summary.nonzero},
                   {"backend", summary.backend},
                   {"folder", summary.folder.string()},
                   {"model", summary.model.empty() ? Json() : Json(summary.model.string())},
                   {"accuracy", Json()}};
    if (summary.accuracy)
        object["accuracy"] = {{"data", summary.accuracy->data},
                              {"split", summary.accuracy->split},
                              {"correct", summary.accuracy->correct},
                              {"images", summary.accuracy->images},
                              {"accuracy", summary.accuracy->accuracy()}};
    return object;
}

int list(const RunsArguments& arguments)
{
    const auto folder = runsFolder(arguments.runs);
    Json all = Json::array();
    Table table({"run", "status", "on", "done", "accuracy", "non-zero"}, 3);
    std::string reasons;
    for (const core::RunSummary& run : core::listRuns(folder)) {
        all.push_back(asJson(run));
        const bool known = run.parameters > 0;
        table.add({run.id, std::string(core::statusName(run.status)),
                   run.accuracy ? run.accuracy->data : "",
                   known ? fmt::format("{:.0f} %", 100 * run.progress.fraction) : "",
                   run.accuracy ? percent(run.accuracy->accuracy()) : "",
                   known ? fmt::format("{} of {}", run.nonzero, run.parameters) : ""});
        if (!run.message.empty())
            reasons += fmt::format("{}: {}\n", run.id, printable(run.message));
    }
    const std::string text =
        all.empty() ? fmt::format("no runs in {}\n", folder.string()) : table.text() + reasons;
    printResult(arguments.common, {{"folder", folder.string()}, {"runs", all}}, text);
    return 0;
}

int removeRuns(const RunsArguments& arguments)
{
    Json gone = Json::array();
    std::string text;
    for (const std::string& reference : arguments.gone) {
        const auto folder = findRun(runsFolder(arguments.runs), reference);
        const std::string id = std::filesystem::absolute(folder).filename().string();
        core::removeRun(folder);
        gone.push_back(id);
        text += fmt::format("removed {}\n", id);
    }
    printResult(arguments.common, {{"removed", gone}}, text);
    return 0;
}

} // namespace

void addRuns(CLI::App& program, RunCommand& run)
{
    auto* command = program.add_subcommand(
        "runs", "List the trainings, prunings and games of golf, newest first");
    auto arguments = std::make_shared<RunsArguments>();
    addRunsOption(*command, arguments->runs);
    addCommonOptions(*command, arguments->common);
    auto* removal = command->add_subcommand("rm", "Delete runs with everything in their folders");
    removal->add_option("RUN", arguments->gone, "Ids, beginnings of them, or folders")
        ->required()
        ->type_name("");
    removal->fallthrough();
    command->footer("Examples:\n"
                    "  caddie runs\n"
                    "  caddie runs --json\n"
                    "  caddie runs rm 2026-11-22-101500");
    command->callback([arguments, &run] {
        run = [arguments] {
            return arguments->gone.empty() ? list(*arguments) : removeRuns(*arguments);
        };
    });
}

} // namespace app
