// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/receptive_field.h"
#include "tests/support/fake_network.h"
#include "ui/explanation.h"
#include "ui/panels/examples_panel.h"
#include "ui/panels/explanation_section.h"
#include "ui/panels/field_section.h"
#include "ui/panels/inspector_panel.h"
#include "ui/panels/section.h"
#include "ui/session.h"
#include "ui/unit_examples.h"
#include "ui/widgets/distribution_plot.h"
#include "ui/widgets/image_strip.h"
#include "ui/widgets/pixel_grid.h"
#include "ui/widgets/waterfall_plot.h"

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace ui;

namespace
{

/// With the engine itself, because the numbers are what is tested.
class InspectorTest : public testing::Test
{
protected:
    Session session{1};

    void openModel()
    {
        session.addModel(sharedModel("one"));
        ASSERT_TRUE(QTest::qWaitFor([&] { return session.activations() != nullptr; }, 20000));
    }

    static bool says(const QWidget& widget, const QString& text)
    {
        for (const QLabel* label : widget.findChildren<QLabel*>())
            if (label->isVisibleTo(&widget) && label->text().contains(text))
                return true;
        return false;
    }

    /// The last layer's outputs for every image of the data set, with a backend of the test's own.
    std::vector<float> outputs(int layer)
    {
        const auto backend = core::makeBackend(session.current()->architecture);
        const auto images = session.dataset()->imagesAsFloat(0, session.dataset()->size());
        return backend
            ->activations(session.current()->parameters.values(), images, std::span(&layer, 1))
            .front()
            .values;
    }
};

} // namespace

TEST_F(InspectorTest, ExamplesAreTheImagesThatDriveTheNeuronMostAndLeast)
{
    openModel();
    UnitExamples examples(session);
    session.select({2, 1, 4, core::Stage::Post, {}}); // neuron 13
    examples.setWanted(true);
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return examples.result().value && !examples.result().running; }, 20000));
    const auto& unit = session.current()->architecture.units()[2];
    const std::vector<float> all = outputs(unit.postLayer);
    std::vector<float> neuron;
    for (std::size_t image = 0; image < all.size() / 36; ++image)
        neuron.push_back(all[image * 36 + 13]);
    const core::TopExamples& found = *examples.result().value;
    EXPECT_NEAR(found.strongest.front().value, *std::ranges::max_element(neuron), 1e-5);
    EXPECT_NEAR(found.weakest.front().value, *std::ranges::min_element(neuron), 1e-5);
    EXPECT_EQ(found.data, session.dataset()->description());
}

TEST_F(InspectorTest, NothingIsComputedWhileNobodyLooks)
{
    openModel();
    UnitExamples examples(session);
    session.select({0, 1, {}, core::Stage::Post, {}});
    QTest::qWait(3 * UnitExamples::kPatience);
    EXPECT_FALSE(examples.result().running);
    EXPECT_EQ(examples.result().value, nullptr);
    Explanation explanation(session);
    session.showImage(3);
    QTest::qWait(20);
    EXPECT_EQ(explanation.result().value, nullptr);
}

TEST_F(InspectorTest, AnExplanationIsOfTheShownImageAndItsAnswer)
{
    openModel();
    Explanation explanation(session);
    explanation.setWanted(true);
    session.showImage(5);
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return explanation.result().value && !explanation.result().running; }, 20000));
    const LogitExplanation& shown = *explanation.result().value;
    EXPECT_EQ(shown.label, session.activations()->prediction);
    EXPECT_TRUE(shown.predicted);
    ASSERT_TRUE(shown.terms);
    const float logit = session.activations()->logits[static_cast<std::size_t>(shown.label)];
    EXPECT_NEAR(shown.terms->sum(shown.label), logit, 1e-4);
    EXPECT_NEAR(shown.occlusion.logit, logit, 1e-4);

    const int other = (shown.label + 1) % 10;
    explanation.setLabel(other);
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return explanation.result().value->label == other && !explanation.result().running; },
        20000));
    EXPECT_FALSE(explanation.result().value->predicted);
}

TEST_F(InspectorTest, ReceptiveFieldsGoBothWays)
{
    openModel();
    session.select({1, 3, 5 * 10 + 6, core::Stage::Post, {}}); // conv2 channel 3 (5, 6)
    FieldSection section(session);
    section.showSelection();
    section.show();
    const core::Architecture& network = session.current()->architecture;
    const core::Unit& unit = network.units()[1];
    const auto window = core::receptiveWindow(network, unit.postLayer, 5, 6);
    EXPECT_TRUE(
        says(section,
             QString::fromUtf8("rows %1–%2").arg(window.top).arg(window.top + window.height - 1)));
    const auto grids = section.findChildren<PixelGrid*>();
    ASSERT_EQ(grids.size(), 2);
    emit grids[0]->chosen(14, 3);
    int readers = 0;
    for (int row = 0; row < unit.shape.height; ++row)
        for (int column = 0; column < unit.shape.width; ++column)
            readers +=
                core::receptiveWindow(network, unit.postLayer, row, column).contains(14, 3) ? 1 : 0;
    ASSERT_GT(readers, 0);
    EXPECT_TRUE(says(section, QStringLiteral("Pixel (14, 3): %1 of 100 outputs").arg(readers)));
    emit grids[1]->chosen(2, 7);
    EXPECT_EQ(session.selection().position, 2 * 10 + 7);
}

TEST_F(InspectorTest, AStrongImageIsShownWhenItIsChosen)
{
    openModel();
    session.select({0, 0, {}, core::Stage::Post, {}});
    ExamplesPanel panel(session);
    panel.resize(230, 700);
    panel.show();
    auto* strip = panel.findChild<ImageStrip*>();
    ASSERT_TRUE(QTest::qWaitFor([&] { return strip->count() == 9; }, 20000));
    EXPECT_TRUE(strip->item(0).patch);
    EXPECT_EQ(strip->item(0).patch->width(), 4);
    QTest::mouseClick(strip, Qt::LeftButton, {}, strip->itemRect(2).center());
    ASSERT_TRUE(session.input().index);
    EXPECT_TRUE(strip->item(2).tip.startsWith(QStringLiteral("Image %1, label %2")
                                                  .arg(*session.input().index)
                                                  .arg(*session.input().label)));
    EXPECT_TRUE(says(panel, QString::fromStdString(session.dataset()->description())));
}

TEST_F(InspectorTest, SectionsFoldAndComeBackFolded)
{
    openModel();
    session.select({2, 1, 4, core::Stage::Post, {}});
    InspectorPanel panel(session);
    panel.resize(260, 800);
    panel.show();
    for (Section* section : panel.findChildren<Section*>())
        section->setFolded(section->id() != QStringLiteral("field"));
    EXPECT_TRUE(says(panel, "Output (1, 1) reads"));
    EXPECT_FALSE(says(panel, "weights"));
    InspectorPanel other(session);
    other.restore(panel.state());
    EXPECT_EQ(other.state(), panel.state());
}

TEST_F(InspectorTest, FitsIts260PixelsWithoutScrollingSideways)
{
    openModel();
    session.select({2, 1, 4, core::Stage::Post, {}});
    InspectorPanel panel(session);
    panel.show();
    for (Section* section : panel.findChildren<Section*>()) {
        section->setFolded(false);
        EXPECT_LE(section->minimumSizeHint().width(), 228) << section->id().toStdString();
    }
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return panel.findChild<WaterfallPlot*>()->order().size() == 36; }, 20000));
    for (Section* section : panel.findChildren<Section*>())
        EXPECT_LE(section->minimumSizeHint().width(), 228) << section->id().toStdString();
}

TEST_F(InspectorTest, TheWaterfallStartsWithTheLargestTermAndSelectsNeurons)
{
    openModel();
    ExplanationSection section(session);
    section.resize(228, 400);
    section.show();
    auto* plot = section.findChild<WaterfallPlot*>();
    ASSERT_TRUE(QTest::qWaitFor([&] { return plot->order().size() == 36; }, 20000));
    const auto backend = core::makeBackend(session.current()->architecture);
    const core::LogitTerms terms =
        core::logitTerms(*backend, *session.current(), session.input().pixels);
    for (std::size_t i = 1; i < plot->order().size(); ++i)
        EXPECT_GE(std::abs(terms.term(plot->label(), plot->order()[i - 1])),
                  std::abs(terms.term(plot->label(), plot->order()[i])));
    emit plot->featureChosen(14);
    EXPECT_EQ(session.selection().unit, 2);
    EXPECT_EQ(session.selection().channel, 1);
    EXPECT_EQ(session.selection().position, 5);
}

TEST(PixelGridTest, TheKeyboardWalksAndChooses)
{
    PixelGrid grid("map");
    HeatMap map{3, 4, std::vector<float>(12, 0.5F), greyScale(), {}, {}};
    grid.setMap(map);
    grid.show();
    QSignalSpy chosen(&grid, &PixelGrid::chosen);
    QTest::keyClick(&grid, Qt::Key_Right);
    QTest::keyClick(&grid, Qt::Key_Down);
    QTest::keyClick(&grid, Qt::Key_Down);
    QTest::keyClick(&grid, Qt::Key_Down);
    QTest::keyClick(&grid, Qt::Key_Return);
    ASSERT_EQ(chosen.count(), 1);
    EXPECT_EQ(chosen[0][0].toInt(), 2);
    EXPECT_EQ(chosen[0][1].toInt(), 1);
    QTest::mouseClick(&grid, Qt::LeftButton, {}, grid.cellRect(0, 3).center());
    ASSERT_EQ(chosen.count(), 2);
    EXPECT_EQ(chosen[1][1].toInt(), 3);
}
