// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/pruning_result.h"

#include "core/inspect/class_means.h"
#include "core/model/pedigree.h"
#include "core/prune/candidates.h"
#include "core/runs/measured_accuracy.h"
#include "core/runs/spec_words.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace core
{

namespace
{

/// Everything that makes the run again.
std::string recipeOf(const Backend& backend, const RunSpec& spec, const Model& start,
                     const Dataset& selection, const PruneState& state)
{
    const PruneOptions& options = std::get<PruneSpec>(spec.work).options;
    nlohmann::json recipe = {{"command", "prune"},
                             {"program", "caddie " CADDIE_VERSION},
                             {"backend", backend.name()},
                             {"method", wordOf(options.method, kMethods)},
                             {"biases", options.biases},
                             {"slopes", options.slopes},
                             {"threshold", options.threshold},
                             {"split", wordOf(options.split, kSplits)},
                             {"data", selection.description()},
                             {"data_sha256", spec.dataHash},
                             {"visited", state.visited},
                             {"removed", state.removed},
                             {"nonzero_before", start.parameters.nonzero()},
                             {"nonzero", nonzeroCount(start.architecture, state.parameters)},
                             {"correct", state.correct},
                             {"stopped", !state.finished},
                             {"from", pedigreeOf(start)}};
    if (options.method == PruneMethod::BruteForce) {
        recipe["order"] = wordOf(options.order, kOrders);
        recipe["passes"] = options.passes;
        recipe["passes_begun"] = state.pass;
        if (options.order == PruneOrder::Random)
            recipe["seed"] = options.seed;
    }
    return recipe.dump();
}

} // namespace

PruningResult resultOf(Backend& backend, const RunSpec& spec, Model start, const Dataset& selection,
                       const Dataset& test, const PruneState& state)
{
    const PruneOptions& options = std::get<PruneSpec>(spec.work).options;
    PruningResult result;
    result.accuracy = measureAccuracy(backend, state.parameters, selection);
    Provenance provenance;
    provenance.origin =
        fmt::format("pruned by Caddie " CADDIE_VERSION " ({}), selected on {}",
                    options.method == PruneMethod::BestFirst ? "best first" : "brute force",
                    selection.description());
    provenance.recipe = recipeOf(backend, spec, start, selection, state);
    provenance.selectedOn = selectedOn(start.provenance, options.split);
    if (options.split != Split::Test)
        provenance.accuracies.push_back(measureAccuracy(backend, state.parameters, test));
    provenance.accuracies.push_back(result.accuracy);
    result.model = std::move(start);
    result.model.provenance = std::move(provenance);
    result.model.notes.clear();
    std::ranges::copy(state.parameters, result.model.parameters.values().begin());
    result.model.classStatistics = classMeans(backend, result.model, test);
    return result;
}

} // namespace core
