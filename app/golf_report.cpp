// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/output.h"
#include "app/run_execution.h"
#include "core/formats/model_file.h"

#include <fmt/format.h>

namespace app
{

namespace
{

/// What the run's model says of itself; nothing where there is none yet.
core::Provenance provenanceOf(const core::RunSummary& summary)
{
    return summary.model.empty() ? core::Provenance() : core::openModel(summary.model).provenance;
}

std::optional<core::MeasuredAccuracy> testIn(const core::Provenance& provenance)
{
    for (const core::MeasuredAccuracy& accuracy : provenance.accuracies)
        if (accuracy.split == "test")
            return accuracy;
    return std::nullopt;
}

} // namespace

bool printGolf(const CommonOptions& options, const core::RunSummary& summary)
{
    const core::RunRecord record(summary.folder);
    const core::RunSpec& spec = record.spec();
    const auto& golf = std::get<core::GolfSpec>(spec.work);
    const std::vector<core::GolfStep> steps = record.steps();
    const auto& accuracy = summary.accuracy;
    const bool met = !steps.empty() && steps.back().bestNonzero > 0;
    const core::Provenance provenance = provenanceOf(summary);
    const std::optional<core::MeasuredAccuracy> test = testIn(provenance);
    // Test, too, where it selected the network that the game went on with.
    const std::string selectedOn = provenance.selectedOn.empty()
                                       ? std::string(core::splitName(golf.select))
                                       : provenance.selectedOn;
    const bool written = !summary.model.empty() && !spec.out.empty();
    const Json result = {{"nonzero", summary.nonzero},
                         {"parameters", summary.parameters},
                         {"met", met},
                         {"threshold", golf.options.threshold},
                         {"correct", accuracy ? Json(accuracy->correct) : Json()},
                         {"images", accuracy ? Json(accuracy->images) : Json()},
                         {"accuracy", accuracy ? Json(accuracy->accuracy()) : Json()},
                         {"data", accuracy ? Json(accuracy->data) : Json()},
                         {"selected_on", selectedOn},
                         {"test_correct", test ? Json(test->correct) : Json()},
                         {"test_accuracy", test ? Json(test->accuracy()) : Json()},
                         {"steps", steps.size()},
                         {"epochs", steps.empty() ? 0 : steps.back().epochs},
                         {"backend", summary.backend},
                         {"run", summary.id},
                         {"folder", summary.folder.string()},
                         {"status", core::statusName(summary.status)},
                         {"message", summary.message},
                         {"out", written ? Json(spec.out.string()) : Json()}};
    std::string text = fmt::format("run {}: {} after {} steps\n{} non-zero of {}", summary.id,
                                   core::statusName(summary.status), steps.size(), summary.nonzero,
                                   summary.parameters);
    if (accuracy)
        text += fmt::format(", {} (selected on {})", rightOn(*accuracy),
                            accuracy->split == selectedOn ? "it" : selectedOn);
    if (test && test != accuracy)
        text += fmt::format("\n{}, measured once at the end", rightOn(*test));
    text += written ? fmt::format("\nwritten to {}\n", spec.out.string()) : "\n";
    printResult(options, result, text);
    return met;
}

} // namespace app
