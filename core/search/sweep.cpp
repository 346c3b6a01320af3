// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/sweep.h"

#include "core/base/error.h"
#include "core/search/heartbeat.h"
#include "core/search/search_json.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <fmt/format.h>
#include <mutex>

namespace core
{

namespace
{

using Clock = std::chrono::steady_clock;

constexpr int kMostFailures = 10;  // in a row: it is not the values that are wrong
constexpr double kPollSeconds = 1; // while waiting for other workers

class Sweep
{
public:
    Sweep(Study& study, const SearchSpace& space, const Sampler& sampler, const Pruner& pruner,
          const TrialObjective& objective, const SweepOptions& options,
          const SweepObserver& observer, std::stop_token stop)
        : m_study(study), m_space(space), m_sampler(sampler), m_pruner(pruner),
          m_objective(objective), m_options(options), m_observer(observer), m_stop(std::move(stop)),
          m_heartbeat(study.url(), options.heartbeatSeconds)
    {
    }

    SweepResult run()
    {
        while (!m_stop.stop_requested() && !isLate()) {
            freeStale();
            if (const auto trial = m_study.ask(m_space, m_sampler, m_options.trials)) {
                tryOut(*trial);
                continue;
            }
            const int others = m_study.runningElsewhere();
            if (others == 0) {
                m_result.exhausted = !hasEnough();
                break;
            }
            if (m_observer.waiting)
                m_observer.waiting(others);
            pause();
        }
        m_result.stopped = m_stop.stop_requested();
        return m_result;
    }

private:
    bool isLate() const
    {
        return m_options.seconds > 0 &&
               std::chrono::duration<double>(Clock::now() - m_begin).count() >= m_options.seconds;
    }

    bool hasEnough() const
    {
        return m_options.trials > 0 && countedTrials(m_study.history()) >= m_options.trials;
    }

    void freeStale()
    {
        const auto freed = m_study.freeStale(m_options.graceSeconds, m_options.retries);
        if (!freed.empty() && m_observer.freed)
            m_observer.freed(freed);
    }

    void pause()
    {
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any never;
        never.wait_for(lock, m_stop, std::chrono::duration<double>(kPollSeconds),
                       [] { return false; });
    }

    /// Whether the trial is worth going on with.
    bool report(Trial& trial, std::int64_t step, double value)
    {
        trial.reported[step] = value;
        m_study.refresh();
        const PruneVerdict verdict = m_pruner.judge(m_study.history(), trial);
        for (const auto& [key, json] : verdict.attributes)
            trial.systemAttributes[key] = json;
        m_isLost = !m_study.report(trial.id, step, value, verdict.attributes);
        m_isPruned = verdict.prune;
        if (m_observer.reported)
            m_observer.reported(trial);
        return !m_isLost && !m_isPruned && !m_stop.stop_requested();
    }

    void tryOut(Trial trial)
    {
        m_isLost = false;
        m_isPruned = false;
        m_heartbeat.follow(trial.id);
        if (m_observer.begun)
            m_observer.begun(trial);
        try {
            conclude(trial, m_objective(
                                trial,
                                [&](std::int64_t step, double value) {
                                    return report(trial, step, value);
                                },
                                m_stop));
        } catch (const Error& error) {
            trial.state = TrialState::Fail;
            m_study.tell(trial, trial.state, {}, {{"error", Json(error.what()).dump()}});
            ++m_result.failed;
            if (++m_failuresInARow >= kMostFailures)
                throw;
        }
        m_heartbeat.follow(std::nullopt);
        if (m_observer.finished)
            m_observer.finished(trial);
    }

    void conclude(Trial& trial, ObjectiveResult result)
    {
        if (m_isLost) {
            trial.state = TrialState::Fail;
            return;
        }
        if (!m_isPruned && !result.value && m_stop.stop_requested()) {
            m_study.release(trial.id);
            trial.state = TrialState::Waiting;
            return;
        }
        trial.state = m_isPruned ? TrialState::Pruned : TrialState::Complete;
        if (!m_isPruned && result.value)
            trial.values = {*result.value};
        trial.userAttributes = result.attributes;
        if (!m_study.tell(trial, trial.state, trial.value(), result.attributes))
            return;
        m_failuresInARow = 0;
        ++(m_isPruned ? m_result.pruned : m_result.complete);
    }

    Study& m_study;
    const SearchSpace& m_space;
    const Sampler& m_sampler;
    const Pruner& m_pruner;
    const TrialObjective& m_objective;
    const SweepOptions& m_options;
    const SweepObserver& m_observer;
    std::stop_token m_stop;
    Heartbeat m_heartbeat;
    Clock::time_point m_begin = Clock::now();
    SweepResult m_result;
    int m_failuresInARow = 0;
    bool m_isLost = false;
    bool m_isPruned = false;
};

} // namespace

SweepResult runSweep(Study& study, const SearchSpace& space, const Sampler& sampler,
                     const Pruner& pruner, const TrialObjective& objective,
                     const SweepOptions& options, const SweepObserver& observer,
                     std::stop_token stop)
{
    if (options.graceSeconds <= options.heartbeatSeconds)
        throw Error(ErrorKind::Usage,
                    fmt::format("a worker is dead after {} s without a sign of life, and gives one "
                                "every {} s; expected more time than that",
                                options.graceSeconds, options.heartbeatSeconds));
    return Sweep(study, space, sampler, pruner, objective, options, observer, std::move(stop))
        .run();
}

} // namespace core
