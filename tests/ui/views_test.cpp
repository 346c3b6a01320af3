// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_network.h"
#include "tests/support/fake_runs.h"
#include "ui/ablations.h"
#include "ui/figures/channels_figure.h"
#include "ui/figures/class_heatmap_figure.h"
#include "ui/figures/maximization_figure.h"
#include "ui/figures/overview_figure.h"
#include "ui/session.h"
#include "ui/views/channels_view.h"
#include "ui/views/class_heatmap_view.h"
#include "ui/views/edges_view.h"
#include "ui/views/export_dialog.h"
#include "ui/views/feature_view.h"
#include "ui/views/overview_view.h"
#include "ui/views/views.h"

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QMouseEvent>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>

using namespace ui;

namespace
{

class ViewsTest : public testing::Test
{
protected:
    std::shared_ptr<FakeControl> control = std::make_shared<FakeControl>();
    Session session{1, fakeCalls(control)};
    std::shared_ptr<FakeRuns> runs = std::make_shared<FakeRuns>();
    RunBoard board{fakeRunSource(runs)};

    void openModel()
    {
        session.addModel(std::make_shared<core::Model>(namedModel("one")));
        ASSERT_TRUE(QTest::qWaitFor([this] {
            return session.activations() && session.currentEntry()->evaluation.value &&
                   session.classStatistics().value && !session.classStatistics().running;
        }));
    }

    template<typename V>
    std::unique_ptr<V> shown()
    {
        auto view = std::make_unique<V>(session, nullptr);
        view->resize(780, 640);
        view->show();
        return view;
    }

    /// Where the middle of a cell is on the canvas.
    static QPoint place(const FigureView& view, MapKey key, int row, int column)
    {
        const Scene* scene = view.canvas()->scene();
        const SceneMap* map = scene == nullptr ? nullptr : scene->find(key);
        if (map == nullptr) {
            ADD_FAILURE() << "no map " << key.group << ", " << key.index;
            return {};
        }
        return (map->map->cell(map->area, row, column).center() +
                QPointF(SceneCanvas::kMargin, SceneCanvas::kMargin))
            .toPoint();
    }

    static void click(const FigureView& view, MapKey key, int row, int column)
    {
        QTest::mouseClick(view.canvas(), Qt::LeftButton, {}, place(view, key, row, column));
    }

    QString hoverText(const FigureView& view, MapKey key, int row, int column)
    {
        QSignalSpy texts(&session, &Session::statusMessage);
        // Sent straight to the canvas: the place may be below what the scroll area shows.
        const QPoint pointer = place(view, key, row, column);
        QMouseEvent move(QEvent::MouseMove, pointer, view.canvas()->mapToGlobal(pointer),
                         Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(view.canvas(), &move);
        return texts.isEmpty() ? QString() : texts.back()[0].toString();
    }
};

bool showsFigure(const FigureView& view)
{
    return QTest::qWaitFor([&] { return view.canvas()->figure() != nullptr; });
}

} // namespace

TEST_F(ViewsTest, ComeInTheOrderOfTheTabs)
{
    QWidget parent;
    QStringList ids;
    for (const View* view : makeViews(session, board, &parent))
        ids << view->id();
    EXPECT_EQ(
        ids, QStringList({"overview", "channels", "edges", "class-heatmap", "feature-visualisation",
                          "weights", "comparison", "training", "pruning", "scoreboard", "sweep",
                          "golf"}));
}

TEST_F(ViewsTest, SayWhatWouldBeHereWithoutAModel)
{
    QWidget parent;
    const std::vector<View*> views = makeViews(session, board, &parent);
    parent.show();
    for (View* view : views) {
        if (view->id() == "scoreboard")
            continue; // has the published networks
        EXPECT_EQ(view->figure(), nullptr);
        const auto said = [&] {
            for (const QLabel* label : view->findChildren<QLabel*>())
                if (label->text().contains(QStringLiteral("would be here")))
                    return true;
            return false;
        };
        EXPECT_TRUE(QTest::qWaitFor(said)) << view->id().toStdString();
    }
}

TEST_F(ViewsTest, NameEveryControlForScreenReaders)
{
    openModel();
    QWidget parent;
    for (const View* view : makeViews(session, board, &parent)) {
        for (const auto* button : view->findChildren<QAbstractButton*>())
            EXPECT_FALSE(button->text().isEmpty() && button->accessibleName().isEmpty())
                << view->id().toStdString();
        for (const auto* box : view->findChildren<QComboBox*>())
            EXPECT_FALSE(box->accessibleName().isEmpty()) << view->id().toStdString();
        for (const auto* box : view->findChildren<QAbstractSpinBox*>())
            EXPECT_FALSE(box->accessibleName().isEmpty()) << view->id().toStdString();
        for (const auto* slider : view->findChildren<QSlider*>())
            EXPECT_FALSE(slider->accessibleName().isEmpty()) << view->id().toStdString();
    }
}

TEST_F(ViewsTest, OverviewSelectsTheClassOfAConfusionRow)
{
    openModel();
    const auto view = shown<OverviewView>();
    ASSERT_TRUE(showsFigure(*view));
    click(*view, {OverviewFigure::Confusion, 0}, 7, 2);
    EXPECT_EQ(session.selection().label, 7);
    EXPECT_TRUE(hoverText(*view, {OverviewFigure::Confusion, 0}, 7, 2)
                    .contains(QStringLiteral("of 7 answered as 2")));
}

TEST_F(ViewsTest, ChannelsSelectTheClickedPosition)
{
    openModel();
    const auto view = shown<ChannelsView>();
    ASSERT_TRUE(showsFigure(*view));
    click(*view, {ChannelsFigure::Output, 2}, 10, 14);
    EXPECT_EQ(session.selection().unit, 0);
    EXPECT_EQ(session.selection().channel, 2);
    EXPECT_EQ(session.selection().position, 10 * 25 + 14);
    click(*view, {ChannelsFigure::Kernel, 1}, 0, 0);
    EXPECT_EQ(session.selection().channel, 1);
    EXPECT_FALSE(session.selection().position);
    click(*view, {ChannelsFigure::Input, 0}, 5, 5);
    EXPECT_FALSE(session.selection().channel);
}

TEST_F(ViewsTest, ChannelsSayValueIndicesAndPatchUnderThePointer)
{
    openModel();
    const auto view = shown<ChannelsView>();
    ASSERT_TRUE(showsFigure(*view));
    const auto& unit = session.current()->architecture.units()[0];
    const float value =
        session.activations()->of(unit, core::Stage::Post).values[2 * 625 + 10 * 25 + 14];
    const QString text = hoverText(*view, {ChannelsFigure::Output, 2}, 10, 14);
    EXPECT_TRUE(text.contains(QStringLiteral("conv1 channel 2 (10, 14)"))) << text.toStdString();
    EXPECT_TRUE(text.contains(shortNumber(value))) << text.toStdString();
    EXPECT_TRUE(text.contains(QString::fromUtf8("rows 10\u201313, columns 14\u201317")));
}

TEST_F(ViewsTest, ChannelsFollowTheInputWithoutTouchingSelectionOrScroll)
{
    openModel();
    const auto view = shown<ChannelsView>();
    view->resize(230, 560); // one channel below the other
    ASSERT_TRUE(showsFigure(*view));
    click(*view, {ChannelsFigure::Output, 1}, 3, 4);
    const Selection before = session.selection();
    auto* bar = view->findChild<QScrollArea*>()->verticalScrollBar();
    ASSERT_TRUE(QTest::qWaitFor([&] { return bar->maximum() > 40; }));
    bar->setValue(37);
    std::vector<float> drawing(28 * 28, 0.0F);
    for (int step = 0; step < 20; ++step) {
        drawing[static_cast<std::size_t>(300 + step)] = 1;
        session.showDrawing(drawing);
        QTest::qWait(1);
    }
    EXPECT_TRUE(QTest::qWaitFor([&] {
        const auto* map = view->canvas()->scene()->find({ChannelsFigure::Input, 0});
        return map->map->values == drawing;
    }));
    EXPECT_EQ(session.selection(), before);
    EXPECT_EQ(bar->value(), 37);
}

TEST_F(ViewsTest, ChannelsKeepALockedRange)
{
    openModel();
    const auto view = shown<ChannelsView>();
    ASSERT_TRUE(showsFigure(*view));
    auto* range = view->findChildren<QComboBox*>()[1];
    range->setCurrentIndex(static_cast<int>(ColourRange::Locked));
    emit range->activated(static_cast<int>(ColourRange::Locked));
    QTest::qWait(20);
    const auto scaleNow = [&] {
        return view->canvas()->scene()->find({ChannelsFigure::Output, 0})->map->scale;
    };
    const ColourScale locked = scaleNow();
    session.showDrawing(std::vector<float>(28 * 28, 1.0F));
    QTest::qWait(20);
    EXPECT_EQ(scaleNow(), locked);
}

TEST_F(ViewsTest, HeatmapSelectsNeuronAndClass)
{
    openModel();
    const auto view = shown<ClassHeatmapView>();
    ASSERT_TRUE(showsFigure(*view));
    click(*view, {ClassHeatmapFigure::Block, 1}, 3, 5);
    EXPECT_EQ(session.selection().unit, 2);
    EXPECT_EQ(session.selection().channel, 1);
    EXPECT_EQ(session.selection().position, 5);
    EXPECT_EQ(session.selection().label, 3);
    const QString text = hoverText(*view, {ClassHeatmapFigure::Block, 1}, 3, 5);
    EXPECT_TRUE(text.contains(QStringLiteral("neuron 14 (channel 1, row 1, column 2), class 3")))
        << text.toStdString();
    EXPECT_TRUE(text.contains(shortNumber(session.classStatistics().value->meanOf(3, 14))));
}

TEST_F(ViewsTest, FeaturesStartByThemselvesAndSelectTheClickedUnit)
{
    openModel();
    const auto view = shown<FeatureView>();
    EXPECT_TRUE(view->run().running());
    ASSERT_TRUE(showsFigure(*view));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !view->run().running(); }, 60000));
    EXPECT_EQ(view->run().latest()->steps, view->run().settings().options.steps);
    EXPECT_GT(view->run().recorded().size(), 32U);
    const auto& targets = view->run().latest()->targets;
    for (int i = 0; i < static_cast<int>(targets.size()); ++i) {
        if (targets[static_cast<std::size_t>(i)].name != "neuron 14")
            continue;
        click(*view, {MaximizationFigure::Target, i}, 4, 4);
        EXPECT_EQ(session.selection().unit, 2);
        EXPECT_EQ(session.selection().channel, 1);
        EXPECT_EQ(session.selection().position, 5);
        return;
    }
    FAIL() << "neuron 14 is not among the targets";
}

TEST_F(ViewsTest, FeaturesKeepThePartialResultWhenStopped)
{
    openModel();
    const auto view = shown<FeatureView>();
    ASSERT_TRUE(showsFigure(*view));
    view->stop();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !view->run().running(); }, 10000));
    ASSERT_NE(view->run().latest(), nullptr);
    const int steps = view->run().latest()->steps;
    const int asked = view->run().settings().options.steps;
    const QString words = steps < asked ? QStringLiteral("%1 of %2 steps").arg(steps).arg(asked)
                                        : QStringLiteral("%1 steps").arg(steps);
    EXPECT_TRUE(view->figure()->caption().contains(words));
}

TEST_F(ViewsTest, FeaturesLookBackAtRecordedSteps)
{
    openModel();
    const auto view = shown<FeatureView>();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !view->run().running(); }, 60000));
    auto* slider = view->findChild<QSlider*>();
    slider->setValue(3);
    const auto* frame = view->run().recorded()[3].get();
    ASSERT_TRUE(QTest::qWaitFor([&] {
        const auto* figure = dynamic_cast<const MaximizationFigure*>(view->canvas()->figure());
        return figure != nullptr && &figure->result() == frame;
    }));
}

TEST_F(ViewsTest, KeepTheirSettings)
{
    openModel();
    ChannelsView channels(session, nullptr);
    channels.restore({{"range", 2}, {"kernels", false}, {"lockedRange", 3.5}});
    EXPECT_EQ(channels.state(),
              (QJsonObject{{"range", 2}, {"kernels", false}, {"lockedRange", 3.5}}));
    ClassHeatmapView heatmap(session, nullptr);
    heatmap.restore({{"mode", 2}});
    EXPECT_EQ(heatmap.state().value("mode").toInt(), 2);
    FeatureView features(session, nullptr);
    QJsonObject state = features.state();
    QJsonObject settings = state.value("settings").toObject();
    settings["steps"] = 77;
    settings["direction"] = "minimize";
    state["settings"] = settings;
    state["preset"] = 1;
    features.restore(state);
    EXPECT_EQ(features.state(), state);
    features.restore({{"preset", 99}, {"settings", QJsonObject{{"steps", -5}, {"lr", "x"}}}});
    EXPECT_EQ(features.state().value("settings").toObject().value("steps").toInt(), 1);
}

TEST_F(ViewsTest, ExportDialogWritesWhatItSays)
{
    openModel();
    const auto view = shown<ClassHeatmapView>();
    ASSERT_TRUE(showsFigure(*view));
    ExportDialog dialog(view->id(), {}, [&](int) { return view->figure(); });
    const QTemporaryDir folder;
    QSignalSpy written(&dialog, &ExportDialog::written);
    dialog.writeTo(folder.filePath("absent/a.svg"));
    EXPECT_TRUE(written.isEmpty());
    bool told = false;
    for (const QLabel* label : dialog.findChildren<QLabel*>())
        told = told || label->text().contains(QStringLiteral("absent"));
    EXPECT_TRUE(told);
    dialog.writeTo(folder.filePath("a.svg"));
    EXPECT_EQ(written.count(), 1);
    EXPECT_TRUE(QFile::exists(folder.filePath("a.svg")));
}

TEST_F(ViewsTest, AnAblationLeavesTheFigureBeforeItTintedUntilTheNewOneCanBeMade)
{
    openModel();
    const auto overview = shown<OverviewView>();
    const auto heatmap = shown<ClassHeatmapView>();
    control->holdEvaluations = true;
    const SceneFigure* before = overview->canvas()->figure();
    session.ablations().ablate(core::ChannelTarget{0, 1});
    EXPECT_TRUE(QTest::qWaitFor([&] { return overview->canvas()->stale(); }));
    EXPECT_EQ(overview->canvas()->figure(), before) << "whose answers are those of its network";
    ASSERT_TRUE(QTest::qWaitFor([&] {
        EXPECT_NE(heatmap->canvas()->figure(), nullptr);
        return session.classStatistics().value != nullptr && !heatmap->canvas()->stale();
    }));
    control->holdEvaluations = false;
    EXPECT_TRUE(QTest::qWaitFor([&] { return !overview->canvas()->stale(); }));
    EXPECT_NE(overview->canvas()->figure(), before);
    EXPECT_NE(overview->canvas()->scene()->find({OverviewFigure::Confusion, 0}), nullptr);
}

TEST_F(ViewsTest, AnotherModelDoesNotInheritAFigure)
{
    openModel();
    const auto overview = shown<OverviewView>();
    control->holdEvaluations = true;
    session.addModel(sharedModel("two"));
    session.setCurrent(1);
    EXPECT_TRUE(QTest::qWaitFor([&] {
        return overview->canvas()->scene()->find({OverviewFigure::Confusion, 0}) == nullptr;
    }));
    EXPECT_FALSE(overview->canvas()->stale());
    control->holdEvaluations = false;
}

TEST_F(ViewsTest, EdgesMeasureTheModelOnceAndSelectTheChannelThatIsClicked)
{
    openModel();
    const auto view = shown<EdgesView>();
    ASSERT_TRUE(QTest::qWaitFor([&] { return view->canvas()->figure() != nullptr; }));
    const auto* figure = dynamic_cast<const EdgesFigure*>(view->canvas()->figure());
    EXPECT_EQ(static_cast<int>(figure->channels().size()),
              session.current()->architecture.units().front().shape.channels);
    const QRectF card = *view->canvas()->scene()->areaOf({EdgesFigure::Gratings, 1});
    QTest::mouseClick(view->canvas(), Qt::LeftButton, {},
                      card.center().toPoint() + QPoint(SceneCanvas::kMargin, SceneCanvas::kMargin));
    EXPECT_EQ(session.selection().unit, 0);
    EXPECT_EQ(session.selection().channel, 1);
    const auto* channels = &figure->channels();
    Selection selection = session.selection();
    selection.stage = core::Stage::Pre;
    session.select(selection);
    ASSERT_TRUE(QTest::qWaitFor([&] {
        const auto* now = dynamic_cast<const EdgesFigure*>(view->canvas()->figure());
        return now->options().stage == core::Stage::Pre;
    }));
    const auto* now = dynamic_cast<const EdgesFigure*>(view->canvas()->figure());
    EXPECT_EQ(&now->channels(), channels);
}
