// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/run_queue.h"

#include "core/base/error.h"
#include "core/data/sample_digits.h"
#include "tests/support/places.h"

#include <algorithm>
#include <condition_variable>
#include <gtest/gtest.h>
#include <map>
#include <mutex>

namespace core
{

namespace
{

using namespace std::chrono_literals;

/// Keeps what a queue tells, and waits for it.
class Listener
{
public:
    QueueObserver observer()
    {
        QueueObserver observer;
        observer.changed = [this](const std::string& id) {
            const std::scoped_lock lock(m_mutex);
            ++m_changes[id];
            m_happened.notify_all();
        };
        observer.epoch = [this](const std::string& id, const EpochResult& epoch) {
            const std::scoped_lock lock(m_mutex);
            m_epochs[id] = epoch.epoch;
            m_happened.notify_all();
        };
        return observer;
    }

    template<typename Condition>
    bool wait(Condition condition)
    {
        std::unique_lock lock(m_mutex);
        for (int i = 0; i < 600; ++i) {
            lock.unlock();
            const bool holds = condition();
            lock.lock();
            if (holds)
                return true;
            m_happened.wait_for(lock, 100ms);
        }
        return false;
    }

    int epochOf(const std::string& id)
    {
        const std::scoped_lock lock(m_mutex);
        return m_epochs[id];
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_happened;
    std::map<std::string, int> m_changes;
    std::map<std::string, int> m_epochs;
};

class Queue : public testing::Test
{
protected:
    static RunSpec spec(int epochs, int threads = 1)
    {
        RunSpec spec;
        spec.title = "queued";
        spec.threads = threads;
        spec.work =
            TrainSpec{"2@5x5 relu pool 4, linear 10", {.epochs = epochs, .batch = 16, .lr = 0.01}};
        return spec;
    }

    std::unique_ptr<RunQueue> makeQueue(int threads)
    {
        auto queue = std::make_unique<RunQueue>(folder / "runs", threads, listener.observer());
        queue->setData(data);
        return queue;
    }

    static RunStatus statusOf(const RunQueue& queue, const std::string& id)
    {
        const auto runs = queue.runs();
        const auto found = std::ranges::find(runs, id, &RunSummary::id);
        return found == runs.end() ? RunStatus::Failed : found->status;
    }

    bool becomes(const RunQueue& queue, const std::string& id, RunStatus status)
    {
        return listener.wait([&] { return statusOf(queue, id) == status; });
    }

    static constexpr int kEndless = 1'000'000;
    test::TemporaryFolder folder;
    Listener listener;
    RunData data = {std::make_shared<const Dataset>(sampleDigits(120, 1, Split::Train)),
                    std::make_shared<const Dataset>(sampleDigits(50, 1, Split::Test))};
};

} // namespace

TEST_F(Queue, RunsOneAfterTheOtherOnOneThread)
{
    const auto queue = makeQueue(1);
    const std::string first = queue->add(spec(kEndless));
    const std::string second = queue->add(spec(2));
    ASSERT_TRUE(listener.wait([&] { return listener.epochOf(first) > 2; }));
    EXPECT_EQ(statusOf(*queue, first), RunStatus::Running);
    EXPECT_EQ(statusOf(*queue, second), RunStatus::Queued);
    queue->stopAndKeep(first);
    EXPECT_TRUE(becomes(*queue, first, RunStatus::Stopped));
    EXPECT_TRUE(becomes(*queue, second, RunStatus::Finished));
    EXPECT_EQ(listener.epochOf(second), 2);
}

TEST_F(Queue, RunsAsManyAtOnceAsFit)
{
    const auto queue = makeQueue(3);
    const std::string one = queue->add(spec(kEndless));
    const std::string two = queue->add(spec(kEndless, 2));
    const std::string more = queue->add(spec(kEndless));
    ASSERT_TRUE(
        listener.wait([&] { return listener.epochOf(one) > 0 && listener.epochOf(two) > 0; }));
    EXPECT_EQ(statusOf(*queue, more), RunStatus::Queued);
    queue->pause(two);
    EXPECT_TRUE(becomes(*queue, two, RunStatus::Paused));
    EXPECT_TRUE(listener.wait([&] { return listener.epochOf(more) > 0; }));
}

TEST_F(Queue, PausesWhatRunsAtItsEnd)
{
    std::string id;
    {
        const auto queue = makeQueue(2);
        id = queue->add(spec(kEndless));
        ASSERT_TRUE(listener.wait([&] { return listener.epochOf(id) > 0; }));
    }
    EXPECT_EQ(RunRecord(folder.path() / "runs" / id).summary().status, RunStatus::Paused);
    const auto queue = makeQueue(2);
    EXPECT_EQ(statusOf(*queue, id), RunStatus::Paused);
    const int before = listener.epochOf(id);
    queue->resume(id);
    EXPECT_TRUE(listener.wait([&] { return listener.epochOf(id) > before; }));
}

TEST_F(Queue, LetsAQueuedRunLeave)
{
    const auto queue = makeQueue(1);
    const std::string running = queue->add(spec(kEndless));
    const std::string waiting = queue->add(spec(kEndless));
    queue->pause(waiting);
    queue->stopAndKeep(running);
    EXPECT_TRUE(becomes(*queue, running, RunStatus::Stopped));
    EXPECT_EQ(statusOf(*queue, waiting), RunStatus::Queued) << "created, never started";
    EXPECT_EQ(listener.epochOf(waiting), 0);
}

TEST_F(Queue, WaitsForData)
{
    std::string id;
    {
        const auto queue = makeQueue(1);
        id = queue->add(spec(kEndless));
    }
    RunQueue queue(folder / "runs", 1, listener.observer());
    const int before = listener.epochOf(id);
    queue.resume(id);
    EXPECT_EQ(statusOf(queue, id), RunStatus::Queued);
    EXPECT_THROW(queue.add(spec(1)), Error) << "what it would be created with is not known";
    queue.setData(data);
    EXPECT_TRUE(listener.wait([&] { return listener.epochOf(id) > before; }));
}

TEST_F(Queue, RemovesOnlyWhatDoesNotRun)
{
    const auto queue = makeQueue(1);
    const std::string id = queue->add(spec(kEndless));
    ASSERT_TRUE(listener.wait([&] { return listener.epochOf(id) > 0; }));
    EXPECT_THROW(queue->remove(id), Error);
    queue->pause(id);
    ASSERT_TRUE(becomes(*queue, id, RunStatus::Paused));
    queue->remove(id);
    EXPECT_TRUE(queue->runs().empty());
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "runs" / id));
    test::writeFile(folder / "runs/precious", "");
    EXPECT_THROW(removeRun(folder / "runs"), Error) << "it is no run";
}

TEST_F(Queue, RefusesToGoOnWithWhatIsOver)
{
    const auto queue = makeQueue(1);
    const std::string id = queue->add(spec(1));
    ASSERT_TRUE(becomes(*queue, id, RunStatus::Finished));
    EXPECT_THROW(queue->resume(id), Error);
    EXPECT_THROW(queue->resume("no-such-run"), Error);
}

TEST_F(Queue, SaysWhyARunPaused)
{
    const auto queue = makeQueue(1);
    RunSpec what = spec(1);
    what.out = folder / "absent/m.safetensors";
    const std::string id = queue->add(what);
    ASSERT_TRUE(becomes(*queue, id, RunStatus::Paused));
    EXPECT_NE(queue->runs().front().message.find("absent"), std::string::npos);
    std::filesystem::create_directory(folder / "absent");
    queue->resume(id);
    EXPECT_TRUE(becomes(*queue, id, RunStatus::Finished));
}

} // namespace core
