// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/output.h"
#include "app/run_execution.h"

namespace app
{

namespace
{

struct ResumeArguments {
    CommonOptions common;
    std::string runs;
    std::string run;
    int threads = 0; ///< 0: what the run was created with
    bool stop = false;
};

int resume(const ResumeArguments& arguments)
{
    const auto folder = findRun(runsFolder(arguments.runs), arguments.run);
    const core::RunSpec spec = core::RunRecord(folder).spec();
    const core::RunData data = loadRunData(arguments.common, spec);
    const auto wish = arguments.stop ? core::RunWish::StopAndKeep : core::RunWish::GoOn;
    return reportRun(arguments.common,
                     executeRun(arguments.common, folder, data, arguments.threads, wish));
}

} // namespace

void addResume(CLI::App& program, RunCommand& run)
{
    auto* command = program.add_subcommand(
        "resume", "Go on with a run that was paused, interrupted or never started");
    auto arguments = std::make_shared<ResumeArguments>();
    command
        ->add_option("RUN", arguments->run,
                     "Its id, a beginning of it that is enough, or its folder")
        ->required()
        ->type_name("");
    command->add_flag("--stop", arguments->stop, "End it now, with the best that it has so far");
    addRunsOption(*command, arguments->runs);
    addCommonOptions(*command, arguments->common);
    command->footer(
        "However often a run was killed, it ends in the same bits as one that was "
        "not. What decides its result is fixed when it is created, so of the common "
        "options only --data, --threads, --json, --quiet and --progress matter here.\n\n"
        "Examples:\n"
        "  caddie resume 2026-11-22-101500\n"
        "  caddie resume 2026-11-22-101500 --stop");
    command->callback([command, arguments, &run] {
        if (command->count("--threads") > 0)
            arguments->threads = arguments->common.threads;
        run = [arguments] { return resume(*arguments); };
    });
}

} // namespace app
