// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/output.h"
#include "app/run_execution.h"
#include "core/formats/model_file.h"

#include <algorithm>
#include <fmt/format.h>

namespace app
{

namespace
{

/// What the result says of itself, where there is one.
struct Outcome {
    std::optional<std::uint64_t> visited; ///< removals tried; best-first tries many a decision
    std::string selectedOn;
    std::optional<core::MeasuredAccuracy> test; ///< where another split selected
};

Outcome outcomeOf(const core::RunSummary& summary)
{
    Outcome outcome;
    if (summary.model.empty())
        return outcome;
    const core::Provenance provenance = core::openModel(summary.model).provenance;
    outcome.visited = Json::parse(provenance.recipe).at("visited").get<std::uint64_t>();
    outcome.selectedOn = provenance.selectedOn;
    for (const core::MeasuredAccuracy& accuracy : provenance.accuracies)
        if (accuracy.split == "test" && accuracy != summary.accuracy)
            outcome.test = accuracy;
    return outcome;
}

} // namespace

void printPruning(const CommonOptions& options, const core::RunSummary& summary,
                  std::optional<double> seconds)
{
    const core::RunRecord record(summary.folder);
    const core::RunSpec& spec = record.spec();
    const auto visits = record.visits();
    const auto removed = std::ranges::count(visits, true, &core::PruneVisit::removed);
    const std::string split(core::splitName(std::get<core::PruneSpec>(spec.work).options.split));
    const Outcome outcome = outcomeOf(summary);
    const std::uint64_t visited = outcome.visited.value_or(visits.size());
    const auto& accuracy = summary.accuracy;
    const bool written = !summary.model.empty() && !spec.out.empty();
    const Json result = {{"removed", removed},
                         {"nonzero", summary.nonzero},
                         {"parameters", summary.parameters},
                         {"correct", accuracy ? Json(accuracy->correct) : Json()},
                         {"images", accuracy ? Json(accuracy->images) : Json()},
                         {"accuracy", accuracy ? Json(accuracy->accuracy()) : Json()},
                         {"visited", visited},
                         {"seconds", seconds ? Json(*seconds) : Json()},
                         {"split", split},
                         {"data", accuracy ? Json(accuracy->data) : Json()},
                         {"selected_on", outcome.selectedOn.empty() ? split : outcome.selectedOn},
                         {"test_correct", outcome.test ? Json(outcome.test->correct) : Json()},
                         {"test_accuracy", outcome.test ? Json(outcome.test->accuracy()) : Json()},
                         {"backend", summary.backend},
                         {"run", summary.id},
                         {"folder", summary.folder.string()},
                         {"status", core::statusName(summary.status)},
                         {"message", summary.message},
                         {"out", written ? Json(spec.out.string()) : Json()}};

    std::string text = fmt::format("run {}: {}\n{} removed, {} removals tried", summary.id,
                                   core::statusName(summary.status), removed,
                                   core::withThousands(static_cast<std::int64_t>(visited)));
    if (seconds)
        text += fmt::format(", {} s on {}", brief(*seconds), summary.backend);
    text += fmt::format("\n{} non-zero of {}", summary.nonzero, summary.parameters);
    if (accuracy)
        text += fmt::format(", {} (selected on {})", rightOn(*accuracy), split);
    if (outcome.test)
        text += fmt::format("\n{}, measured once at the end", rightOn(*outcome.test));
    if (outcome.selectedOn == "test" && split != "test")
        text += "\nwhat it began with had been selected on test";
    text += written ? fmt::format("\nwritten to {}\n", spec.out.string()) : "\n";
    printResult(options, result, text);
}

} // namespace app
