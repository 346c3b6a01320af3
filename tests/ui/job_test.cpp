// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job.h"

#include "core/base/error.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>
#include <semaphore>

using ui::Job;

TEST(Job, DeliversTheResultOnTheThreadThatStartedIt)
{
    Job job;
    QThread* worker = nullptr;
    QThread* receiver = nullptr;
    int result = 0;
    job.start(
        [&](std::stop_token) {
            worker = QThread::currentThread();
            return 42;
        },
        [&](int value) {
            receiver = QThread::currentThread();
            result = value;
        });
    EXPECT_TRUE(job.running());
    ASSERT_TRUE(QTest::qWaitFor([&] { return !job.running(); }));
    EXPECT_EQ(result, 42);
    EXPECT_EQ(receiver, QThread::currentThread());
    EXPECT_NE(worker, QThread::currentThread());
}

TEST(Job, TurnsAnErrorIntoItsSentence)
{
    Job job;
    QSignalSpy failures(&job, &Job::failed);
    QSignalSpy ends(&job, &Job::finished);
    bool delivered = false;
    job.start(
        [](std::stop_token) -> int {
            throw core::Error(core::ErrorKind::Input, "a.pt is empty.");
        },
        [&](int) { delivered = true; });
    ASSERT_TRUE(QTest::qWaitFor([&] { return ends.count() == 1; }));
    ASSERT_EQ(failures.count(), 1);
    EXPECT_EQ(failures[0][0].toString(), "a.pt is empty.");
    EXPECT_FALSE(delivered);
}

TEST(Job, StopKeepsWhatTheWorkHas)
{
    Job job;
    int steps = -1;
    job.start(
        [](std::stop_token stop) {
            int done = 0;
            while (!stop.stop_requested())
                ++done;
            return done;
        },
        [&](int done) { steps = done; });
    job.stop();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !job.running(); }));
    EXPECT_GE(steps, 0);
}

TEST(Job, DropsWhatAReplacedRunReports)
{
    Job job;
    std::binary_semaphore gate(0);
    QSignalSpy ends(&job, &Job::finished);
    std::vector<int> results;
    const auto keep = [&](int value) { results.push_back(value); };
    job.start(
        [&](std::stop_token) {
            gate.acquire();
            return 1;
        },
        keep);
    job.start([](std::stop_token) { return 2; }, keep);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !results.empty(); }));
    gate.release();
    QTest::qWait(20);
    EXPECT_EQ(results, std::vector<int>{2});
    EXPECT_EQ(ends.count(), 1);
}

TEST(Job, CancelledRunReportsNothing)
{
    Job job;
    QSignalSpy failures(&job, &Job::failed);
    QSignalSpy ends(&job, &Job::finished);
    bool delivered = false;
    job.start([](std::stop_token) { return 1; }, [&](int) { delivered = true; });
    job.cancel();
    EXPECT_FALSE(job.running());
    QTest::qWait(20);
    EXPECT_FALSE(delivered);
    EXPECT_EQ(failures.count() + ends.count(), 0);
}

TEST(Job, NextRunMayStartFromTheHandlerOfTheLast)
{
    Job job;
    QSignalSpy ends(&job, &Job::finished);
    int second = 0;
    job.start([](std::stop_token) { return 1; },
              [&](int value) {
                  job.start([value](std::stop_token) { return value + 1; },
                            [&](int next) { second = next; });
              });
    ASSERT_TRUE(QTest::qWaitFor([&] { return second == 2 && !job.running(); }));
    EXPECT_EQ(ends.count(), 1) << "the first run handed over to the second";
}

TEST(Job, DestructionEndsTheThread)
{
    std::atomic<bool> ended = false;
    {
        Job job;
        job.start(
            [&](std::stop_token stop) {
                while (!stop.stop_requested())
                    std::this_thread::yield();
                ended = true;
                return 0;
            },
            [](int) { FAIL() << "nobody is there to be told"; });
    }
    EXPECT_TRUE(ended);
}
