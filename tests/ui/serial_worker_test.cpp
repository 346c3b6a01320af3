// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/serial_worker.h"

#include "core/base/error.h"

#include <gtest/gtest.h>

#include <QTest>

#include <atomic>

using namespace ui;

namespace
{

void unexpected(const QString& sentence)
{
    ADD_FAILURE() << sentence.toStdString();
}

} // namespace

TEST(SerialWorker, AnswersInTheOrderOfTheCalls)
{
    SerialWorker worker;
    std::vector<int> answers;
    for (int i = 0; i < 50; ++i)
        worker.post([i] { return i; }, [&](int answer) { answers.push_back(answer); }, unexpected);
    ASSERT_TRUE(QTest::qWaitFor([&] { return answers.size() == 50; }));
    EXPECT_TRUE(std::ranges::is_sorted(answers));
}

TEST(SerialWorker, GoesOnAfterACallThatFails)
{
    SerialWorker worker;
    QString sentence;
    bool done = false;
    worker.post([] { throw core::Error(core::ErrorKind::Output, "no space is left"); },
                [] { ADD_FAILURE(); }, [&](const QString& said) { sentence = said; });
    worker.post([] {}, [&] { done = true; }, unexpected);
    ASSERT_TRUE(QTest::qWaitFor([&] { return done; }));
    EXPECT_EQ(sentence, "no space is left");
}

TEST(SerialWorker, DropsWhatWaitsWhenItEnds)
{
    std::atomic<int> calls = 0;
    {
        SerialWorker worker;
        for (int i = 0; i < 100; ++i)
            worker.post(
                [&] {
                    ++calls;
                    QThread::msleep(20);
                },
                [] {}, unexpected);
        QThread::msleep(5);
    }
    EXPECT_LE(calls, 2);
}
