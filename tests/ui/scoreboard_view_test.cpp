// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sample_digits.h"
#include "core/inspect/submission.h"
#include "tests/support/fake_network.h"
#include "tests/support/fake_runs.h"
#include "tests/support/places.h"
#include "ui/figures/scoreboard_figure.h"
#include "ui/figures/scoreboard_recipe.h"
#include "ui/models/score_table.h"
#include "ui/views/score_filter.h"
#include "ui/views/score_list.h"
#include "ui/views/scoreboard_view.h"

#include <gtest/gtest.h>

#include <QCheckBox>
#include <QComboBox>
#include <QElapsedTimer>
#include <QImage>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace ui;

namespace
{

KnownScore entry(const std::string& name, std::size_t nonzero, int correct,
                 const std::string& selectedOn = {})
{
    KnownScore known;
    known.score = {
        name, nonzero, correct, 10000, core::kGolfData, selectedOn, core::ScoreSource::Verified,
        name};
    known.origin = ScoreOrigin::Open;
    return known;
}

/// Images that pass for MNIST's test set by name and number.
core::DatasetPointer boardData()
{
    core::Dataset data = core::sampleDigits(10000, 1, core::Split::Test);
    data.name = "MNIST";
    data.synthetic = false;
    return std::make_shared<core::Dataset>(std::move(data));
}

class ScoreboardViewTest : public testing::Test
{
protected:
    std::shared_ptr<FakeControl> control = std::make_shared<FakeControl>();
    Session session{1, fakeCalls(control)};
    std::shared_ptr<FakeRuns> runs = std::make_shared<FakeRuns>();
    RunBoard board{fakeRunSource(runs)};
    test::TemporaryFolder folder;

    std::unique_ptr<ScoreboardView> shown(const QStringList& shipped = {})
    {
        auto view = std::make_unique<ScoreboardView>(
            session, board, ScorePlaces{shipped, folder / "submissions"}, nullptr);
        view->resize(780, 640);
        view->show();
        return view;
    }

    static const KnownScore* find(const ScoreboardView& view, const std::string& name)
    {
        for (const KnownScore& known : view.scores()->entries())
            if (known.score.name == name)
                return &known;
        return nullptr;
    }
};

} // namespace

TEST(ScoreRange, ZoomsAboutTheCursorAndBack)
{
    const ScoreRange range{100, 10000, 0.96, 1.0};
    const ScoreRange near = range.zoomed(2, 0.5, 0.25);
    EXPECT_NEAR(near.fewest, 316.2, 0.1); // half of two decades, about 1,000
    EXPECT_NEAR(near.most, 3162.3, 0.1);
    EXPECT_NEAR(near.lowest, 0.965, 1e-9); // about 0.97
    EXPECT_NEAR(near.highest, 0.985, 1e-9);
    const ScoreRange back = near.zoomed(0.5, 0.5, 0.25);
    EXPECT_NEAR(back.most, range.most, 1e-6);
    EXPECT_NEAR(range.moved(0.5, -0.5).fewest, 1000, 1e-9);
    EXPECT_NEAR(range.moved(0.5, -0.5).highest, 0.98, 1e-9);
    ScoreRange deep = range;
    for (int i = 0; i < 1000; ++i)
        deep = deep.zoomed(1.25, 0.3, 0.7);
    EXPECT_GT(deep.most, deep.fewest); // stops where there is nothing more to see
}

TEST(ScoreboardFigure, HoldsEveryEntryAndNoNamesThatTouch)
{
    std::vector<KnownScore> entries;
    for (int i = 0; i < 30; ++i) // a crowd
        entries.push_back(entry("network " + std::to_string(i), 570 + static_cast<std::size_t>(i),
                                9800 + i % 5, i % 2 == 0 ? "test" : ""));
    const ScoreboardFigure figure(entries, rangeOf(entries));
    const Scene scene = figure.scene(700, screenStyle(QPalette(), QFont()), 400);
    for (int i = 0; i < 30; ++i) {
        const auto area = scene.areaOf({ScoreboardFigure::kEntry, i});
        ASSERT_TRUE(area) << i;
        EXPECT_TRUE(scene.areaOf({ScoreboardFigure::kPlane, 0})->contains(area->center()));
    }
    // Fewer parameters are further left, more right answers higher.
    const auto middle = [&](int i) {
        return scene.areaOf({ScoreboardFigure::kEntry, i})->center();
    };
    EXPECT_LT(middle(0).x(), middle(29).x());
    EXPECT_GT(middle(0).y(), middle(4).y());
}

TEST(ScoreboardFigure, MarksTheFrontAndSaysWhatEachEntryIs)
{
    const std::vector<KnownScore> entries = {entry("small", 300, 9801, "test"),
                                             entry("worse", 400, 9790), entry("best", 800, 9850)};
    const ScoreboardFigure figure(entries, rangeOf(entries));
    EXPECT_EQ(figure.front(), (std::vector<std::size_t>{0, 2}));
    const QString text = figure.describe(0);
    EXPECT_TRUE(text.contains("300 non-zero, 98.01 % on MNIST test, 10,000 images"));
    EXPECT_TRUE(text.contains("selected on test"));
    EXPECT_TRUE(text.contains("97.7")) << text.toStdString(); // the interval's lower end
    EXPECT_TRUE(QString::fromStdString(figure.csv()).contains("worse,open,400,9790,10000"));
}

// Dragging the plane lays it out and paints it anew for every step. The bound is a few frames, so
// that a busy machine passes and work that grows with the square of the entries does not.
TEST(ScoreboardFigure, DrawsAThousandEntriesWithinAFewFrames)
{
    std::vector<KnownScore> entries;
    for (int i = 0; i < 1000; ++i)
        entries.push_back(entry("network " + std::to_string(i),
                                300 + static_cast<std::size_t>(i * 37 % 1000), 9750 + i * 13 % 120,
                                i % 3 == 0 ? "test" : ""));
    const ScoreRange range = rangeOf(entries);
    QImage image(900, 600, QImage::Format_ARGB32_Premultiplied);
    QElapsedTimer timer;
    std::vector<qint64> times;
    for (int i = 0; i < 5; ++i) {
        timer.start();
        QPainter painter(&image);
        ScoreboardFigure(entries, range)
            .scene(900, screenStyle(QPalette(), QFont()), 600)
            .paint(painter);
        times.push_back(timer.elapsed());
    }
    std::ranges::sort(times);
    RecordProperty("milliseconds", static_cast<int>(times[2]));
    EXPECT_LT(times[2], 120) << "median of five, in milliseconds";
}

TEST(ScoreboardFigure, LeavesOutWhatAFileOnlySays)
{
    KnownScore known = entry("mine", 600, 9810);
    EXPECT_TRUE(known.placed());
    known.score.source = core::ScoreSource::Claimed;
    for (const ScoreOrigin origin : {ScoreOrigin::Open, ScoreOrigin::Shipped, ScoreOrigin::Run}) {
        known.origin = origin;
        EXPECT_FALSE(known.placed());
    }
    known.origin = ScoreOrigin::Published;
    known.score.source = core::ScoreSource::Published;
    EXPECT_TRUE(known.placed());
}

TEST(ScoreboardFigure, KeepsItsLeaguesThroughARecipe)
{
    std::vector<KnownScore> entries = {entry("raw", 300, 9810), entry("better", 200, 9830)};
    entries[1].score.league = core::League::Averaged;
    const ScoreboardFigure figure(entries, rangeOf(entries));
    EXPECT_EQ(figure.front().size(), 2U) << "each leads its league";
    const auto again = scoreboardFromRecipe(figure.recipe());
    EXPECT_EQ(again->entries()[0].score.league, core::League::Raw);
    EXPECT_EQ(again->entries()[1].score.league, core::League::Averaged);
    EXPECT_EQ(again->csv(), figure.csv());
}

TEST(ScoreboardFigure, LeavesOutWhatASubmissionOnlyClaims)
{
    std::vector<KnownScore> entries = {entry("mine", 600, 9810), entry("claim", 100, 9990)};
    entries[1].origin = ScoreOrigin::Submission;
    entries[1].score.source = core::ScoreSource::Claimed;
    EXPECT_FALSE(entries[1].placed());
    const ScoreboardFigure figure(entries, wholeRange(entries));
    const Scene scene = figure.scene(700, screenStyle(QPalette(), QFont()), 400);
    EXPECT_FALSE(scene.areaOf({ScoreboardFigure::kEntry, 1}));
    EXPECT_EQ(figure.front(), (std::vector<std::size_t>{0}));
    EXPECT_TRUE(figure.describe(1).contains("claimed, not verified"));
    entries[1].score.source = core::ScoreSource::Verified;
    EXPECT_TRUE(entries[1].placed());
}

TEST_F(ScoreboardViewTest, KnowsThePublishedLadderWithoutAnyModel)
{
    const auto view = shown();
    ASSERT_TRUE(QTest::qWaitFor([&] { return view->canvas()->figure() != nullptr; }));
    EXPECT_EQ(view->scores()->entries().size(), core::publishedLadder().size());
    EXPECT_EQ(view->table()->model()->rowCount(), 6);
}

TEST_F(ScoreboardViewTest, EvaluatesShippedFilesOnTheBoardsData)
{
    session.setDataset(boardData());
    const auto view = shown({"/models/one.safetensors", "/models/bad.safetensors"});
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return find(*view, "one") != nullptr && !view->scores()->reading(); }));
    const KnownScore* one = find(*view, "one");
    EXPECT_TRUE(one->score.verified());
    EXPECT_EQ(one->score.correct, 5000); // the fake is right for every even image
    const auto& entries = view->scores()->entries();
    EXPECT_TRUE(std::ranges::any_of(
        entries, [](const KnownScore& known) { return known.problem == "bad is empty."; }));
}

TEST_F(ScoreboardViewTest, CountsANetworkOnceAndMeasuresOnlyOnTheBoardsData)
{
    session.addModel(sharedModel("open")); // the fake's networks are all the same one
    const auto view = shown({"/models/one.safetensors"});
    ASSERT_TRUE(QTest::qWaitFor([&] { return find(*view, "open") != nullptr; }));
    QTest::qWait(50);
    EXPECT_EQ(find(*view, "one"), nullptr);
    EXPECT_EQ(find(*view, "open")->score.images, 0); // nothing is said of MNIST, and this isn't it
    EXPECT_FALSE(find(*view, "open")->placed());
    EXPECT_EQ(view->table()->model()->rowCount(), 6) << "the published ones alone";
    view->filter()->findChild<QCheckBox*>()->setChecked(true);
    EXPECT_EQ(view->table()->model()->rowCount(), 7);
}

TEST_F(ScoreboardViewTest, ShowsOneLeagueAndOneSplitAtATime)
{
    const auto view = shown();
    ASSERT_TRUE(QTest::qWaitFor([&] { return view->table()->model()->rowCount() == 6; }));
    auto* league = view->filter()->findChildren<QComboBox*>()[0];
    auto* split = view->filter()->findChildren<QComboBox*>()[1];
    split->setCurrentIndex(split->findText("Selected on test"));
    EXPECT_EQ(view->table()->model()->rowCount(), 2) << "672 and 575";
    ASSERT_TRUE(QTest::qWaitFor([&] {
        const auto* figure = dynamic_cast<const ScoreboardFigure*>(view->canvas()->figure());
        return figure != nullptr && figure->entries().size() == 2;
    }));
    const auto other = shown(); // the filter comes back with the session
    other->restore(view->state());
    EXPECT_TRUE(QTest::qWaitFor([&] { return other->table()->model()->rowCount() == 2; }));
    league->setCurrentIndex(league->findText("with transformations"));
    EXPECT_EQ(view->table()->model()->rowCount(), 0);
    EXPECT_TRUE(QTest::qWaitFor([&] { return view->canvas()->figure() == nullptr; }));
}

TEST_F(ScoreboardViewTest, KeepsThePersonsZoomWhenEntriesCome)
{
    const auto view = shown();
    ASSERT_TRUE(QTest::qWaitFor([&] { return view->canvas()->figure() != nullptr; }));
    const ScoreRange before = view->range();
    const auto plane = view->canvas()->scene()->areaOf({ScoreboardFigure::kPlane, 0});
    ASSERT_TRUE(plane);
    const QPointF place = plane->center() + QPointF(SceneCanvas::kMargin, SceneCanvas::kMargin);
    QWheelEvent wheel(place, view->canvas()->mapToGlobal(place), {}, QPoint(0, 120), Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(view->canvas(), &wheel);
    const ScoreRange zoomed = view->range();
    EXPECT_LT(zoomed.most / zoomed.fewest, before.most / before.fewest);
    session.addModel(sharedModel("another"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return find(*view, "another") != nullptr; }));
    EXPECT_EQ(view->range(), zoomed);
    const auto other = shown();
    other->restore(view->state());
    EXPECT_EQ(other->range(), zoomed);
    QTest::mouseDClick(view->canvas(), Qt::LeftButton, {}, place.toPoint());
    EXPECT_EQ(view->range(), before);
}

TEST_F(ScoreboardViewTest, SortsByTheNumberNotByItsText)
{
    const auto view = shown();
    ASSERT_TRUE(QTest::qWaitFor([&] { return view->table()->model()->rowCount() == 6; }));
    view->table()->sortByColumn(ScoreTable::Nonzero, Qt::DescendingOrder);
    const auto* model = view->table()->model();
    EXPECT_EQ(model->index(0, ScoreTable::Nonzero).data(), "1,199,882");
    EXPECT_EQ(model->index(5, ScoreTable::Nonzero).data(), "575");
    const auto other = shown(); // the order comes back with the session
    other->restore(view->state());
    ASSERT_TRUE(QTest::qWaitFor([&] { return other->table()->model()->rowCount() == 6; }));
    EXPECT_EQ(other->table()->model()->index(0, ScoreTable::Nonzero).data(), "1,199,882");
}

TEST_F(ScoreboardViewTest, ClickingARowOpensItsModel)
{
    session.setDataset(boardData());
    const auto view = shown({"/models/one.safetensors"});
    ASSERT_TRUE(QTest::qWaitFor([&] { return find(*view, "one") != nullptr; }));
    const auto* model = view->table()->model();
    for (int row = 0; row < model->rowCount(); ++row)
        if (model->index(row, 0).data() == "one")
            emit view->table()->clicked(model->index(row, 0));
    ASSERT_TRUE(QTest::qWaitFor([&] { return session.current() != nullptr; }));
    EXPECT_EQ(session.current()->name, "one");
}

TEST_F(ScoreboardViewTest, TakesASubmissionThatHoldsAndRefusesOneThatDoesNot)
{
    session.setDataset(boardData());
    session.addModel(sharedModel("mine"));
    const auto view = shown();
    QSignalSpy done(view->scores(), &Scores::done);
    QSignalSpy refused(view->scores(), &Scores::refused);
    const QString file = QString::fromStdString((folder / "mine.zip").string());
    view->scores()->exportSubmission(file);
    ASSERT_TRUE(QTest::qWaitFor([&] { return done.size() == 1; }));
    session.closeModel(0);

    core::Submission claim = core::readSubmission(folder / "mine.zip");
    EXPECT_EQ(claim.correct, 5000);
    claim.correct = 9900;
    core::writeSubmission(claim, folder / "boast.zip");
    view->scores()->importSubmission(QString::fromStdString((folder / "boast.zip").string()));
    ASSERT_TRUE(QTest::qWaitFor([&] { return refused.size() == 1; }));
    EXPECT_TRUE(refused[0][0].toString().contains("9,900 of 10,000"));
    EXPECT_EQ(find(*view, "mine"), nullptr);

    view->scores()->importSubmission(file);
    ASSERT_TRUE(QTest::qWaitFor([&] { return find(*view, "mine") != nullptr; }));
    EXPECT_EQ(find(*view, "mine")->origin, ScoreOrigin::Submission);
    EXPECT_EQ(sourceText(*find(*view, "mine")), "verified here");
}
