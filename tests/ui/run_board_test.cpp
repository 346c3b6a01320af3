// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/run_board.h"

#include "tests/support/fake_runs.h"

#include <gtest/gtest.h>

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <thread>

using namespace ui;

namespace
{

class RunBoardTest : public testing::Test
{
protected:
    std::shared_ptr<FakeRuns> runs = std::make_shared<FakeRuns>();

    std::unique_ptr<RunBoard> listedBoard()
    {
        auto board = std::make_unique<RunBoard>(fakeRunSource(runs));
        EXPECT_TRUE(QTest::qWaitFor([&] { return board->listed(); }));
        return board;
    }

    const RunHistory* historyOf(RunBoard& board, const std::string& id)
    {
        EXPECT_TRUE(QTest::qWaitFor([&] { return board.history(id) != nullptr; }));
        return board.history(id);
    }
};

} // namespace

TEST_F(RunBoardTest, ListsTheRunsOfEarlierSessions)
{
    runs->add("old", core::RunKind::Train, core::RunStatus::Finished);
    runs->add("young", core::RunKind::Prune, core::RunStatus::Interrupted);
    const auto board = listedBoard();
    ASSERT_EQ(board->runs().size(), 2U);
    EXPECT_EQ(board->runs()[0].id, "young");
    EXPECT_EQ(board->find("old")->status, core::RunStatus::Finished);
    EXPECT_EQ(board->find("none"), nullptr);
}

TEST_F(RunBoardTest, DeliversAtMostThirtyTimesASecondHoweverOftenARunReports)
{
    runs->add("a", core::RunKind::Train, core::RunStatus::Running);
    const auto board = listedBoard();
    QSignalSpy progressed(board.get(), &RunBoard::progressed);
    constexpr int kMilliseconds = 500;
    std::uint64_t reports = 0;
    std::thread run([&] {
        QElapsedTimer clock;
        for (clock.start(); clock.elapsed() < kMilliseconds; ++reports)
            runs->observer.progress("a", {reports, 1'000'000, 0.5, 1, 1});
    });
    QTest::qWait(kMilliseconds + 100);
    run.join();
    ASSERT_TRUE(QTest::qWaitFor([&] { return board->find("a")->progress.done == reports - 1; }));
    EXPECT_GT(reports, 1000U);
    EXPECT_GE(progressed.size(), 2);
    EXPECT_LE(progressed.size(), kMilliseconds * 30 / 1000 + 2);
}

TEST_F(RunBoardTest, KeepsEveryVisitAndTheirOrder)
{
    runs->add("a", core::RunKind::Prune, core::RunStatus::Running);
    const auto board = listedBoard();
    historyOf(*board, "a");
    std::thread run([&] {
        for (int i = 1; i <= 784; ++i)
            runs->observer.visit("a", fakeVisit(i));
    });
    run.join();
    ASSERT_TRUE(QTest::qWaitFor([&] { return board->history("a")->visits.size() == 784; }));
    for (std::size_t i = 0; i < 784; ++i)
        ASSERT_EQ(board->history("a")->visits[i].visit, i + 1);
    EXPECT_EQ(board->find("a")->nonzero, 820U - 784 / 3);
}

TEST_F(RunBoardTest, JoinsWhatIsOnDiskWithWhatCameMeanwhile)
{
    runs->add("a", core::RunKind::Train, core::RunStatus::Running);
    for (int epoch = 1; epoch <= 3; ++epoch)
        runs->histories["a"].epochs.push_back(fakeEpoch(epoch));
    const auto board = listedBoard();
    runs->observer.epoch("a", fakeEpoch(3));
    runs->observer.epoch("a", fakeEpoch(4));
    QTest::qWait(60);
    const RunHistory* history = historyOf(*board, "a");
    ASSERT_EQ(history->epochs.size(), 4U);
    EXPECT_EQ(history->epochs[2].epoch, 3);
    EXPECT_EQ(history->epochs[3].epoch, 4);
}

TEST_F(RunBoardTest, DropsWhatAResumedRunDoesAgain)
{
    runs->add("a", core::RunKind::Train, core::RunStatus::Running);
    const auto board = listedBoard();
    historyOf(*board, "a");
    for (const int epoch : {1, 2, 3, 2})
        runs->observer.epoch("a", fakeEpoch(epoch));
    ASSERT_TRUE(QTest::qWaitFor([&] { return board->history("a")->epochs.size() == 2; }));
    EXPECT_EQ(board->history("a")->epochs.back().epoch, 2);
}

TEST_F(RunBoardTest, CopiesParametersOfTheWatchedRunOnly)
{
    runs->add("a", core::RunKind::Train, core::RunStatus::Running);
    runs->add("b", core::RunKind::Train, core::RunStatus::Running);
    const auto board = listedBoard();
    QSignalSpy changed(board.get(), &RunBoard::parametersChanged);
    board->watchParameters("b");
    const std::vector<float> first(3, 1.0F);
    const std::vector<float> second(3, 2.0F);
    runs->observer.parameters("a", first);
    runs->observer.parameters("b", second);
    runs->observer.progress("b", {});
    ASSERT_TRUE(changed.wait());
    EXPECT_EQ(board->watchedParameters(), second);
    board->watchParameters({});
    EXPECT_TRUE(board->watchedParameters().empty());
}

TEST_F(RunBoardTest, SaysWhatCouldNotBeDone)
{
    runs->add("a", core::RunKind::Train, core::RunStatus::Finished);
    const auto board = listedBoard();
    QSignalSpy failed(board.get(), &RunBoard::failed);
    runs->refusal = "/runs/a: the folder is read-only";
    board->remove("a");
    ASSERT_TRUE(failed.wait());
    EXPECT_EQ(failed[0][0].toString(), "/runs/a: the folder is read-only");
    EXPECT_NE(board->find("a"), nullptr);
}

TEST_F(RunBoardTest, SaysWhyARunHasNothingToShow)
{
    runs->add("a", core::RunKind::Train, core::RunStatus::Failed).message = "The disk is full.";
    runs->add("b", core::RunKind::Train, core::RunStatus::Running).message = "Epoch 2";
    const auto board = listedBoard();
    EXPECT_EQ(board->whyNothing("a"), "The disk is full.");
    EXPECT_EQ(board->whyNothing("b"), "");
    EXPECT_EQ(board->whyNothing("nobody"), "");
}

TEST_F(RunBoardTest, SaysWhyAHistoryCanNotBeRead)
{
    runs->add("a", core::RunKind::Train, core::RunStatus::Failed);
    runs->histories.clear();
    const auto board = listedBoard();
    board->history("a");
    ASSERT_TRUE(QTest::qWaitFor([&] { return !board->historyError("a").isEmpty(); }));
    EXPECT_EQ(board->historyError("a"), "a is damaged.");
    EXPECT_EQ(board->whyNothing("a"), "a is damaged.");
    EXPECT_EQ(board->history("a"), nullptr);
}

TEST_F(RunBoardTest, TellsOnceWhenARunHasAModel)
{
    runs->add("old", core::RunKind::Train, core::RunStatus::Finished).model = "/runs/old/m";
    runs->add("a", core::RunKind::Train, core::RunStatus::Running);
    const auto board = listedBoard();
    std::vector<std::string> ready;
    QObject::connect(board.get(), &RunBoard::modelReady, board.get(),
                     [&](const core::RunSummary& run) { ready.push_back(run.id); });
    runs->set("a", [](core::RunSummary& run) {
        run.status = core::RunStatus::Finished;
        run.model = "/runs/a/m";
    });
    ASSERT_TRUE(QTest::qWaitFor([&] { return !ready.empty(); }));
    runs->observer.changed("a");
    QTest::qWait(80);
    EXPECT_EQ(ready, std::vector<std::string>{"a"}) << "models of earlier sessions stay closed";
}

TEST_F(RunBoardTest, ReadsTheListOnceForManyChanges)
{
    runs->add("a", core::RunKind::Train, core::RunStatus::Running);
    const auto board = listedBoard();
    const int before = runs->reads;
    for (int i = 0; i < 100; ++i)
        runs->observer.changed("a");
    QTest::qWait(150);
    EXPECT_GE(runs->reads, before + 1);
    EXPECT_LE(runs->reads, before + 4);
}

TEST_F(RunBoardTest, MayEndWhileRunsReport)
{
    runs->add("a", core::RunKind::Train, core::RunStatus::Running);
    auto board = listedBoard();
    for (int i = 0; i < 100; ++i)
        runs->observer.progress("a", {});
    board->pause("a");
    board->history("a");
    board.reset();
    QTest::qWait(60); // what was on its way has nowhere to go
}
