// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/train_objective.h"

#include "core/base/error.h"
#include "core/formats/model_file.h"
#include "core/model/architecture_text.h"
#include "core/runs/run_data.h"
#include "core/runs/split_data.h"
#include "core/runs/teacher.h"
#include "core/runs/training_result.h"
#include "core/search/search_json.h"
#include "core/train/logits.h"

#include <fmt/format.h>
#include <memory>

namespace core
{

namespace
{

/// Where no epoch is chosen by the test set, the sweep does not choose by it either.
TrainObjectiveOptions withSelection(TrainObjectiveOptions options)
{
    if (options.base.options.keep == KeptEpoch::Last)
        options.base.options.validation = true;
    return options;
}

class TrainObjective
{
public:
    TrainObjective(const TrainObjectiveOptions& options, const RunData& data)
        : m_options(withSelection(options)), m_data(data), m_split(data, m_options.base.options)
    {
        askTeacher();
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
        ObjectiveResult result = whatItIs(model, *backend);
        if (!state.stopped)
            complete(result, *backend, spec, std::move(model), state, trial);
        return result;
    }

private:
    /// Once for all trials; takes as long as the teacher does.
    void askTeacher()
    {
        const auto teacher = openTeacher(m_options.base.options.switches,
                                         parseArchitecture(m_options.base.architecture));
        if (!teacher)
            return;
        const auto backend =
            makeBackend(teacher->architecture, {.threads = m_options.backend.threads});
        m_teacherLogits =
            logitsOf(*backend, teacher->parameters.values(), *m_split.view.training).value();
        m_split.view.teacherLogits = m_teacherLogits;
    }

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

    const Dataset& selecting() const
    {
        return m_split.view.validation ? *m_split.view.validation : *m_split.view.test;
    }

    static void tell(ObjectiveResult& result, const char* key, const Json& value)
    {
        result.attributes[key] = value.dump();
    }

    ObjectiveResult whatItIs(const Model& model, const Backend& backend) const
    {
        ObjectiveResult result;
        tell(result, "architecture", toText(model.architecture));
        tell(result, "parameters", model.parameters.count());
        tell(result, "measured_on", selecting().description());
        tell(result, "selected_on", splitName(selecting().split));
        tell(result, "backend", backend.name());
        return result;
    }

    void complete(ObjectiveResult& result, Backend& backend, const RunSpec& spec, Model start,
                  const TrainingState& state, const Trial& trial) const
    {
        if (state.keptEpoch == 0)
            throw Error(ErrorKind::Usage, "a training of no epochs has no accuracy");
        const EpochResult& kept = state.epochs[static_cast<std::size_t>(state.keptEpoch - 1)];
        result.value = accuracyOf(kept);
        tell(result, "kept_epoch", state.keptEpoch);
        tell(result, "test_accuracy", kept.testAccuracy());
        tell(result, "test_data", m_split.view.test->description());
        if (m_options.models.empty())
            return;
        Model model = resultOf(backend, spec, std::move(start), m_split.view, state).model;
        model.provenance.selectedOn =
            splitName(selecting().split); // by it the best trial is chosen
        tell(result, "model", save(model, trial));
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
    std::vector<float> m_teacherLogits;
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
