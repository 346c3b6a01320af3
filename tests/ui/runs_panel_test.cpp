// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/runs_panel.h"

#include "tests/support/fake_runs.h"

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QLabel>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace ui;

namespace
{

class RunsPanelTest : public testing::Test
{
protected:
    std::shared_ptr<FakeRuns> runs = std::make_shared<FakeRuns>();
    RunBoard board{fakeRunSource(runs)};
    RunsPanel panel{board};

    void show()
    {
        panel.resize(1280, 200);
        panel.show();
        panel.setFolded(false);
        runs->observer.changed({});
        ASSERT_TRUE(QTest::qWaitFor([this] { return board.runs().size() == runs->runs.size(); }));
        QTest::qWait(10);
    }

    /// Null where it isn't offered.
    QAbstractButton* button(const QString& text)
    {
        for (auto* found : panel.findChildren<QAbstractButton*>())
            if (found->text() == text && found->isVisible())
                return found;
        return nullptr;
    }

    bool asked(const std::string& what)
    {
        return QTest::qWaitFor([&] {
            const std::lock_guard lock(runs->mutex);
            return std::ranges::find(runs->asked, what) != runs->asked.end();
        });
    }

    bool says(const QString& text)
    {
        for (const auto* label : panel.findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(text))
                return true;
        return false;
    }
};

} // namespace

TEST_F(RunsPanelTest, SaysWhatWouldBeListedAndOffersToBegin)
{
    show();
    EXPECT_TRUE(says("would be listed here"));
    QSignalSpy wanted(&panel, &RunsPanel::newRunRequested);
    ASSERT_NE(button("New run"), nullptr);
    button("New run")->click();
    EXPECT_EQ(wanted.size(), 1);
    EXPECT_EQ(button("Pause"), nullptr);
}

TEST_F(RunsPanelTest, OffersWhatTheStateAllows)
{
    struct Case {
        core::RunStatus status;
        QStringList offered;
        QStringList refused;
    };
    const Case cases[] = {
        {core::RunStatus::Running, {"Pause", "Stop and keep best"}, {"Resume", "Delete…"}},
        {core::RunStatus::Interrupted, {"Resume", "Delete…"}, {"Pause", "Stop and keep best"}},
        {core::RunStatus::Paused, {"Resume", "Delete…"}, {"Pause"}},
        {core::RunStatus::Finished, {"Delete…"}, {"Pause", "Resume", "Stop and keep best"}},
        {core::RunStatus::Failed, {"Delete…"}, {"Pause", "Resume"}},
    };
    runs->add("a", core::RunKind::Train, core::RunStatus::Queued);
    show();
    panel.select("a");
    for (const Case& one : cases) {
        runs->set("a", [&](core::RunSummary& run) { run.status = one.status; });
        ASSERT_TRUE(QTest::qWaitFor([&] { return board.find("a")->status == one.status; }));
        for (const QString& text : one.offered)
            EXPECT_NE(button(text), nullptr) << text.toStdString();
        for (const QString& text : one.refused)
            EXPECT_EQ(button(text), nullptr) << text.toStdString();
    }
}

TEST_F(RunsPanelTest, AsksTheBoardForWhatIsClicked)
{
    runs->add("b", core::RunKind::Train, core::RunStatus::Interrupted);
    runs->add("a", core::RunKind::Train, core::RunStatus::Running);
    show();
    panel.select("a");
    button("Pause")->click();
    EXPECT_TRUE(asked("pause a"));
    button("Stop and keep best")->click();
    EXPECT_TRUE(asked("stop a"));
    panel.select("b");
    button("Resume")->click();
    EXPECT_TRUE(asked("resume b"));
}

TEST_F(RunsPanelTest, DeletesOnlyAfterAskingInPlace)
{
    runs->add("a", core::RunKind::Train, core::RunStatus::Finished);
    show();
    panel.select("a");
    button("Delete…")->click();
    EXPECT_TRUE(says("Delete “Title of a”"));
    button("Keep it")->click();
    QTest::qWait(30);
    EXPECT_NE(board.find("a"), nullptr);
    button("Delete…")->click();
    button("Delete the run")->click();
    EXPECT_TRUE(asked("remove a"));
    EXPECT_TRUE(QTest::qWaitFor([this] { return board.runs().empty(); }));
    EXPECT_TRUE(says("would be listed here"));
}

TEST_F(RunsPanelTest, FoldedStripSaysWhereTheRunningOneStandsAndStopsIt)
{
    runs->add("a", core::RunKind::Train, core::RunStatus::Running);
    runs->add("b", core::RunKind::Train, core::RunStatus::Finished);
    show();
    panel.select("b");
    panel.setFolded(true);
    EXPECT_EQ(panel.height(), RunsPanel::kStripHeight);
    QTest::qWait(250); // words change no more often than they can be read
    runs->observer.progress("a", {12, 20, 0.61, 1.84, 4.2});
    ASSERT_TRUE(QTest::qWaitFor([&] { return says("12 of 20 epochs"); }));
    EXPECT_TRUE(says("1.84 epochs/s"));
    EXPECT_TRUE(says("5 s left"));
    button("Stop and keep best")->click();
    EXPECT_TRUE(asked("stop a"));
}

TEST_F(RunsPanelTest, SelectionStaysWithItsRunWhenAnotherOneComes)
{
    runs->add("a", core::RunKind::Train, core::RunStatus::Running);
    show();
    panel.select("a");
    runs->add("b", core::RunKind::Prune, core::RunStatus::Queued);
    runs->observer.changed("b");
    ASSERT_TRUE(QTest::qWaitFor([this] { return board.runs().size() == 2; }));
    ASSERT_NE(panel.selected(), nullptr);
    EXPECT_EQ(panel.selected()->id, "a");
    EXPECT_EQ(panel.list()->currentIndex().row(), 1);
}

TEST_F(RunsPanelTest, LongNamesAndSentencesDoNotWidenTheWindow)
{
    runs->add("a", core::RunKind::Train, core::RunStatus::Failed);
    runs->set("a", [](core::RunSummary& run) {
        run.title = std::string(400, 'x');
        run.message = std::string(600, 'y');
    });
    show();
    ASSERT_TRUE(QTest::qWaitFor([this] { return !board.find("a")->message.empty(); }));
    panel.select("a");
    button("Delete…")->click();
    EXPECT_LE(panel.minimumSizeHint().width(), 900);
    panel.setFolded(true);
    EXPECT_LE(panel.minimumSizeHint().width(), 900);
}

TEST_F(RunsPanelTest, ActivatingARunAsksForItsView)
{
    runs->add("a", core::RunKind::Prune, core::RunStatus::Finished);
    show();
    std::vector<std::string> wanted;
    QObject::connect(&panel, &RunsPanel::viewRequested, &panel,
                     [&](const std::string& id) { wanted.push_back(id); });
    panel.select("a");
    emit panel.list()->activated(panel.list()->currentIndex());
    EXPECT_EQ(wanted, std::vector<std::string>{"a"});
}
