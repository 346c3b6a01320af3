// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/train_objective.h"

#include "core/backend/prepared_backend.h"
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

/// What a training reads.
struct TrainImages {
    TrainImages(RunData images, const TrainingOptions& options)
        : data(std::move(images)), split(data, options)
    {
    }
    const TrainingData& view() const { return split.view; }

    RunData data;
    SplitData split; ///< of it
};

class TrainObjective
{
public:
    TrainObjective(const TrainObjectiveOptions& options, const RunData& data)
        : m_options(withSelection(options)), m_images(data, m_options.base.options)
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
        const TrainImages& images = imagesFor(model.architecture);
        const auto backend = makeBackend(forUprightImages(model.architecture), m_options.backend);
        const TrainingState state =
            this->train(*backend, model, images.view(), train.options, report, stop);
        ObjectiveResult result = whatItIs(model, *backend);
        if (!state.stopped)
            complete(result, *backend, spec, std::move(model), images.view(), state, trial);
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
            logitsOf(*backend, teacher->parameters.values(), *m_images.view().training).value();
        m_images.split.view.teacherLogits = m_teacherLogits;
    }

    /// Set upright once for all trials whose networks want them so.
    const TrainImages& imagesFor(const Architecture& architecture)
    {
        if (!architecture.input().deskew)
            return m_images;
        if (!m_upright) {
            m_upright.emplace(uprightImages(architecture, m_images.data), m_options.base.options);
            m_upright->split.view.teacherLogits = m_teacherLogits; // of the same images
        }
        return *m_upright;
    }

    TrainingState train(Backend& backend, const Model& model, const TrainingData& images,
                        const TrainingOptions& options, const Reporter& report,
                        const std::stop_token& stop) const
    {
        std::stop_source enough;
        const std::stop_callback onStop(stop, [&] { enough.request_stop(); });
        TrainingObserver observer;
        observer.epochFinished = [&](const EpochResult& epoch) {
            if (!report(epoch.epoch, accuracyOf(epoch)))
                enough.request_stop();
        };
        return core::train(backend, initialTrainingState(model.parameters.values(), options),
                           images, options, observer, enough.get_token());
    }

    double accuracyOf(const EpochResult& epoch) const
    {
        return epoch.validationImages > 0 ? epoch.validationAccuracy() : epoch.testAccuracy();
    }

    const Dataset& selecting() const
    {
        const TrainingData& view = m_images.view();
        return view.validation ? *view.validation : *view.test;
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
                  const TrainingData& images, const TrainingState& state, const Trial& trial) const
    {
        if (state.keptEpoch == 0)
            throw Error(ErrorKind::Usage, "a training of no epochs has no accuracy");
        const EpochResult& kept = state.epochs[static_cast<std::size_t>(state.keptEpoch - 1)];
        result.value = accuracyOf(kept);
        tell(result, "kept_epoch", state.keptEpoch);
        tell(result, "test_accuracy", kept.testAccuracy());
        tell(result, "test_data", m_images.view().test->description());
        if (m_options.models.empty())
            return;
        Model model = resultOf(backend, spec, std::move(start), images, state).model;
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
    TrainImages m_images;
    std::optional<TrainImages> m_upright;
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
