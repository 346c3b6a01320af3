// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/run_queue.h"

#include "core/base/error.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace core
{

namespace
{

namespace fs = std::filesystem;

struct Queued {
    std::string id;
    int threads = 1;
};

/// A run that goes on.
struct ActiveRun {
    int threads = 1;
    RunControl control;
    RunProgress progress;
};

} // namespace

/// Each run has a thread of its own, which at its end starts whatever then fits. The mutex guards
/// everything but the observer, and is never held while that is called.
class RunQueue::Private
{
public:
    Private(fs::path runs, int threads, QueueObserver observer)
        : m_runs(std::move(runs)), m_threads(std::max(threads, 1)), m_observer(std::move(observer))
    {
    }

    ~Private()
    {
        std::unique_lock lock(m_mutex);
        m_queue.clear();
        for (const auto& [id, run] : m_active)
            run->control.pause();
        m_ended.wait(lock, [this] { return m_workers.empty(); });
        const std::vector<std::jthread> last = std::exchange(m_done, {});
        lock.unlock(); // they may still be letting go of it; joined at the end of this scope
    }

    Private(const Private&) = delete;
    Private& operator=(const Private&) = delete;

    const fs::path& folder() const { return m_runs; }

    RunData data() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_data;
    }

    void setData(RunData data)
    {
        std::vector<std::string> started;
        {
            const std::scoped_lock lock(m_mutex);
            m_data = std::move(data);
            started = startWhatFits();
        }
        tell(started);
    }

    void enqueue(const std::string& id)
    {
        const RunRecord record(m_runs / id);
        const RunSummary summary = record.summary();
        if (!canResume(summary.status) && summary.status != RunStatus::Running)
            throw Error(ErrorKind::Usage,
                        fmt::format("{}: is {}, so there is nothing to go on with", id,
                                    statusName(summary.status)));
        std::vector<std::string> changed;
        {
            const std::scoped_lock lock(m_mutex);
            if (isQueued(id) || m_active.contains(id))
                return;
            m_messages.erase(id);
            m_queue.push_back({id, std::clamp(record.spec().threads, 1, m_threads)});
            changed = startWhatFits();
        }
        changed.push_back(id);
        tell(changed);
    }

    void ask(const std::string& id, RunWish wish)
    {
        {
            const std::scoped_lock lock(m_mutex);
            std::erase_if(m_queue, [&](const Queued& queued) { return queued.id == id; });
            if (const auto found = m_active.find(id); found != m_active.end())
                wish == RunWish::Pause ? found->second->control.pause()
                                       : found->second->control.stopAndKeep();
        }
        tell({id});
    }

    void remove(const std::string& id)
    {
        {
            const std::scoped_lock lock(m_mutex);
            if (m_active.contains(id))
                throw Error(ErrorKind::Usage, fmt::format("{}: is running, pause it first", id));
            std::erase_if(m_queue, [&](const Queued& queued) { return queued.id == id; });
            m_messages.erase(id);
        }
        removeRun(m_runs / id);
        tell({id});
    }

    std::vector<RunSummary> summaries() const
    {
        std::vector<RunSummary> all = listRuns(m_runs);
        const std::scoped_lock lock(m_mutex);
        for (RunSummary& summary : all)
            takeLive(summary);
        return all;
    }

private:
    bool isQueued(const std::string& id) const
    {
        return std::ranges::find(m_queue, id, &Queued::id) != m_queue.end();
    }

    /// What only this object knows: that it is queued, how fast it goes, why it paused where even
    /// that could not be written.
    void takeLive(RunSummary& summary) const
    {
        if (isQueued(summary.id)) {
            summary.status = RunStatus::Queued;
            summary.message.clear();
        } else if (const auto run = m_active.find(summary.id); run != m_active.end()) {
            if (summary.model.empty())
                summary.status = RunStatus::Running;
            if (run->second->progress.fraction >= summary.progress.fraction)
                summary.progress = run->second->progress;
        } else if (const auto why = m_messages.find(summary.id);
                   why != m_messages.end() && canResume(summary.status)) {
            summary.status = RunStatus::Paused;
            summary.message = why->second;
        }
    }

    int threadsInUse() const
    {
        int threads = 0;
        for (const auto& [id, run] : m_active)
            threads += run->threads;
        return threads;
    }

    /// In order: a large run is not overtaken for ever by small ones. Returns what it started.
    std::vector<std::string> startWhatFits()
    {
        std::vector<std::string> started;
        while (m_data.training && m_data.test && !m_queue.empty() &&
               m_queue.front().threads <= m_threads - threadsInUse()) {
            const Queued next = m_queue.front();
            m_queue.pop_front();
            const auto run = std::make_shared<ActiveRun>();
            run->threads = next.threads;
            m_active[next.id] = run;
            const std::uint64_t worker = ++m_lastWorker;
            m_workers[worker] = std::jthread([this, worker, id = next.id, run, data = m_data] {
                const std::string message = execute(id, *run, data);
                leave(worker, id, message);
            });
            started.push_back(next.id);
        }
        return started;
    }

    /// Returns why it paused, if that has a reason.
    std::string execute(const std::string& id, ActiveRun& run, const RunData& data)
    {
        try {
            return executeRun(m_runs / id, data, observerOf(id, run), run.control, run.threads)
                .message;
        } catch (const std::exception& error) {
            return error.what();
        }
    }

    RunObserver observerOf(const std::string& id, ActiveRun& run)
    {
        RunObserver observer;
        observer.progress = [this, id, &run](const RunProgress& progress) {
            {
                const std::scoped_lock lock(m_mutex);
                run.progress = progress;
            }
            if (m_observer.progress)
                m_observer.progress(id, progress);
        };
        if (m_observer.epoch)
            observer.epoch = [this, id](const EpochResult& epoch) { m_observer.epoch(id, epoch); };
        if (m_observer.parameters)
            observer.parameters = [this, id](std::span<const float> parameters) {
                m_observer.parameters(id, parameters);
            };
        if (m_observer.visit)
            observer.visit = [this, id](const PruneVisit& visit) { m_observer.visit(id, visit); };
        if (m_observer.step)
            observer.step = [this, id](const GolfStep& step) { m_observer.step(id, step); };
        return observer;
    }

    /// The end of a run's thread.
    void leave(std::uint64_t worker, const std::string& id, const std::string& message)
    {
        std::vector<std::string> changed;
        {
            const std::scoped_lock lock(m_mutex);
            m_active.erase(id);
            if (!message.empty())
                m_messages[id] = message;
            changed = startWhatFits();
        }
        changed.push_back(id);
        tell(changed);
        std::vector<std::jthread> before; // joined without the lock
        const std::scoped_lock lock(m_mutex);
        before.swap(m_done);
        m_done.push_back(std::move(m_workers[worker]));
        m_workers.erase(worker);
        m_ended.notify_all();
    }

    void tell(const std::vector<std::string>& ids) const
    {
        if (m_observer.changed)
            std::ranges::for_each(ids, m_observer.changed);
    }

    const fs::path m_runs;
    const int m_threads;
    const QueueObserver m_observer;

    mutable std::mutex m_mutex;
    RunData m_data;
    std::deque<Queued> m_queue;
    std::map<std::string, std::shared_ptr<ActiveRun>> m_active;
    std::map<std::string, std::string> m_messages; ///< why a run paused
    std::uint64_t m_lastWorker = 0;
    std::map<std::uint64_t, std::jthread> m_workers;
    std::vector<std::jthread> m_done; ///< have nothing left to do but to return
    std::condition_variable m_ended;
};

RunQueue::RunQueue(fs::path runs, int threads, QueueObserver observer)
    : d(std::make_unique<Private>(std::move(runs), threads, std::move(observer)))
{
}

RunQueue::~RunQueue() = default;

const fs::path& RunQueue::folder() const
{
    return d->folder();
}

void RunQueue::setData(RunData data)
{
    d->setData(std::move(data));
}

std::string RunQueue::add(const RunSpec& spec, const Model* start)
{
    std::string id = createRun(d->folder(), spec, d->data(), start);
    d->enqueue(id);
    return id;
}

void RunQueue::resume(const std::string& id)
{
    d->enqueue(id);
}

void RunQueue::pause(const std::string& id)
{
    d->ask(id, RunWish::Pause);
}

void RunQueue::stopAndKeep(const std::string& id)
{
    d->ask(id, RunWish::StopAndKeep);
}

void RunQueue::remove(const std::string& id)
{
    d->remove(id);
}

std::vector<RunSummary> RunQueue::runs() const
{
    return d->summaries();
}

} // namespace core
