// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/weights_view.h"

#include "tests/support/fake_network.h"
#include "ui/ablations.h"
#include "ui/figures/scene_walk.h"
#include "ui/models/circuit_choice.h"
#include "ui/models/unit_facts.h"
#include "ui/views/ablation_strip.h"
#include "ui/widgets/change_bars.h"
#include "ui/widgets/image_strip.h"

#include <gtest/gtest.h>

#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ui;

namespace
{

class WeightsViewTest : public testing::Test
{
protected:
    std::shared_ptr<FakeControl> control = std::make_shared<FakeControl>();
    Session session{1, fakeCalls(control)};
    Ablations& ablations = session.ablations();
    WeightsView view{session, nullptr};

    void openModel()
    {
        session.addModel(sharedModel("one"));
        view.resize(780, 690);
        view.show();
        ASSERT_TRUE(QTest::qWaitFor([&] {
            return view.canvas()->figure() != nullptr && session.activations() != nullptr;
        }));
    }

    QPoint place(MapKey key, int row, int column)
    {
        const SceneMap* map = view.canvas()->scene()->find(key);
        if (map == nullptr) {
            ADD_FAILURE() << "no map " << key.group << ", " << key.index;
            return {};
        }
        return (map->map->cell(map->area, row, column).center() +
                QPointF(SceneCanvas::kMargin, SceneCanvas::kMargin))
            .toPoint();
    }

    void click(MapKey key, int row, int column)
    {
        QTest::mouseClick(view.canvas(), Qt::LeftButton, {}, place(key, row, column));
    }

    bool showsCircuit()
    {
        view.setMode(WeightsView::Mode::Circuit);
        return QTest::qWaitFor(
            [&] { return dynamic_cast<const CircuitFigure*>(view.canvas()->figure()) != nullptr; });
    }
};

} // namespace

TEST_F(WeightsViewTest, AClickAblatesAWeightAndSelectsItsChannel)
{
    openModel();
    click({0, 2}, 1, 3); // conv1 channel 2, row 1, column 3
    ASSERT_EQ(ablations.done().size(), 1U);
    EXPECT_EQ(ablations.done()[0].what, "features.0.weight [2, 0, 1, 3]");
    EXPECT_EQ(session.selection().unit, 0);
    EXPECT_EQ(session.selection().channel, 2);
    EXPECT_EQ(session.current()->parameters.values()[2 * 16 + 7], 0.0F);
}

TEST_F(WeightsViewTest, AnAblatedWeightIsAbsentAndCrossed)
{
    openModel();
    click({0, 1}, 0, 0);
    ASSERT_TRUE(QTest::qWaitFor([&] {
        const SceneMap* map = view.canvas()->scene()->find({0, 1});
        return map != nullptr && !map->map->crossed.empty();
    }));
    const HeatMap& map = *view.canvas()->scene()->find({0, 1})->map;
    EXPECT_TRUE(map.crossed[0]);
    EXPECT_TRUE(map.removed[0]);
    EXPECT_FALSE(map.crossed[1]);
}

TEST_F(WeightsViewTest, TheKeyboardWalksFromWeightToWeightAndAblates)
{
    openModel();
    view.canvas()->setFocus();
    QTest::keyClick(view.canvas(), Qt::Key_Right); // the first one gets the mark
    QTest::keyClick(view.canvas(), Qt::Key_Right);
    QTest::keyClick(view.canvas(), Qt::Key_Down);
    QTest::keyClick(view.canvas(), Qt::Key_Return);
    ASSERT_EQ(ablations.done().size(), 1U);
    EXPECT_EQ(ablations.done()[0].what, "features.0.weight [0, 0, 1, 1]");
}

TEST_F(WeightsViewTest, ListsWhatIsAblatedAndWhatItChanges)
{
    openModel();
    ablations.ablate(core::ChannelTarget{1, 3});
    ablations.ablate(core::WeightTarget{5});
    auto* list = view.findChild<QListWidget*>();
    ASSERT_EQ(list->count(), 2);
    EXPECT_EQ(list->item(0)->text(), QString::fromUtf8("conv2 channel 3 → zero"));
    EXPECT_EQ(list->item(1)->text(), QString::fromUtf8("conv1 weight 0, 0, 1, 1 → zero"));
    auto* images = view.findChild<ImageStrip*>();
    ASSERT_TRUE(QTest::qWaitFor([&] { return images->count() > 0; }, 20000));
    const auto& effect = ablations.report().value->effect;
    const int change = effect.changeOf(4);
    const QString words = change > 0   ? QStringLiteral("class 4: +%1").arg(change)
                          : change < 0 ? QString::fromUtf8("class 4: −%1").arg(-change)
                                       : QStringLiteral("class 4: 0");
    EXPECT_TRUE(view.findChild<ChangeBars*>()->accessibleDescription().contains(words));
    emit images->chosen(0);
    EXPECT_EQ(session.input().index, ablations.report().value->images[0].image);
    ablations.reset();
    EXPECT_EQ(list->count(), 0);
}

TEST_F(WeightsViewTest, ACircuitNodeIsSelectedByAClickAndAblatedByEnter)
{
    openModel();
    ASSERT_TRUE(showsCircuit());
    click({2, 3}, 0, 0);
    EXPECT_EQ(session.selection().unit, 1);
    EXPECT_EQ(session.selection().channel, 3);
    EXPECT_TRUE(ablations.done().empty());
    view.canvas()->setFocus();
    QTest::keyClick(view.canvas(), Qt::Key_Return);
    ASSERT_EQ(ablations.done().size(), 1U);
    EXPECT_EQ(ablations.done()[0].what, "conv2 channel 3");
}

TEST_F(WeightsViewTest, ACircuitEdgeSaysItsWeightAndAClickSelectsItsEnds)
{
    openModel();
    session.select({2, 1, 4, core::Stage::Post, 7}); // few edges are left, so none is in the way
    ASSERT_TRUE(showsCircuit());
    const auto* figure = dynamic_cast<const CircuitFigure*>(view.canvas()->figure());
    const auto edges = figure->circuit().columns[5].edges; // outlives the figure
    const auto found = std::ranges::find_if(
        edges, [](const core::CircuitEdge& edge) { return edge.from == 13 && edge.to == 7; });
    ASSERT_NE(found, edges.end());
    const MapKey key =
        CircuitFigure::edgeKey(5, static_cast<int>(std::distance(edges.begin(), found)));
    const core::Parameters& parameters = session.current()->parameters;
    const core::ParameterSlice* slice = parameters.find("classifier.0.weight");
    ASSERT_NE(slice, nullptr);
    EXPECT_EQ(found->weight, double(parameters.of(*slice)[7 * 36 + 13]));
    EXPECT_TRUE(figure->describeEdge(key).startsWith("logits 7 reads neuron 13: weight "));
    const SceneLink* link = view.canvas()->scene()->findLink(key);
    ASSERT_NE(link, nullptr);
    EXPECT_EQ(view.canvas()->scene()->at(link->points.boundingRect().center())->key, key);
    EXPECT_FALSE(view.canvas()->scene()->at(link->points.boundingRect().center() + QPointF(0, 60)));

    session.select({});
    ASSERT_TRUE(QTest::qWaitFor([&] { return view.canvas()->figure() != figure; }));
    const SceneLink* first =
        nullptr; // of the edges from neurons, one that lies on top in its middle
    MapKey shown;
    for (int i = 0; i < static_cast<int>(edges.size()) && first == nullptr; ++i) {
        shown = CircuitFigure::edgeKey(5, i);
        first = view.canvas()->scene()->findLink(shown);
    }
    ASSERT_NE(first, nullptr);
    const core::CircuitEdge edge = edges[static_cast<std::size_t>(shown.index)];
    const QPointF margin(SceneCanvas::kMargin, SceneCanvas::kMargin);
    for (double share = 0.1; share < 0.9; share += 0.01)
        if (const QPointF place = QLineF(first->points.front(), first->points.back()).pointAt(share);
            view.canvas()->scene()->at(place.toPoint())->key == shown) {
            QTest::mouseClick(view.canvas(), Qt::LeftButton, {}, (place + margin).toPoint());
            break;
        }
    EXPECT_EQ(session.selection().label, edge.to);
    EXPECT_EQ(selectedFeature(session.current()->architecture, session.selection()), edge.from);
}

TEST_F(WeightsViewTest, RestingOnACircuitNodeSaysWhatAblatingItWouldChange)
{
    openModel();
    ASSERT_TRUE(showsCircuit());
    ASSERT_TRUE(QTest::qWaitFor([&] { return ablations.report().value != nullptr; }, 20000));
    QSignalSpy said(&session, &Session::statusMessage);
    QTest::mouseMove(view.canvas(), QPoint(2, 2)); // so that it moves, wherever it was
    QTest::mouseMove(view.canvas(), place({2, 3}, 0, 0));
    const auto lastSays = [&](const char* words) {
        return !said.isEmpty() && said.last()[0].toString().contains(words);
    };
    ASSERT_TRUE(QTest::qWaitFor([&] { return lastSays("without it"); }, 20000));
    EXPECT_TRUE(lastSays("conv2 channel 3"));
    const QString sentence = said.last()[0].toString();
    ablations.ablate(core::ChannelTarget{1, 3});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !ablations.report().running; }, 20000));
    const auto& effect = ablations.report().value->effect;
    EXPECT_TRUE(sentence.contains(QString("without it %1 right").arg(effect.correct)))
        << sentence.toStdString();
}

TEST_F(WeightsViewTest, SelectedNodesLeaveOnlyPathsThroughThem)
{
    openModel();
    const core::Model& model = *session.current();
    const core::Circuit circuit = core::circuitOf(model.architecture, model.parameters);
    Selection selection{2, 1, 4, core::Stage::Post, 7};
    EXPECT_EQ(chosenNodes(circuit, model.architecture, selection),
              (std::vector<std::optional<int>>{{}, {}, {}, 1, 13, 7}));
    selection = selectingNode(circuit, model.architecture, selection, 5, 7);
    EXPECT_FALSE(selection.label) << "again lets it go";
    selection = selectingNode(circuit, model.architecture, selection, 4, 13);
    EXPECT_EQ(selection.channel, 1);
    EXPECT_FALSE(selection.position);
    selection = selectingNode(circuit, model.architecture, selection, 1, 2);
    EXPECT_EQ(selection.unit, 0);
    EXPECT_EQ(selection.channel, 2);
}

TEST_F(WeightsViewTest, ClosingTheModelLeavesAnEmptyView)
{
    openModel();
    session.select({1, 2, {}, core::Stage::Post, 4});
    session.closeModel(0);
    EXPECT_TRUE(QTest::qWaitFor([&] { return view.canvas()->figure() == nullptr; }));
    session.addModel(sharedModel("two"));
    session.select({1, 2, {}, core::Stage::Post, 4});
    ASSERT_TRUE(showsCircuit());
    session.closeModel(0);
    EXPECT_TRUE(QTest::qWaitFor([&] { return view.canvas()->figure() == nullptr; }));
}

TEST_F(WeightsViewTest, SettingsComeBack)
{
    openModel();
    ablations.setKind(core::AblationKind::Mean);
    view.setMode(WeightsView::Mode::Circuit);
    const QJsonObject state = view.state();
    WeightsView other(session, nullptr);
    ablations.setKind(core::AblationKind::Zero);
    other.restore(state);
    EXPECT_EQ(other.state(), state);
    EXPECT_EQ(ablations.kind(), core::AblationKind::Mean);
}

TEST(SceneWalk, FindsTheNearestCellInADirectionAcrossMaps)
{
    Scene scene{FigureStyle()};
    const auto map = std::make_shared<HeatMap>(HeatMap{2, 2, {1, 2, 3, 4}, signedScale(4), {}, {}});
    scene.addMap({0, 0}, {0, 0, 20, 20}, map);
    scene.addMap({0, 1}, {40, 0, 20, 20}, map);
    const auto start = cellAt(scene, {0, 0}, 1, 1);
    ASSERT_TRUE(start);
    EXPECT_EQ(start->value, 4);
    const auto right = nearestCell(scene, *start, Direction::Right);
    EXPECT_EQ(right->key.index, 1);
    EXPECT_EQ(right->row, 1);
    EXPECT_EQ(right->column, 0);
    const auto up = nearestCell(scene, *right, Direction::Up);
    EXPECT_EQ(up->row, 0);
    EXPECT_EQ(nearestCell(scene, *up, Direction::Up), up) << "there is none above";
    EXPECT_FALSE(cellAt(scene, {9, 9}, 0, 0));
}
