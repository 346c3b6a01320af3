// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/submission.h"
#include "app/commands/commands.h"
#include "app/data_choice.h"
#include "app/environment.h"
#include "app/opening.h"
#include "app/output.h"
#include "app/stop_signal.h"
#include "core/base/error.h"
#include "core/formats/model_file.h"

#include <fmt/format.h>

namespace app
{

namespace
{

struct SubmissionArguments {
    CommonOptions common;
    ModelChoice model; ///< of export
    std::string file;  ///< of import
    bool checkOnly = false;
};

Json asJson(const core::Submission& submission)
{
    const double share =
        submission.images == 0 ? 0.0 : static_cast<double>(submission.correct) / submission.images;
    return {{"name", submission.name},
            {"model_sha256", submission.modelHash},
            {"parameters", submission.parameters},
            {"nonzero", submission.nonzero},
            {"correct", submission.correct},
            {"images", submission.images},
            {"accuracy", share},
            {"data", submission.data},
            {"data_sha256", submission.dataHash},
            {"selected_on", submission.selectedOn},
            {"league", core::leagueName(submission.league)},
            {"recipe", submission.recipe.empty() ? Json() : Json::parse(submission.recipe)}};
}

std::string asText(const core::Submission& submission)
{
    std::string text = fmt::format(
        "{}: {} of {} parameters non-zero, {} of {} right on {}", printable(submission.name),
        core::withThousands(static_cast<std::int64_t>(submission.nonzero)),
        core::withThousands(static_cast<std::int64_t>(submission.parameters)),
        core::withThousands(submission.correct), core::withThousands(submission.images),
        printable(submission.data));
    if (!submission.selectedOn.empty())
        text += fmt::format(" (selected on {})", printable(submission.selectedOn));
    text += fmt::format(", league: {}", core::leagueTitle(submission.league));
    return text;
}

int exportSubmission(const SubmissionArguments& arguments)
{
    if (arguments.common.out.empty())
        throw core::Error(core::ErrorKind::Usage, "--out is required: the .zip to write");
    const StopSignal stop;
    const Subject subject = openSubject(arguments.model, arguments.common);
    const auto data = loadData(arguments.common, arguments.common.split);
    const core::Submission submission = core::makeSubmission(
        *subject.model, *subject.backend, *data, "caddie " CADDIE_VERSION, stop.token());
    core::writeSubmission(submission, arguments.common.out);
    Json result = asJson(submission);
    result["backend"] = submission.backend;
    result["out"] = outAsJson(arguments.common);
    printResult(arguments.common, result,
                fmt::format("{}\n{}", asText(submission), outAsText(arguments.common)));
    return 0;
}

int importSubmission(const SubmissionArguments& arguments)
{
    const StopSignal stop;
    const core::Submission submission = core::readSubmission(arguments.file);
    const auto data = loadData(arguments.common, arguments.common.split);
    const auto backend =
        core::makeBackend(submission.model.architecture, arguments.common.backendOptions());
    core::verifySubmission(submission, *backend, *data, stop.token());
    Json result = asJson(submission);
    result["verified"] = true;
    result["backend"] = backend->name();
    result["kept"] = Json();
    std::string text = fmt::format("{}\n  verified    recounted, and re-evaluated by {}\n",
                                   asText(submission), backend->name());
    if (!arguments.checkOnly) {
        const std::string kept = core::keepSubmission(submission, userSubmissionsFolder()).string();
        result["kept"] = kept;
        text += fmt::format("  kept        {}\n", kept);
    }
    if (!arguments.common.out.empty())
        core::saveModel(submission.model, arguments.common.out);
    result["out"] = outAsJson(arguments.common);
    printResult(arguments.common, result, text + outAsText(arguments.common));
    return 0;
}

void addExport(CLI::App& parent, const std::shared_ptr<SubmissionArguments>& arguments,
               RunCommand& run)
{
    auto* command = parent.add_subcommand("export", "Evaluate a model and write a submission");
    addModelArgument(*command, arguments->model);
    addCommonOptions(*command, arguments->common);
    command->footer("--out names the .zip: model.safetensors, which every tool can read, and "
                    "submission.json with the counts.\n\n"
                    "Example:\n"
                    "  caddie submission export model.pth --out mine.zip");
    command->callback(
        [arguments, &run] { run = [arguments] { return exportSubmission(*arguments); }; });
}

void addImport(CLI::App& parent, const std::shared_ptr<SubmissionArguments>& arguments,
               RunCommand& run)
{
    auto* command = parent.add_subcommand(
        "import", "Check a submission by recount and re-evaluation, and keep it");
    command->add_option("FILE", arguments->file, "A submission's .zip")->required()->type_name("");
    command->add_flag("--check-only", arguments->checkOnly,
                      "Don't keep it for the window's scoreboard");
    addCommonOptions(*command, arguments->common);
    command->footer(
        "A claim that is not found again, to the last image, is refused with exit code 3; one that "
        "was measured on other data with 4. --out writes the model that is inside.\n\n"
        "Examples:\n"
        "  caddie submission import mine.zip\n"
        "  caddie submission import theirs.zip --check-only --json");
    command->callback(
        [arguments, &run] { run = [arguments] { return importSubmission(*arguments); }; });
}

} // namespace

void addSubmission(CLI::App& program, RunCommand& run)
{
    auto* command =
        program.add_subcommand("submission", "Hand on a model with its score, or check one");
    command->require_subcommand(1);
    addExport(*command, std::make_shared<SubmissionArguments>(), run);
    addImport(*command, std::make_shared<SubmissionArguments>(), run);
}

} // namespace app
