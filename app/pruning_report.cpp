// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/output.h"
#include "app/run_execution.h"

#include <algorithm>
#include <fmt/format.h>

namespace app
{

void printPruning(const CommonOptions& options, const core::RunSummary& summary)
{
    const core::RunRecord record(summary.folder);
    const core::RunSpec& spec = record.spec();
    const auto visits = record.visits();
    const auto removed = std::ranges::count(visits, true, &core::PruneVisit::removed);
    const core::Split split = std::get<core::PruneSpec>(spec.work).options.split;
    Json result = {{"run", summary.id},
                   {"folder", summary.folder.string()},
                   {"status", core::statusName(summary.status)},
                   {"message", summary.message},
                   {"removed", removed},
                   {"visited", visits.size()},
                   {"parameters", summary.parameters},
                   {"nonzero", summary.nonzero},
                   {"split", core::splitName(split)},
                   {"backend", summary.backend}};
    std::string text = fmt::format("run {}: {}\n{} removed in {} visits, {} non-zero of {}\n",
                                   summary.id, core::statusName(summary.status), removed,
                                   visits.size(), summary.nonzero, summary.parameters);
    if (summary.accuracy) {
        result["data"] = summary.accuracy->data;
        result["images"] = summary.accuracy->images;
        result["correct"] = summary.accuracy->correct;
        result["accuracy"] = summary.accuracy->accuracy();
        text += fmt::format("{} on {} (selected on {})\n", percent(summary.accuracy->accuracy()),
                            summary.accuracy->data, core::splitName(split));
    }
    const bool written = !summary.model.empty() && !spec.out.empty();
    result["out"] = written ? Json(spec.out.string()) : Json();
    if (written)
        text += fmt::format("written to {}\n", spec.out.string());
    printResult(options, result, text);
}

} // namespace app
