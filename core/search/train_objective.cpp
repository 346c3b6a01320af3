// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/train_objective.h"

#include "core/base/error.h"
#include "core/formats/model_file.h"
#include "core/model/architecture_text.h"
#include "core/runs/run_data.h"
#include "core/runs/split_data.h"
#include "core/runs/training_result.h"
#include "core/search/search_json.h"

#include <fmt/format.h>
#include <memory>

namespace core
{

namespace
{

/// Where no epoch is chosen by the test set, the sweep does not choose by it either.
TrainObjectiveOptions selecting(TrainObjectiveOptions options)
{
    if (options.base.options.keep == KeptEpoch::Last)
        options.base.options.validation = true;
    return options;
}

class TrainObjective
{
public:
    TrainObjective(const TrainObjectiveOptions& options, const RunData& data)
        : m_options(selecting(options)), m_data(data), m_split(data, m_options.base.options)
    {
        m_spec.work = m_options.base;
        m_spec.data = data.training->name;
        m_spec.dataHash = dataHashOf(m_spec, data);
        m_spec.backend = options.backend.choice;
        m_spec.threads = options.backend.threads;
    }

    ObjectiveResult operator()(const Trial& trial, const Reporter& report, std::stop_token stop)
    {
        RunSpec spec = m_spec;
        TrainSpec& train = std::get<TrainSpec>(spec.work);
        train = trainSpecOf(train, trial.parameters);
        Model model;
        model.architecture = parseArchitecture(train.architecture);
        model.parameters = initialParameters(model.architecture, train.options.seed);
        const auto backend = makeBackend(model.architecture, m_options.backend);
        const TrainingState state = this->train(*backend, model, train.options, report, stop);
        if (state.stopped)
            return {};
        return resultOf(*backend, spec, std::move(model), state, trial);
    }

private:
    TrainingState train(Backend& backend, const Model& model, const TrainingOptions& options,
                        const Reporter& report, const std::stop_token& stop) const
    {
        std::stop_source enough;
        const std::stop_callback onStop(stop, [&] { enough.request_stop(); });
        TrainingObserver observer;
        observer.epochFinished = [&](const EpochResult& epoch) {
            if (!report(epoch.epoch, accuracyOf(epoch)))
                enough.request_stop();
        };
        return core::train(backend, initialTrainingState(model.parameters.values(), options),
                           m_split.view, options, observer, enough.get_token());
    }

    double accuracyOf(const EpochResult& epoch) const
    {
        return epoch.validationImages > 0 ? epoch.validationAccuracy() : epoch.testAccuracy();
    }

    ObjectiveResult resultOf(Backend& backend, const RunSpec& spec, Model start,
                             const TrainingState& state, const Trial& trial) const
    {
        if (state.keptEpoch == 0)
            throw Error(ErrorKind::Usage, "a training of no epochs has no accuracy");
        const EpochResult& kept = state.epochs[static_cast<std::size_t>(state.keptEpoch - 1)];
        TrainingResult result =
            core::resultOf(backend, spec, std::move(start), m_split.view, state);
        const Split split = kept.validationImages > 0 ? Split::Validation : Split::Test;
        result.model.provenance.selectedOn = splitName(split); // the best trial is chosen by it
        ObjectiveResult told{accuracyOf(kept), {}};
        const auto tell = [&](const char* key, const Json& value) {
            told.attributes[key] = value.dump();
        };
        tell("architecture", toText(result.model.architecture));
        tell("parameters", result.model.parameters.count());
        tell("test_accuracy", kept.testAccuracy());
        if (kept.validationImages > 0)
            tell("validation_accuracy", kept.validationAccuracy());
        tell("data", result.accuracy.data);
        tell("selected_on", result.model.provenance.selectedOn);
        tell("kept_epoch", state.keptEpoch);
        tell("backend", backend.name());
        if (!m_options.models.empty())
            tell("model", save(result.model, trial));
        return told;
    }

    std::string save(const Model& model, const Trial& trial) const
    {
        const std::filesystem::path file =
            m_options.models / fmt::format("{}-{:04}.safetensors", m_options.study, trial.number);
        saveModel(model, file);
        return std::filesystem::absolute(file).string();
    }

    TrainObjectiveOptions m_options;
    RunData m_data;
    SplitData m_split;
    RunSpec m_spec;
};

} // namespace

TrialObjective trainObjective(const TrainObjectiveOptions& options, const RunData& data)
{
    const auto objective = std::make_shared<TrainObjective>(options, data);
    return [objective](const Trial& trial, const Reporter& report, std::stop_token stop) {
        return (*objective)(trial, report, std::move(stop));
    };
}

} // namespace core
