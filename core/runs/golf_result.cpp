// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/golf_result.h"

#include "core/inspect/class_means.h"
#include "core/model/pedigree.h"
#include "core/runs/golf_json.h"
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
                     const GolfData& data, const GolfState& state)
{
    const auto& golf = std::get<GolfSpec>(spec.work);
    nlohmann::json recipe = {{"command", "golf"},
                             {"program", "caddie " CADDIE_VERSION},
                             {"backend", backend.name()},
                             {"arch", golf.architecture},
                             {"select", wordOf(golf.select, kSplits)},
                             {"data", data.training->description()},
                             {"data_sha256", spec.dataHash},
                             {"steps", state.step},
                             {"rounds", state.round},
                             {"epochs_trained", state.epochs},
                             {"stopped", state.phase != GolfPhase::Finished}};
    putGolfOptions(recipe, golf.options);
    if (start.parameters.nonzero() > 0)
        recipe["from"] = pedigreeOf(start);
    return recipe.dump();
}

Provenance provenanceOf(const Backend& backend, const RunSpec& spec, const Model& start,
                        const GolfData& data, const GolfState& state)
{
    Provenance provenance;
    provenance.origin = fmt::format("played by Caddie " CADDIE_VERSION " on {}, selected on {}",
                                    data.training->description(), data.selection->description());
    provenance.recipe = recipeOf(backend, spec, start, data, state);
    provenance.selectedOn = selectedOn(start.provenance, std::get<GolfSpec>(spec.work).select);
    return provenance;
}

/// Of a game that was stopped before its first dense network stood.
std::span<const float> standing(const GolfState& state, std::span<const float> nothing)
{
    if (!state.best.empty())
        return state.best;
    if (!state.parameters.empty())
        return state.parameters;
    return state.fit ? std::span<const float>(state.fit->parameters) : nothing;
}

} // namespace

GolfResult resultOf(Backend& backend, const RunSpec& spec, Model start, const GolfData& data,
                    const Dataset& test, const GolfState& state, std::span<const float> refitted)
{
    const auto& golf = std::get<GolfSpec>(spec.work);
    const Parameters nothing(start.architecture);
    const std::span<const float> parameters =
        refitted.empty() ? standing(state, nothing.values()) : refitted;
    GolfResult result;
    result.accuracy =
        measureAccuracy(backend, parameters, refitted.empty() ? *data.selection : test);
    Provenance provenance = provenanceOf(backend, spec, start, data, state);
    if (!refitted.empty())
        provenance.origin +=
            fmt::format(", then trained {} epochs on them as well", golf.options.refit);
    else if (golf.select != Split::Test)
        provenance.accuracies.push_back(measureAccuracy(backend, parameters, test));
    provenance.accuracies.push_back(result.accuracy);
    result.model = std::move(start);
    result.model.provenance = std::move(provenance);
    result.model.notes.clear();
    std::ranges::copy(parameters, result.model.parameters.values().begin());
    result.model.classStatistics = classMeans(backend, result.model, test);
    return result;
}

Model bestSoFar(const Backend& backend, const RunSpec& spec, const Model& start,
                const GolfData& data, const GolfState& state)
{
    Model model = start;
    model.provenance = provenanceOf(backend, spec, start, data, state);
    model.provenance.accuracies = {{data.selection->description(),
                                    std::string(splitName(data.selection->split)),
                                    state.bestCorrect, data.selection->size()}};
    model.notes.clear();
    model.classStatistics.reset();
    std::ranges::copy(state.best, model.parameters.values().begin());
    return model;
}

} // namespace core
