// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/prepared_backend.h"
#include "core/formats/model_file.h"
#include "core/golf/golf_training.h"
#include "core/prune/candidates.h"
#include "core/runs/golf_checkpoint.h"
#include "core/runs/golf_line.h"
#include "core/runs/golf_result.h"
#include "core/runs/progress_meter.h"
#include "core/runs/run_data.h"
#include "core/runs/run_writer.h"
#include "core/runs/teacher.h"

namespace core
{

namespace
{

/// One game from its checkpoint to wherever it is stopped.
class GolfRun
{
public:
    explicit GolfRun(const RunContext& context)
        : m_context(context), m_spec(std::get<GolfSpec>(context.record.spec().work)),
          m_start(context.record.start()),
          m_images(uprightImages(m_start.architecture, context.data)),
          m_selection(selectionOf(m_images, m_spec.select)),
          m_backend(makeBackend(forUprightImages(m_start.architecture), context.backend)),
          m_state(beginning()), m_meter(progressOf(m_state).fraction)
    {
        m_data.training = m_images.training.get();
        m_data.selection = m_selection.get();
        if (m_spec.select == Split::Validation) {
            m_training = withoutValidation(*m_images.training);
            m_data.training = &m_training;
        }
    }

    void execute()
    {
        m_context.writer.begin(m_backend->name(), m_context.backend.threads, m_selection->size());
        if (askTeacher())
            m_state = playGolf(*m_backend, std::move(m_state), m_data, m_spec.options, observer(),
                               m_context.control.token());
        const bool ends = m_state.phase == GolfPhase::Finished ||
                          m_context.control.wish() == RunWish::StopAndKeep;
        if (ends && refitBest())
            finish();
        else
            pause();
    }

private:
    GolfState beginning() const
    {
        if (const auto& checkpoint = m_context.writer.checkpoint())
            return decodeGolfState(checkpoint->state, m_start.parameters.values().size());
        return m_start.parameters.nonzero() == 0
                   ? initialGolfState()
                   : golfStateAt(m_start.architecture, m_start.parameters.values(), m_spec.options);
    }

    /// False if stopped.
    bool askTeacher()
    {
        if (m_spec.options.switches.teacher.empty())
            return true;
        // A teacher sets its images upright itself.
        const DatasetPointer& whole = m_context.data.training;
        auto logits =
            teacherLogits(m_context.record.folder(),
                          m_spec.select == Split::Validation ? withoutValidation(*whole) : *whole,
                          m_context.backend, m_context.control.token());
        m_teacherLogits = std::move(logits).value_or(std::vector<float>());
        m_data.teacherLogits = m_teacherLogits;
        return !m_teacherLogits.empty();
    }

    /// Nothing is looked at to choose from any more, so the images that selected may train, too.
    /// False if paused.
    bool refitBest()
    {
        if (m_spec.options.refit == 0 || m_spec.select != Split::Validation || m_state.best.empty())
            return true;
        auto found = refit(*m_backend, m_state.best, *m_images.training, *m_selection,
                           m_spec.options, m_context.control.pauseToken());
        m_refitted = std::move(found).value_or(std::vector<float>());
        return !m_refitted.empty();
    }

    /// Nobody knows how far down a game goes; its way is reckoned from all to none.
    RunProgress progressOf(const GolfState& state) const
    {
        RunProgress progress;
        progress.done = state.step;
        const auto all = static_cast<double>(m_start.parameters.count());
        if (state.phase >= GolfPhase::Prune)
            progress.fraction = 1 - nonzeroCount(m_start.architecture, state.parameters) / all;
        if (state.phase == GolfPhase::Finished)
            progress.fraction = 1;
        return progress;
    }

    std::span<const std::byte> encoded(const GolfState& state)
    {
        m_bytes.clear();
        encode(state, m_bytes);
        return m_bytes.bytes();
    }

    GolfObserver observer()
    {
        GolfObserver observer;
        observer.step = [this](const GolfStep& step) {
            m_context.writer.append(golfLine(step));
            m_isMilestone = true;
            if (m_context.observer.step)
                m_context.observer.step(step);
        };
        observer.state = [this](const GolfState& state) { follow(state); };
        return observer;
    }

    void follow(const GolfState& state)
    {
        const RunObserver& observer = m_context.observer;
        if (observer.progress) {
            RunProgress progress = m_meter.complete(progressOf(state));
            progress.secondsLeft = -1;
            observer.progress(progress);
        }
        if (observer.parameters)
            observer.parameters(state.fit ? state.fit->parameters : state.parameters);
        if (!m_context.writer.checkpointDue(m_isMilestone ? RunWriter::Moment::Milestone
                                                          : RunWriter::Moment::Any))
            return;
        m_isMilestone = false;
        keepBest(state);
        m_context.writer.saveCheckpoint(progressOf(state), encoded(state));
    }

    void pause()
    {
        keepBest(m_state);
        m_context.writer.pause(progressOf(m_state), encoded(m_state));
    }

    /// Before the checkpoint that tells of it.
    void keepBest(const GolfState& state)
    {
        if (state.best.empty() ||
            (state.bestNonzero == m_kept.first && state.bestCorrect == m_kept.second))
            return;
        saveModel(bestSoFar(*m_backend, m_context.record.spec(), m_start, m_data, state),
                  m_context.record.folder() / kBestModel);
        m_kept = {state.bestNonzero, state.bestCorrect};
    }

    void finish()
    {
        const RunSpec& spec = m_context.record.spec();
        const GolfResult result = resultOf(*m_backend, spec, std::move(m_start), m_data,
                                           *m_images.test, m_state, m_refitted);
        m_context.writer.finish(result.model, result.accuracy, m_state.phase != GolfPhase::Finished,
                                spec.out);
        std::error_code ignored;
        std::filesystem::remove(m_context.record.folder() / kBestModel, ignored);
    }

    const RunContext& m_context;
    const GolfSpec& m_spec;
    Model m_start;
    RunData m_images;
    DatasetPointer m_selection;
    Dataset m_training; ///< where the validation images are held out
    GolfData m_data;
    std::vector<float> m_teacherLogits;
    std::vector<float> m_refitted; ///< the best; empty: it is as the game left it
    std::unique_ptr<Backend> m_backend;
    GolfState m_state;
    ProgressMeter m_meter;
    StateWriter m_bytes;
    bool m_isMilestone = false;
    std::pair<int, int> m_kept; ///< non-zero parameters and right answers of the best on disk
};

} // namespace

void executeGolf(const RunContext& context)
{
    GolfRun(context).execute();
}

} // namespace core
