// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prune/ablation_evaluator.h"
#include "core/runs/progress_meter.h"
#include "core/runs/prune_checkpoint.h"
#include "core/runs/pruning_result.h"
#include "core/runs/run_data.h"
#include "core/runs/run_writer.h"
#include "core/runs/visit_line.h"

#include <algorithm>

namespace core
{

namespace
{

/// One pruning from its checkpoint to wherever it is stopped.
class PruneRun
{
public:
    explicit PruneRun(const RunContext& context)
        : m_context(context), m_spec(std::get<PruneSpec>(context.record.spec().work)),
          m_selection(selectionOf(context.data, m_spec.options.split)),
          m_start(context.record.start()), m_state(beginning()),
          m_evaluator(makeAblationEvaluator(m_start.architecture, m_state.parameters, *m_selection,
                                            context.backend, m_spec.evaluation)),
          m_meter(progressOf(m_state).fraction)
    {
    }

    void execute()
    {
        m_context.writer.begin(m_evaluator->name(), m_context.backend.threads, m_selection->size());
        m_state = prune(m_start.architecture, std::move(m_state), *m_selection, m_spec.options,
                        *m_evaluator, observer(), m_context.control.token());
        if (!m_state.finished && m_context.control.wish() == RunWish::Pause)
            m_context.writer.pause(progressOf(m_state), encoded(m_state));
        else
            finish();
    }

private:
    PruneState beginning() const
    {
        if (const auto& checkpoint = m_context.writer.checkpoint())
            return decodePruneState(checkpoint->state, m_start.parameters.values().size());
        return initialPruneState(m_start.parameters.values());
    }

    /// Later passes count as long as the one that is going on; best-first counts its removals.
    RunProgress progressOf(const PruneState& state) const
    {
        const bool bestFirst = m_spec.options.method == PruneMethod::BestFirst;
        const auto left =
            static_cast<std::uint64_t>(state.order.size() - (bestFirst ? 0 : state.next));
        RunProgress progress;
        progress.done = bestFirst ? state.removed : state.visited;
        progress.total = state.order.empty() ? 0 : progress.done + left;
        const int passes = bestFirst ? 1 : m_spec.options.passes;
        const double inPass =
            progress.total == 0 ? 0
            : bestFirst ? static_cast<double>(progress.done) / static_cast<double>(progress.total)
                        : static_cast<double>(state.next) / static_cast<double>(state.order.size());
        progress.fraction = state.finished ? 1 : (state.pass - 1 + inPass) / passes;
        return progress;
    }

    std::span<const std::byte> encoded(const PruneState& state)
    {
        m_bytes.clear();
        encode(state, m_bytes);
        return m_bytes.bytes();
    }

    PruneObserver observer()
    {
        PruneObserver observer;
        observer.visited = [this](const PruneVisit& visit) {
            m_context.writer.append(visitLine(visit));
            if (m_context.observer.visit)
                m_context.observer.visit(visit);
        };
        observer.state = [this](const PruneState& state) { follow(state); };
        return observer;
    }

    void follow(const PruneState& state)
    {
        const RunObserver& observer = m_context.observer;
        if (observer.progress)
            observer.progress(m_meter.complete(progressOf(state)));
        if (observer.parameters)
            observer.parameters(state.parameters);
        if (m_context.writer.checkpointDue())
            m_context.writer.saveCheckpoint(progressOf(state), encoded(state));
    }

    void finish()
    {
        const RunSpec& spec = m_context.record.spec();
        const auto backend = makeBackend(m_start.architecture, m_context.backend);
        const bool stopped = !m_state.finished;
        const PruningResult result = resultOf(*backend, spec, std::move(m_start), *m_selection,
                                              *m_context.data.test, m_state);
        m_context.writer.finish(result.model, result.accuracy, stopped, spec.out);
    }

    const RunContext& m_context;
    const PruneSpec& m_spec;
    DatasetPointer m_selection;
    Model m_start;
    PruneState m_state;
    std::unique_ptr<AblationEvaluator> m_evaluator;
    ProgressMeter m_meter;
    StateWriter m_bytes;
};

} // namespace

void executePruning(const RunContext& context)
{
    PruneRun(context).execute();
}

} // namespace core
