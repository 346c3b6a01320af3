// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_runs.h"
#include "ui/figures/figure.h"
#include "ui/figures/parameters_figure.h"
#include "ui/figures/pruning_figure.h"
#include "ui/runs/run_board.h"
#include "ui/session.h"
#include "ui/views/epoch_kernels.h"
#include "ui/views/pruning_view.h"
#include "ui/views/overlaid_runs.h"
#include "ui/views/training_view.h"
#include "ui/widgets/curve_plot.h"
#include "ui/widgets/scrub_bar.h"

#include <gtest/gtest.h>

#include <QLabel>
#include <QTest>

using namespace ui;

namespace
{

class RunViewsTest : public testing::Test
{
protected:
    std::shared_ptr<FakeControl> control = std::make_shared<FakeControl>();
    std::shared_ptr<FakeRuns> runs = std::make_shared<FakeRuns>();
    Session session{1, fakeCalls(control)};

    template<typename V>
    std::unique_ptr<V> shown(RunBoard& board)
    {
        auto view = std::make_unique<V>(session, board, nullptr);
        view->resize(780, 640);
        view->show();
        return view;
    }

    void addTraining(const std::string& id, int epochs,
                     core::RunStatus status = core::RunStatus::Finished)
    {
        runs->add(id, core::RunKind::Train, status).progress.total = 20;
        for (int epoch = 1; epoch <= epochs; ++epoch)
            runs->histories[id].epochs.push_back(fakeEpoch(epoch));
    }

    void addPruning(const std::string& id, int visits,
                    core::RunStatus status = core::RunStatus::Finished)
    {
        core::RunSummary& run = runs->add(id, core::RunKind::Prune, status);
        run.accuracy = core::MeasuredAccuracy{"MNIST test, 10,000 images", "test", 9842, 10000};
        for (int visit = 1; visit <= visits; ++visit)
            runs->histories[id].visits.push_back(fakeVisit(visit));
        core::PruneSpec spec;
        spec.options.split = core::Split::Test;
        runs->histories[id].spec.work = spec;
    }

    static bool says(const QWidget& view, const QString& text)
    {
        for (const auto* label : view.findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(text))
                return true;
        return false;
    }

    static const PruningFigure* pruning(const PruningView& view)
    {
        return dynamic_cast<const PruningFigure*>(view.canvas()->figure());
    }

    static bool showsVisits(const PruningView& view, std::uint64_t visits)
    {
        return QTest::qWaitFor(
            [&] { return pruning(view) != nullptr && pruning(view)->map().visits == visits; });
    }
};

} // namespace

TEST_F(RunViewsTest, SayWhatWouldBeHereWithoutRuns)
{
    RunBoard board(fakeRunSource(runs));
    const auto training = shown<TrainingView>(board);
    const auto prunings = shown<PruningView>(board);
    EXPECT_TRUE(QTest::qWaitFor([&] { return says(*training, "would be here"); }));
    EXPECT_TRUE(QTest::qWaitFor([&] { return says(*prunings, "would be here"); }));
    EXPECT_EQ(training->figure(), nullptr);
    EXPECT_EQ(prunings->figure(), nullptr);
}

TEST_F(RunViewsTest, TrainingShowsARunOfAnEarlierSession)
{
    addTraining("a", 7);
    RunBoard board(fakeRunSource(runs));
    const auto view = shown<TrainingView>(board);
    ASSERT_TRUE(QTest::qWaitFor([&] { return view->accuracyPlot()->curves().size() == 2; }));
    EXPECT_EQ(view->accuracyPlot()->curves()[0].points.back(), QPointF(7, 90.07));
    EXPECT_EQ(view->lossPlot()->curves()[1].points.front(), QPointF(1, 1.0));
    EXPECT_TRUE(says(*view, "test 90.07 % (9,007 of 10,000)"));
    EXPECT_TRUE(says(*view, "Title of a"));
    EXPECT_NE(view->figure()->csv().find("\na,7,"), std::string::npos);
}

TEST_F(RunViewsTest, LiveEpochsGrowTheCurvesButNotThePersonsZoom)
{
    addTraining("a", 2, core::RunStatus::Running);
    RunBoard board(fakeRunSource(runs));
    const auto view = shown<TrainingView>(board);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !view->accuracyPlot()->curves().empty(); }));
    const QRectF chosen(1.2, 90.01, 0.5, 0.02);
    view->accuracyPlot()->zoomTo(chosen);
    for (int epoch = 3; epoch <= 9; ++epoch)
        runs->observer.epoch("a", fakeEpoch(epoch, 5000));
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return view->accuracyPlot()->curves()[0].points.size() == 9; }));
    EXPECT_NEAR(view->accuracyPlot()->range().left(), chosen.left(), 1e-9);
    EXPECT_NEAR(view->accuracyPlot()->range().height(), chosen.height(), 1e-9);
}

TEST_F(RunViewsTest, CheckMarksOverlayRuns)
{
    addTraining("a", 3);
    addTraining("b", 4);
    RunBoard board(fakeRunSource(runs));
    const auto view = shown<TrainingView>(board);
    ASSERT_TRUE(QTest::qWaitFor([&] { return view->list()->count() == 2; }));
    EXPECT_EQ(view->run(), "b") << "the newest";
    view->list()->item(1)->setCheckState(Qt::Checked);
    ASSERT_TRUE(QTest::qWaitFor([&] { return view->accuracyPlot()->curves().size() == 4; }));
    EXPECT_EQ(view->accuracyPlot()->curves()[0].label, "Title of b");
    EXPECT_EQ(view->accuracyPlot()->curves()[2].label, "Title of a");
    EXPECT_NE(view->accuracyPlot()->curves()[0].colour, view->accuracyPlot()->curves()[2].colour);
    QTest::qWait(10); // the list fills itself anew after a check
    view->list()->item(0)->setCheckState(Qt::Unchecked);
    EXPECT_TRUE(QTest::qWaitFor([&] { return view->accuracyPlot()->curves().size() == 2; }));
}

TEST_F(RunViewsTest, KernelsFollowTheRunAndTheScrubber)
{
    addTraining("a", 5, core::RunStatus::Running);
    RunBoard board(fakeRunSource(runs));
    const auto view = shown<TrainingView>(board);
    EpochKernels& kernels = *view->kernels();
    ASSERT_TRUE(QTest::qWaitFor([&] { return kernels.scrubBar()->count() == 5; }));
    const auto weightOf = [&] {
        const auto* scene = kernels.canvas()->scene();
        return scene == nullptr ? -1.0F : scene->maps().front().map->values.front();
    };
    const std::vector<float> now(820, 0.75F);
    runs->observer.parameters("a", now);
    runs->observer.progress("a", {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return weightOf() == 0.75F; }));
    kernels.scrubBar()->setPlace(3);
    ASSERT_TRUE(QTest::qWaitFor([&] { return weightOf() == 3.0F; }));
    const std::vector<float> later(820, 0.5F);
    runs->observer.parameters("a", later);
    runs->observer.progress("a", {});
    QTest::qWait(60);
    EXPECT_EQ(weightOf(), 3.0F) << "who looks back is left alone";
    kernels.scrubBar()->setPlace(5);
    EXPECT_EQ(weightOf(), 0.5F);
    kernels.scrubBar()->setPlace(0);
    EXPECT_EQ(weightOf(), runs->histories["a"].start->parameters.values().front());
}

TEST_F(RunViewsTest, ParametersAreWatchedOnlyWhileTheViewIsVisible)
{
    addTraining("a", 1, core::RunStatus::Running);
    RunBoard board(fakeRunSource(runs));
    const auto view = shown<TrainingView>(board);
    ASSERT_TRUE(QTest::qWaitFor([&] { return view->run() == "a"; }));
    QTest::qWait(30);
    const std::vector<float> now(820, 0.75F);
    runs->observer.parameters("a", now);
    runs->observer.progress("a", {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !board.watchedParameters().empty(); }));
    view->hide();
    EXPECT_TRUE(board.watchedParameters().empty());
}

TEST_F(RunViewsTest, PruningShowsWhatBecameOfEachWeight)
{
    addPruning("p", 12);
    RunBoard board(fakeRunSource(runs));
    const auto view = shown<PruningView>(board);
    ASSERT_TRUE(showsVisits(*view, 12));
    const PruneMap& map = pruning(*view)->map();
    EXPECT_EQ(map.count(WeightFate::Kept), 8U);
    EXPECT_EQ(map.count(WeightFate::Removed), 2U);
    EXPECT_EQ(map.count(WeightFate::RemovedForBetter), 2U);
    EXPECT_EQ(map.count(WeightFate::NotVisited), 808U);
    EXPECT_EQ(map.curve.size(), 5U);
    EXPECT_TRUE(says(*view, "Selected on MNIST test"));
}

TEST_F(RunViewsTest, ScrubberGoesBackAndLiveVisitsDoNotMoveIt)
{
    addPruning("p", 30, core::RunStatus::Running);
    RunBoard board(fakeRunSource(runs));
    const auto view = shown<PruningView>(board);
    ASSERT_TRUE(showsVisits(*view, 30));
    view->scrubBar()->setPlace(10);
    ASSERT_TRUE(showsVisits(*view, 10));
    EXPECT_EQ(pruning(*view)->map().count(WeightFate::Kept), 7U);
    for (int visit = 31; visit <= 60; ++visit)
        runs->observer.visit("p", fakeVisit(visit));
    ASSERT_TRUE(QTest::qWaitFor([&] { return view->scrubBar()->count() == 60; }));
    EXPECT_EQ(view->scrubBar()->place(), 10);
    view->scrubBar()->setPlace(60);
    ASSERT_TRUE(showsVisits(*view, 60));
    for (int visit = 61; visit <= 63; ++visit)
        runs->observer.visit("p", fakeVisit(visit));
    EXPECT_TRUE(showsVisits(*view, 63)) << "at the end it follows";
}

TEST_F(RunViewsTest, ReplayRunsFromTheStartToTheEndAndStopsWhenHidden)
{
    addPruning("p", 60);
    RunBoard board(fakeRunSource(runs));
    const auto view = shown<PruningView>(board);
    ASSERT_TRUE(showsVisits(*view, 60));
    view->scrubBar()->play();
    EXPECT_TRUE(view->scrubBar()->playing());
    EXPECT_LT(view->scrubBar()->place(), 5);
    QTest::qWait(200);
    EXPECT_GT(view->scrubBar()->place(), 1);
    view->hide();
    EXPECT_FALSE(view->scrubBar()->playing());
    view->show();
    view->scrubBar()->setPlace(57);
    view->scrubBar()->play();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !view->scrubBar()->playing(); }));
    EXPECT_EQ(view->scrubBar()->place(), 60);
}

TEST_F(RunViewsTest, FailuresAreSaidInPlace)
{
    core::RunSummary& run = runs->add("p", core::RunKind::Prune, core::RunStatus::Failed);
    run.message = "97.00 % on MNIST test is below the threshold of 98.00 %";
    RunBoard board(fakeRunSource(runs));
    const auto view = shown<PruningView>(board);
    EXPECT_TRUE(QTest::qWaitFor([&] { return says(*view, "below the threshold"); }));
}

TEST_F(RunViewsTest, DeletedRunsLeaveTheViews)
{
    addTraining("a", 3);
    addPruning("p", 6);
    RunBoard board(fakeRunSource(runs));
    const auto training = shown<TrainingView>(board);
    const auto prunings = shown<PruningView>(board);
    ASSERT_TRUE(showsVisits(*prunings, 6));
    board.remove("a");
    board.remove("p");
    EXPECT_TRUE(QTest::qWaitFor([&] { return says(*training, "would be here"); }));
    EXPECT_TRUE(QTest::qWaitFor([&] { return says(*prunings, "would be here"); }));
    EXPECT_EQ(training->run(), "");
}
