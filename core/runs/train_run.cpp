// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/prepared_backend.h"
#include "core/model/parameters.h"
#include "core/runs/epoch_parameters.h"
#include "core/runs/journal.h"
#include "core/runs/progress_meter.h"
#include "core/runs/run_data.h"
#include "core/runs/run_writer.h"
#include "core/runs/split_data.h"
#include "core/runs/teacher.h"
#include "core/runs/training_checkpoint.h"
#include "core/runs/training_result.h"

#include <algorithm>

namespace core
{

namespace
{

/// One training from its checkpoint to wherever it is stopped.
class TrainRun
{
public:
    explicit TrainRun(const RunContext& context)
        : m_context(context), m_options(std::get<TrainSpec>(context.record.spec().work).options),
          m_start(context.record.start()),
          m_images(uprightImages(m_start.architecture, context.data)), m_data(m_images, m_options),
          m_backend(makeBackend(forUprightImages(m_start.architecture), context.backend)),
          m_state(beginning()), m_meter(progressOf(m_state).fraction)
    {
    }

    void execute()
    {
        m_context.writer.begin(m_backend->name(), m_context.backend.threads,
                               m_data.view.test->size());
        m_epochs.emplace(m_context.record.folder(), static_cast<int>(m_state.epochs.size()),
                         m_state.parameters.size());
        if (askTeacher())
            m_state = train(*m_backend, std::move(m_state), m_data.view, m_options, observer(),
                            m_context.control.token());
        if (m_state.stopped && m_context.control.wish() == RunWish::Pause)
            m_context.writer.pause(progressOf(m_state), encoded(m_state));
        else
            finish();
    }

private:
    TrainingState beginning() const
    {
        if (const auto& checkpoint = m_context.writer.checkpoint())
            return decodeTrainingState(checkpoint->state, m_start.parameters.values().size());
        return initialTrainingState(m_start.parameters.values(), m_options);
    }

    /// False if stopped.
    bool askTeacher()
    {
        if (m_options.switches.teacher.empty())
            return true;
        const SplitData data(m_context.data, m_options); // a teacher sets its images upright itself
        auto logits = teacherLogits(m_context.record.folder(), *data.view.training,
                                    m_context.backend, m_context.control.token());
        m_state.stopped = !logits;
        m_teacherLogits = std::move(logits).value_or(std::vector<float>());
        m_data.view.teacherLogits = m_teacherLogits;
        return !m_state.stopped;
    }

    RunProgress progressOf(const TrainingState& state) const
    {
        RunProgress progress;
        progress.done = state.epochs.size();
        progress.total = static_cast<std::uint64_t>(m_options.epochs);
        const double part = static_cast<double>(state.imagesDone) / m_data.view.training->size();
        if (m_options.epochs > 0)
            progress.fraction =
                (static_cast<double>(state.epochs.size()) + part) / m_options.epochs;
        return progress;
    }

    std::span<const std::byte> encoded(const TrainingState& state)
    {
        m_bytes.clear();
        encode(state, m_bytes);
        return m_bytes.bytes();
    }

    TrainingObserver observer()
    {
        TrainingObserver observer;
        observer.epochParameters = [this](const EpochResult& epoch,
                                          std::span<const float> parameters) {
            m_epochs->append(parameters);
            m_context.writer.append(epochLine(epoch));
            if (m_context.observer.epoch)
                m_context.observer.epoch(epoch);
        };
        observer.state = [this](const TrainingState& state) { follow(state); };
        return observer;
    }

    void follow(const TrainingState& state)
    {
        const RunObserver& observer = m_context.observer;
        if (observer.progress)
            observer.progress(m_meter.complete(progressOf(state)));
        if (observer.parameters)
            observer.parameters(state.parameters);
        const bool epochEnd = state.imagesDone == 0;
        if (m_context.writer.checkpointDue(epochEnd ? RunWriter::Moment::Milestone
                                                    : RunWriter::Moment::Any)) {
            m_epochs->sync();
            m_context.writer.saveCheckpoint(progressOf(state), encoded(state));
        }
    }

    void finish()
    {
        const RunSpec& spec = m_context.record.spec();
        const TrainingResult result =
            resultOf(*m_backend, spec, std::move(m_start), m_data.view, m_state);
        m_context.writer.finish(result.model, result.accuracy, m_state.stopped, spec.out);
    }

    const RunContext& m_context;
    const TrainingOptions& m_options;
    Model m_start;
    RunData m_images;
    SplitData m_data;
    std::vector<float> m_teacherLogits;
    std::unique_ptr<Backend> m_backend;
    TrainingState m_state;
    ProgressMeter m_meter;
    std::optional<EpochParameters> m_epochs;
    StateWriter m_bytes;
};

} // namespace

void executeTraining(const RunContext& context)
{
    TrainRun(context).execute();
}

} // namespace core
