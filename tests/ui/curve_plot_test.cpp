// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/curve_plot.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace ui;

namespace
{

std::vector<PlotCurve> rising(int epochs)
{
    PlotCurve curve{"test", "test", Qt::blue, Qt::SolidLine, {}};
    for (int epoch = 1; epoch <= epochs; ++epoch)
        curve.points.append({double(epoch), 90.0 + epoch});
    return {curve};
}

class CurvePlotTest : public testing::Test
{
protected:
    CurvePlot plot{"epoch", "accuracy, %", " %"};

    CurvePlotTest()
    {
        plot.resize(600, 300);
        plot.show();
        plot.setCurves(rising(5));
        QTest::qWait(30);
    }

    void turnWheel()
    {
        QWidget* target = plot.findChildren<QWidget*>().front();
        const QPointF middle(300, 120);
        QWheelEvent wheel(middle, target->mapToGlobal(middle), {}, {0, 240}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(target, &wheel);
        QTest::qWait(10);
    }
};

} // namespace

TEST_F(CurvePlotTest, FollowsTheDataUntilThePersonZooms)
{
    const double before = plot.range().bottom();
    plot.setCurves(rising(9));
    EXPECT_GT(plot.range().bottom(), before);
    EXPECT_FALSE(plot.zoomed());
}

TEST_F(CurvePlotTest, NewDataNeverMovesThePersonsZoom)
{
    turnWheel();
    ASSERT_TRUE(plot.zoomed());
    const QRectF chosen = plot.range();
    plot.setXSpan(200);
    plot.setCurves(rising(50));
    QTest::qWait(30);
    EXPECT_EQ(plot.range(), chosen);
}

TEST_F(CurvePlotTest, WheelZoomsIn)
{
    const double before = plot.range().width();
    turnWheel();
    EXPECT_LT(plot.range().width(), before);
}

TEST_F(CurvePlotTest, DoubleClickShowsAllAgain)
{
    turnWheel();
    QSignalSpy told(&plot, &CurvePlot::zoomChanged);
    QWidget* target = plot.findChildren<QWidget*>().front();
    QTest::mouseDClick(target, Qt::LeftButton, {}, QPoint(300, 120));
    EXPECT_FALSE(plot.zoomed());
    ASSERT_FALSE(told.isEmpty());
    EXPECT_FALSE(told.back()[0].toBool());
    plot.setCurves(rising(20));
    EXPECT_GE(plot.range().right(), 20);
}

TEST_F(CurvePlotTest, ShowsTheWholeRunFromTheStart)
{
    plot.setXSpan(20);
    EXPECT_GE(plot.range().right(), 20);
}

TEST_F(CurvePlotTest, ReadsTheValuesAtAPlace)
{
    auto curves = rising(5);
    curves.push_back({"", "train", Qt::red, Qt::DotLine, {{2, 80.123}, {4, 85.5}}});
    plot.setCurves(curves);
    EXPECT_EQ(plot.textAt(2.2), "epoch 2\ntest: 92.00 %\ntrain: 80.12 %");
    EXPECT_EQ(plot.textAt(99), "epoch 5\ntest: 95.00 %");
    plot.setCurves({});
    EXPECT_EQ(plot.textAt(2), "");
}

TEST_F(CurvePlotTest, KeysZoomMoveAndShowAllAgain)
{
    const QRectF all = plot.range();
    QTest::keyClick(&plot, Qt::Key_Plus);
    EXPECT_LT(plot.range().width(), all.width());
    EXPECT_TRUE(plot.zoomed());
    const QRectF closer = plot.range();
    QTest::keyClick(&plot, Qt::Key_Right);
    EXPECT_GT(plot.range().left(), closer.left());
    EXPECT_NEAR(plot.range().width(), closer.width(), 1e-9);
    QTest::keyClick(&plot, Qt::Key_Home);
    EXPECT_EQ(plot.range(), all);
    EXPECT_FALSE(plot.zoomed());
}
