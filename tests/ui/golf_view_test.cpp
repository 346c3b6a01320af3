// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_runs.h"
#include "ui/figures/golf_figure.h"
#include "ui/figures/weights_figure.h"
#include "ui/runs/run_board.h"
#include "ui/session.h"
#include "ui/views/golf_steps.h"
#include "ui/views/golf_view.h"
#include "ui/views/overlaid_runs.h"
#include "ui/widgets/choice_bar.h"

#include <gtest/gtest.h>

#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>
#include <QWheelEvent>

using namespace ui;

namespace
{

class GolfViewTest : public testing::Test
{
protected:
    std::shared_ptr<FakeControl> control = std::make_shared<FakeControl>();
    std::shared_ptr<FakeRuns> runs = std::make_shared<FakeRuns>();
    Session session{1, fakeCalls(control)};

    static std::unique_ptr<GolfView> shown(Session& session, RunBoard& board)
    {
        auto view = std::make_unique<GolfView>(session, board, nullptr);
        view->resize(780, 640);
        view->show();
        return view;
    }

    void addGame(const std::string& id, int steps,
                 core::RunStatus status = core::RunStatus::Finished)
    {
        runs->add(id, core::RunKind::Golf, status).accuracy =
            core::MeasuredAccuracy{"MNIST validation, 10,000 images", "validation", 9850, 10000};
        runs->addSteps(id, steps);
    }

    static const GolfFigure* figure(const GolfView& view)
    {
        return dynamic_cast<const GolfFigure*>(view.canvas()->figure());
    }
    static bool showsSteps(const GolfView& view, std::size_t steps)
    {
        return QTest::qWaitFor([&] {
            return figure(view) != nullptr && figure(view)->games().front().steps.size() == steps;
        });
    }
    static bool says(const QWidget& view, const QString& text)
    {
        for (const auto* label : view.findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(text))
                return true;
        return false;
    }
    static QPoint middleOf(const GolfView& view, MapKey key)
    {
        return view.canvas()->scene()->areaOf(key)->center().toPoint() +
               QPoint(SceneCanvas::kMargin, SceneCanvas::kMargin);
    }
};

} // namespace

TEST_F(GolfViewTest, SaysWhatWouldBeHereWithoutGames)
{
    RunBoard board(fakeRunSource(runs));
    const auto view = shown(session, board);
    EXPECT_TRUE(QTest::qWaitFor([&] { return says(*view, "would be here"); }));
    EXPECT_EQ(view->figure(), nullptr);
    EXPECT_FALSE(view->openButton()->isEnabled());
}

TEST_F(GolfViewTest, SaysThatNoStepHasEndedYet)
{
    addGame("a", 0, core::RunStatus::Running);
    RunBoard board(fakeRunSource(runs));
    const auto view = shown(session, board);
    EXPECT_TRUE(QTest::qWaitFor([&] { return says(*view, "No step has ended yet"); }));
}

TEST_F(GolfViewTest, SaysHowTheRefittedNetworkDidOnTest)
{
    addGame("a", 61);
    runs->runs.front().accuracy =
        core::MeasuredAccuracy{"MNIST test, 10,000 images", "test", 9808, 10000};
    RunBoard board(fakeRunSource(runs));
    const auto view = shown(session, board);
    ASSERT_TRUE(showsSteps(*view, 61));
    EXPECT_TRUE(says(*view, "which selects. Trained on all training images in the end: 98.08 % "
                            "MNIST test."));
}

TEST_F(GolfViewTest, ShowsEveryStepInPlotAndTable)
{
    addGame("a", 61);
    RunBoard board(fakeRunSource(runs));
    const auto view = shown(session, board);
    ASSERT_TRUE(showsSteps(*view, 61));
    EXPECT_EQ(view->table()->model()->rowCount(), 61);
    // 20 rounds: 800 left, 9,845 of 10,000 right, of which Wilson's interval is 98.19 to 98.67 %.
    EXPECT_TRUE(says(*view, "800 non-zero with 98.45 % (95 % interval 98.19"));
    EXPECT_TRUE(says(*view, "on MNIST validation, 10,000 images, which selects"));
    EXPECT_TRUE(view->openButton()->isEnabled());
    const std::string csv = view->figure()->csv();
    EXPECT_EQ(std::ranges::count(csv, '\n'), 62);
    EXPECT_NE(csv.find("\na,61,shrink,20,800,"), std::string::npos) << csv.substr(0, 400);
}

TEST_F(GolfViewTest, LiveStepsGrowThePlotButNotThePersonsZoom)
{
    addGame("a", 10, core::RunStatus::Running);
    RunBoard board(fakeRunSource(runs));
    const auto view = shown(session, board);
    ASSERT_TRUE(showsSteps(*view, 10));
    const GolfRanges before = view->ranges();
    const QPoint middle = middleOf(*view, {GolfFigure::kAccuracyPlane, 0});
    QWheelEvent wheel(middle, view->canvas()->mapToGlobal(middle), {}, {0, 120}, Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(view->canvas(), &wheel);
    const GolfRanges zoomed = view->ranges();
    EXPECT_LT(zoomed.accuracy.up.high - zoomed.accuracy.up.low,
              0.9 * (before.accuracy.up.high - before.accuracy.up.low));
    EXPECT_EQ(zoomed.loss, before.loss) << "the other plot stays";
    for (int step = 11; step <= 40; ++step) {
        core::GolfStep far = fakeStep(step);
        far.correct = 9000;
        runs->observer.step("a", far);
    }
    ASSERT_TRUE(showsSteps(*view, 40));
    EXPECT_EQ(view->ranges().accuracy, zoomed.accuracy);
    QTest::mouseDClick(view->canvas(), Qt::LeftButton, {}, middle);
    EXPECT_NE(view->ranges().accuracy, zoomed.accuracy);
}

TEST_F(GolfViewTest, LiveStepsLeaveTheTableWhereThePersonLooks)
{
    addGame("a", 200, core::RunStatus::Running);
    RunBoard board(fakeRunSource(runs));
    const auto view = shown(session, board);
    ASSERT_TRUE(showsSteps(*view, 200));
    QScrollBar* bar = view->table()->verticalScrollBar();
    ASSERT_TRUE(QTest::qWaitFor([&] { return bar->maximum() > 0; }));
    bar->setValue(100);
    view->table()->showEntry(7);
    const int place = bar->value();
    const int before = bar->maximum();
    runs->observer.step("a", fakeStep(201));
    ASSERT_TRUE(QTest::qWaitFor([&] { return view->table()->model()->rowCount() == 201; }));
    ASSERT_TRUE(QTest::qWaitFor([&] { return bar->maximum() > before; }));
    EXPECT_EQ(bar->value(), place);
    EXPECT_EQ(view->table()->currentEntry(), 7);
    bar->setValue(bar->maximum());
    runs->observer.step("a", fakeStep(202));
    ASSERT_TRUE(QTest::qWaitFor([&] { return view->table()->model()->rowCount() == 202; }));
    EXPECT_TRUE(QTest::qWaitFor([&] { return bar->value() == bar->maximum(); }))
        << "at the end it follows";
}

TEST_F(GolfViewTest, ResumedGamesReplaceTheStepsTheyDoAgain)
{
    addGame("a", 30, core::RunStatus::Running);
    RunBoard board(fakeRunSource(runs));
    const auto view = shown(session, board);
    ASSERT_TRUE(showsSteps(*view, 30));
    core::GolfStep again = fakeStep(29);
    again.correct = 9700;
    runs->observer.step("a", again);
    ASSERT_TRUE(showsSteps(*view, 29));
    EXPECT_EQ(view->table()->model()->rowCount(), 29);
}

TEST_F(GolfViewTest, CheckMarksOverlayGames)
{
    addGame("a", 12);
    addGame("b", 20);
    RunBoard board(fakeRunSource(runs));
    const auto view = shown(session, board);
    ASSERT_TRUE(showsSteps(*view, 20)) << "the newest";
    ASSERT_EQ(view->list()->count(), 2);
    view->list()->item(1)->setCheckState(Qt::Checked);
    ASSERT_TRUE(QTest::qWaitFor([&] { return figure(*view)->games().size() == 2; }));
    EXPECT_NE(figure(*view)->games()[0].colour, figure(*view)->games()[1].colour);
    EXPECT_EQ(view->run(), "b") << "whose steps stay in the table";
    EXPECT_EQ(view->table()->model()->rowCount(), 20);
}

TEST_F(GolfViewTest, AClickOnAStepShowsItInTheTable)
{
    addGame("a", 40);
    RunBoard board(fakeRunSource(runs));
    const auto view = shown(session, board);
    ASSERT_TRUE(showsSteps(*view, 40));
    const MapKey key = GolfFigure::keysOf({0, 25})[1]; // in the lower plot
    QTest::mouseClick(view->canvas(), Qt::LeftButton, {}, middleOf(*view, key));
    EXPECT_EQ(view->table()->currentEntry(), 25);
}

TEST_F(GolfViewTest, OpensTheBestNetworkWhileTheGameGoesOn)
{
    addGame("a", 40, core::RunStatus::Running);
    core::Model best = namedModel("the best");
    best.file = "/runs/a/best.safetensors";
    runs->best["a"] = std::make_shared<core::Model>(std::move(best));
    RunBoard board(fakeRunSource(runs));
    const auto view = shown(session, board);
    ASSERT_TRUE(showsSteps(*view, 40));
    view->openButton()->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return session.current() != nullptr; }));
    EXPECT_EQ(session.current()->file, "/runs/a/best.safetensors");
}

TEST_F(GolfViewTest, ShowsTheParametersOfTheBestAndReadsAnewOnlyABetterOne)
{
    addGame("a", 41, core::RunStatus::Running);
    runs->best["a"] = sharedModel("the best");
    RunBoard board(fakeRunSource(runs));
    const auto view = shown(session, board);
    ASSERT_TRUE(showsSteps(*view, 41));
    view->pages()->button(1)->click();
    const auto weights = [&] {
        return dynamic_cast<const WeightsFigure*>(view->canvas()->figure());
    };
    ASSERT_TRUE(QTest::qWaitFor([&] { return weights() != nullptr; }));
    EXPECT_EQ(weights()->title(), "All weights of the best");
    core::GolfStep same = fakeStep(41);
    same.step = 42;
    runs->observer.step("a", same);
    ASSERT_TRUE(QTest::qWaitFor([&] { return view->table()->model()->rowCount() == 42; }));
    EXPECT_EQ(runs->bestReads, 1);
    core::GolfStep better = fakeStep(44);
    runs->best["a"] = sharedModel("a better one");
    runs->observer.step("a", better);
    EXPECT_TRUE(QTest::qWaitFor([&] {
        return weights() != nullptr && weights()->title() == "All weights of a better one";
    }));
    EXPECT_EQ(runs->bestReads, 2);
}

TEST_F(GolfViewTest, DeletedGamesLeave)
{
    addGame("a", 5);
    RunBoard board(fakeRunSource(runs));
    const auto view = shown(session, board);
    ASSERT_TRUE(showsSteps(*view, 5));
    board.remove("a");
    EXPECT_TRUE(QTest::qWaitFor([&] { return says(*view, "would be here"); }));
    EXPECT_EQ(view->run(), "");
    EXPECT_EQ(view->table()->model()->rowCount(), 0);
}
