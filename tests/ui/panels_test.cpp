// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_network.h"
#include "ui/data_source.h"
#include "ui/models/model_list.h"
#include "ui/panels/image_browser.h"
#include "ui/panels/input_panel.h"
#include "ui/panels/inspector_panel.h"
#include "ui/panels/models_panel.h"
#include "ui/panels/weight_grid.h"
#include "ui/session.h"
#include "ui/widgets/draw_canvas.h"
#include "ui/words.h"

#include <gtest/gtest.h>

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace ui;

namespace
{

class PanelsTest : public testing::Test
{
protected:
    std::shared_ptr<FakeControl> control = std::make_shared<FakeControl>();
    Session session{1, fakeCalls(control)};

    void settle()
    {
        ASSERT_TRUE(QTest::qWaitFor([&] {
            return session.evaluation() && session.activations() &&
                   !session.classStatistics().running;
        }));
    }

    static bool says(const QWidget& widget, const QString& text)
    {
        for (const QLabel* label : widget.findChildren<QLabel*>())
            if (label->isVisibleTo(&widget) && label->text().contains(text))
                return true;
        return false;
    }
};

} // namespace

TEST_F(PanelsTest, EmptyModelsPanelOffersToOpenOne)
{
    ModelsPanel panel(session);
    panel.show();
    QSignalSpy requests(&panel, &ModelsPanel::openRequested);
    panel.findChild<QPushButton*>()->click();
    EXPECT_EQ(requests.count(), 1);
    EXPECT_FALSE(panel.list()->isVisible());
    session.addModel(sharedModel("a"));
    EXPECT_TRUE(panel.list()->isVisible());
    EXPECT_FALSE(panel.findChild<QPushButton*>()->isVisible());
}

TEST_F(PanelsTest, RowSaysScoreAccuracyAndData)
{
    ModelList list(session);
    session.addModel(sharedModel("a"));
    EXPECT_TRUE(list.row(0).current);
    settle();
    const ModelRow row = list.row(0);
    EXPECT_EQ(row.name, "a");
    EXPECT_EQ(row.size, "820 of 820 non-zero");
    EXPECT_EQ(row.accuracy, "50.00 %");
    EXPECT_EQ(row.data, "sample digits");
    EXPECT_TRUE(row.layoutBadge.isEmpty());
}

TEST_F(PanelsTest, RowWarnsOfAnInferredLayoutAndASelectionOnTest)
{
    core::Model model = namedModel("pruned");
    model.layout = core::LayoutSource::Inferred;
    model.provenance.selectedOn = "test";
    model.provenance.accuracies.push_back({"MNIST test, 10,000 images", "test", 9800, 10000});
    ModelList list(session);
    session.addModel(std::make_shared<core::Model>(std::move(model)));
    EXPECT_EQ(list.row(0).layoutBadge, "inferred");
    EXPECT_EQ(list.row(0).selectionBadge, "selected on test");
    EXPECT_EQ(list.row(0).stored, "98.00 % MNIST test, stored");
}

TEST_F(PanelsTest, ClickingARowMakesItsModelCurrent)
{
    ModelsPanel panel(session);
    panel.resize(240, 400);
    panel.show();
    session.addModel(sharedModel("a"));
    session.addModel(sharedModel("b"));
    QTest::qWait(1);
    const QRect second = panel.list()->visualRect(panel.list()->model()->index(1, 0));
    QTest::mouseClick(panel.list()->viewport(), Qt::LeftButton, {}, second.center());
    EXPECT_EQ(session.currentIndex(), 1);
}

TEST_F(PanelsTest, ARefusedFileIsExplainedInPlaceUntilOneOpens)
{
    ModelsPanel panel(session);
    panel.show();
    session.openModelFile("/bad.pt");
    ASSERT_TRUE(QTest::qWaitFor([&] { return says(panel, "bad is empty."); }));
    session.openModelFile("/good.pt");
    ASSERT_TRUE(QTest::qWaitFor([&] { return session.models().size() == 1; }));
    EXPECT_FALSE(says(panel, "bad is empty."));
}

TEST_F(PanelsTest, BrowserWalksOnlyTheWrongImagesOfAClass)
{
    ImageBrowser browser(session);
    session.addModel(sharedModel("a"));
    settle();
    browser.setFilter({3, true});
    for (int i = 0; i < 3; ++i) {
        browser.showNext();
        const int index = *session.input().index;
        EXPECT_EQ(session.input().label, 3);
        EXPECT_EQ(index % 2, 1) << "the fake gets odd images wrong";
    }
}

TEST_F(PanelsTest, BrowserShowsAFittingImageAtOnce)
{
    ImageBrowser browser(session);
    browser.findChild<QComboBox*>()->setCurrentIndex(5);
    EXPECT_EQ(browser.filter().label, 4);
    EXPECT_EQ(session.input().label, 4);
}

TEST_F(PanelsTest, BrowserSaysThatWrongAnswersAreNotKnownYet)
{
    ImageBrowser browser(session);
    browser.show();
    browser.findChild<QCheckBox*>()->click();
    EXPECT_TRUE(says(browser, "once the model is evaluated"));
    EXPECT_EQ(session.input().index, 0) << "nothing to show, so nothing changes";
}

TEST_F(PanelsTest, InputPanelSaysLabelAndPrediction)
{
    DataSource source("/nowhere", {});
    InputPanel panel(session, source);
    panel.show();
    EXPECT_TRUE(says(panel, "Label 0"));
    session.addModel(sharedModel("a"));
    settle();
    // All of the fake's logits are equal, so it answers 0 with a tenth.
    EXPECT_TRUE(says(panel, "Label 0, predicted 0, 10.00 %"));
    session.showImage(3);
    EXPECT_TRUE(says(panel, "wrong"));
}

TEST_F(PanelsTest, AStrokeReachesTheSession)
{
    DataSource source("/nowhere", {});
    InputPanel panel(session, source);
    panel.resize(240, 600);
    panel.show();
    panel.setDrawing(true);
    EXPECT_EQ(session.input().pixels, std::vector<float>(784, 0.0F));
    QTest::mousePress(panel.canvas(), Qt::LeftButton, {}, panel.canvas()->rect().center());
    QTest::mouseRelease(panel.canvas(), Qt::LeftButton, {}, panel.canvas()->rect().center());
    ASSERT_TRUE(QTest::qWaitFor([&] { return session.input().pixels[14 * 28 + 14] > 0.9F; }));
    EXPECT_FALSE(session.input().label.has_value());
}

TEST_F(PanelsTest, InspectorSaysWhatTheSelectedUnitIs)
{
    InspectorPanel panel(session);
    panel.show();
    EXPECT_TRUE(says(panel, "Nothing open"));
    session.addModel(sharedModel("a"));
    EXPECT_TRUE(says(panel, "Click a channel"));
    settle();
    session.select({2, 2, 4, core::Stage::Post, {}});
    EXPECT_TRUE(says(panel, "conv3 channel 2 (1, 1)"));
    EXPECT_TRUE(says(panel, "neuron 22"));
    EXPECT_TRUE(says(panel, "19×19 px, stride 4"));
    EXPECT_TRUE(says(panel, "rows 4–22, cols 4–22"));
    EXPECT_TRUE(says(panel, "Means on sample digits"));
    session.select({0, 1, {}, core::Stage::Post, {}});
    EXPECT_TRUE(says(panel, "4×4 px, stride 1"));
    EXPECT_FALSE(says(panel, "Means on")) << "only feature neurons have class means";
}

TEST_F(PanelsTest, InspectorFollowsTheInput)
{
    InspectorPanel panel(session);
    panel.show();
    session.addModel(sharedModel("a"));
    settle();
    session.select({0, 1, 3, core::Stage::Post, {}});
    session.showDrawing(std::vector<float>(784, 0.5F));
    // The fake's outputs are the mean pixel plus the number of the layer.
    EXPECT_TRUE(says(panel, "0.500 → 1.500"));
    session.closeModel(0);
    EXPECT_TRUE(says(panel, "Nothing open"));
}

TEST(WeightGrid, HeightHoldsAllKernels)
{
    WeightGrid grid;
    std::vector<WeightMap> maps;
    for (int input = 0; input < 5; ++input)
        maps.push_back({input, 3, 3, std::vector<float>(9, 0.5F)});
    grid.setMaps(maps);
    EXPECT_FLOAT_EQ(static_cast<float>(grid.bound()), 0.5F);
    EXPECT_GT(grid.heightForWidth(110), grid.heightForWidth(230)) << "fewer kernels a row";
}

TEST(Words, NumbersAreWrittenAsPeopleReadThem)
{
    EXPECT_EQ(percent(0.98), "98.00 %");
    EXPECT_EQ(probabilityText(0.999999), "> 99.99 %");
    EXPECT_EQ(probabilityText(1.0), "100.00 %");
    EXPECT_EQ(fixed(-1.5), QString(QChar(0x2212)) + "1.500");
    EXPECT_EQ(fixed(-0.0001), "0.000");
    EXPECT_EQ(withThousands(1199882), "1,199,882");
}

TEST(Words, LongNamesCanBreakAndStayTheSame)
{
    const QString path = "/home/someone/a_very_long_file_name_of_a_model.safetensors";
    QString broken = breakable(path);
    EXPECT_TRUE(broken.contains(QChar(0x200B)));
    EXPECT_EQ(broken.remove(QChar(0x200B)), path);
    EXPECT_EQ(breakable("short words only"), "short words only");
}
