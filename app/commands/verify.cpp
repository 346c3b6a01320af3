// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/data_choice.h"
#include "app/opening.h"
#include "app/output.h"
#include "app/provenance_text.h"
#include "app/stop_signal.h"
#include "core/inspect/scoreboard.h"
#include "core/model/architecture_text.h"
#include "core/model/league.h"

#include <fmt/format.h>

namespace app
{

namespace
{

constexpr int kExitClaimFails = 3; ///< as for a file that is not what it should be

struct VerifyArguments {
    CommonOptions common;
    ModelChoice model;
};

/// What the file says of itself on this data, against what was found.
struct Claim {
    int correct = 0;
    bool holds = false;
};

struct Findings {
    core::ModelPointer model;
    core::Score score; ///< counted and evaluated here
    std::optional<Claim> claim;
    std::string backend;
    bool stopped = false;

    bool holds() const { return !claim || claim->holds; }
};

Findings verify(const VerifyArguments& arguments, const std::stop_token& stop)
{
    const Subject subject = openSubject(arguments.model, arguments.common);
    const auto data = loadData(arguments.common, arguments.common.split);
    const core::Evaluation evaluation =
        subject.backend->evaluate(subject.model->parameters.values(), *data, stop);
    Findings findings;
    findings.model = subject.model;
    findings.score = core::verifiedScore(*subject.model, evaluation, *data);
    findings.backend = subject.backend->name();
    findings.stopped = evaluation.stopped;
    for (const core::MeasuredAccuracy& claimed : subject.model->provenance.accuracies)
        if (claimed.data == findings.score.data)
            findings.claim = {claimed.correct, claimed.correct == evaluation.correct &&
                                                   claimed.images == evaluation.images};
    return findings;
}

Json tensorsAsJson(const core::Parameters& parameters)
{
    Json tensors = Json::array();
    for (const core::ParameterSlice& slice : parameters.slices()) {
        const auto statistics = core::tensorStatistics(parameters.of(slice));
        tensors.push_back(
            {{"name", slice.name}, {"entries", statistics.count}, {"nonzero", statistics.nonzero}});
    }
    return tensors;
}

Json asJson(const Findings& findings)
{
    const core::Model& model = *findings.model;
    const core::Score& score = findings.score;
    const core::Interval interval = score.interval();
    Json claim;
    if (findings.claim)
        claim = {{"correct", findings.claim->correct}, {"holds", findings.claim->holds}};
    return {
        {"model", model.name},
        {"model_sha256", score.modelHash},
        {"architecture", core::toText(model.architecture)},
        {"league", core::leagueName(core::leagueOf(model.architecture))},
        {"parameters", model.parameters.count()},
        {"nonzero", score.nonzero},
        {"tensors", tensorsAsJson(model.parameters)},
        {"data", score.data},
        {"images", score.images},
        {"correct", score.correct},
        {"accuracy", score.accuracy()},
        {"interval",
         {{"method", "Wilson"}, {"level", 0.95}, {"low", interval.low}, {"high", interval.high}}},
        {"meets_goal", core::meetsGoal(score)},
        {"provenance", provenanceAsJson(model.provenance)},
        {"claim", std::move(claim)},
        {"backend", findings.backend},
        {"stopped", findings.stopped}};
}

std::string claimAsText(const Findings& findings)
{
    if (!findings.claim)
        return "the file claims nothing on this data";
    if (findings.claim->holds)
        return "as the file claims";
    return fmt::format("but the file claims {}", core::withThousands(findings.claim->correct));
}

std::string asText(const Findings& findings)
{
    const core::Model& model = *findings.model;
    const core::Score& score = findings.score;
    const core::Interval interval = score.interval();
    std::string text =
        fmt::format("{}: {} non-zero, {} of {} right on {}: {}\n", printable(model.name),
                    core::withThousands(static_cast<std::int64_t>(score.nonzero)),
                    core::withThousands(score.correct), core::withThousands(score.images),
                    score.data, claimAsText(findings));
    text +=
        fmt::format("  league      {}\n", core::leagueTitle(core::leagueOf(model.architecture)));
    text += fmt::format("  accuracy    {} (95 % interval {} to {}, Wilson)\n",
                        percent(score.accuracy()), percent(interval.low), percent(interval.high));
    text += provenanceAsText(model.provenance);
    text += fmt::format("  computed by {}\n\n", findings.backend);
    Table table({"tensor", "entries", "non-zero"});
    for (const core::ParameterSlice& slice : model.parameters.slices()) {
        const auto statistics = core::tensorStatistics(model.parameters.of(slice));
        table.add({printable(slice.name), std::to_string(statistics.count),
                   std::to_string(statistics.nonzero)});
    }
    return text + table.text();
}

int runVerify(const VerifyArguments& arguments)
{
    const StopSignal stop;
    const Findings findings = verify(arguments, stop.token());
    printResult(arguments.common, asJson(findings), asText(findings));
    if (findings.stopped)
        return kExitStopped;
    return findings.holds() ? 0 : kExitClaimFails;
}

} // namespace

void addVerify(CLI::App& program, RunCommand& run)
{
    auto* command = program.add_subcommand(
        "verify", "Recount a model's non-zero entries and evaluate it again");
    auto arguments = std::make_shared<VerifyArguments>();
    addModelArgument(*command, arguments->model);
    addCommonOptions(*command, arguments->common);
    command->footer(
        "Counts every entry that is not zero of every tensor that the network reads, trained or "
        "not, and says in which league it plays: raw input, with transformations, or with "
        "test-time "
        "averaging. Exit code 3: the file claims another number of right answers on this data.\n\n"
        "Examples:\n"
        "  caddie verify models/golf-raw.safetensors\n"
        "  caddie verify model.pth --json");
    command->callback([arguments, &run] { run = [arguments] { return runVerify(*arguments); }; });
}

} // namespace app
