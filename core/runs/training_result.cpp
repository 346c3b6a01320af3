// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/training_result.h"

#include "core/inspect/class_means.h"
#include "core/runs/measured_accuracy.h"
#include "core/runs/spec_words.h"
#include "core/runs/switches_json.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace core
{

namespace
{

/// Everything that makes the run again.
std::string recipeOf(const Backend& backend, const RunSpec& spec, const Model& start,
                     const TrainingData& data, const TrainingState& state)
{
    const auto& [architecture, options] = std::get<TrainSpec>(spec.work);
    nlohmann::json recipe = {{"command", "train"},
                             {"program", "caddie " CADDIE_VERSION},
                             {"backend", backend.name()},
                             {"arch", architecture},
                             {"epochs", options.epochs},
                             {"batch", options.batch},
                             {"optimizer", wordOf(options.optimizer, kOptimizers)},
                             {"lr", options.lr},
                             {"schedule", wordOf(options.schedule, kSchedules)},
                             {"weight_decay", options.weightDecay},
                             {"label_smoothing", options.labelSmoothing},
                             {"seed", options.seed},
                             {"select", wordOf(options.keep, kKept)},
                             {"data", data.training->description()},
                             {"data_sha256", spec.dataHash},
                             {"epochs_done", state.epochs.size()},
                             {"kept_epoch", state.keptEpoch},
                             {"stopped", state.stopped}};
    if (options.schedule == ScheduleKind::Step) {
        recipe["lr_step"] = options.lrStep;
        recipe["lr_gamma"] = options.lrGamma;
    }
    if (options.schedule == ScheduleKind::Cosine)
        recipe["lr_end"] = options.lrEnd;
    if (options.optimizer == OptimizerKind::Sgd)
        recipe["momentum"] = options.momentum;
    if (!options.mask.empty())
        recipe["held_at_zero"] = std::ranges::count(options.mask, 0);
    putSwitches(recipe, options.switches);
    if (!start.file.empty())
        recipe["from"] = modelHash(start);
    if (state.imagesDone > 0)
        recipe["images_of_next_epoch"] = state.imagesDone;
    return recipe.dump();
}

} // namespace

TrainingResult resultOf(Backend& backend, const RunSpec& spec, Model start,
                        const TrainingData& data, const TrainingState& state)
{
    const TrainingOptions& options = std::get<TrainSpec>(spec.work).options;
    TrainingResult result;
    Provenance provenance;
    provenance.origin =
        fmt::format("trained by Caddie " CADDIE_VERSION " on {}", data.training->description());
    provenance.recipe = recipeOf(backend, spec, start, data, state);
    provenance.selectedOn = selectedOn(options.keep);
    const std::vector<float>& kept =
        state.keptEpoch > 0 ? state.keptParameters : measuredParameters(state);
    if (state.keptEpoch > 0) {
        const EpochResult& epoch = state.epochs[static_cast<std::size_t>(state.keptEpoch - 1)];
        provenance.accuracies.push_back(
            measuredAccuracy(*data.test, epoch.testCorrect, epoch.testImages));
        if (data.validation)
            provenance.accuracies.push_back(measuredAccuracy(
                *data.validation, epoch.validationCorrect, epoch.validationImages));
    } else {
        provenance.accuracies.push_back(measureAccuracy(backend, kept, *data.test));
    }
    result.accuracy = provenance.accuracies.front();
    result.model = std::move(start);
    result.model.provenance = std::move(provenance);
    result.model.notes.clear();
    std::ranges::copy(kept, result.model.parameters.values().begin());
    result.model.classStatistics = classMeans(backend, result.model, *data.test);
    return result;
}

} // namespace core
