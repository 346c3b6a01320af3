// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/draw_canvas.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QMouseEvent>
#include <QPointingDevice>
#include <QSignalSpy>
#include <QTabletEvent>
#include <QTest>

#include <algorithm>
#include <numeric>

using ui::DrawCanvas;

namespace
{

class DrawCanvasTest : public testing::Test
{
protected:
    DrawCanvas canvas;

    DrawCanvasTest()
    {
        canvas.resize(canvas.sizeHint());
        canvas.setEditable(true);
        canvas.show();
    }

    /// The middle of an image pixel on the widget.
    QPoint at(int column, int row) const
    {
        return {1 + column * canvas.pixelScale() + canvas.pixelScale() / 2,
                1 + row * canvas.pixelScale() + canvas.pixelScale() / 2};
    }

    void moveTo(QPoint to, Qt::MouseButtons buttons)
    {
        QMouseEvent move(QEvent::MouseMove, to, canvas.mapToGlobal(to), Qt::NoButton, buttons, {});
        QCoreApplication::sendEvent(&canvas, &move);
    }

    void stroke(QPoint from, QPoint to, Qt::MouseButton button = Qt::LeftButton)
    {
        QTest::mousePress(&canvas, button, {}, from);
        moveTo((from + to) / 2, button);
        moveTo(to, button);
        QTest::mouseRelease(&canvas, button, {}, to);
    }

    void pen(QEvent::Type type, QPoint to, double pressure)
    {
        QTabletEvent event(type, QPointingDevice::primaryPointingDevice(), to,
                           canvas.mapToGlobal(to), pressure, 0, 0, 0, 0, 0, {}, Qt::LeftButton,
                           Qt::LeftButton);
        QCoreApplication::sendEvent(&canvas, &event);
    }

    float pixel(int column, int row) const
    {
        return canvas.pixels()[static_cast<std::size_t>(row * 28 + column)];
    }
    float ink() const { return std::reduce(canvas.pixels().begin(), canvas.pixels().end()); }
};

} // namespace

TEST_F(DrawCanvasTest, ScalesPixelsByAWholeNumber)
{
    EXPECT_EQ(canvas.pixelScale(), 7);
    canvas.resize(100, 240);
    EXPECT_EQ(canvas.pixelScale(), 3);
}

TEST_F(DrawCanvasTest, MouseDrawsWhereItGoes)
{
    stroke(at(5, 14), at(22, 14));
    EXPECT_FLOAT_EQ(pixel(5, 14), 1);
    EXPECT_FLOAT_EQ(pixel(14, 14), 1);
    EXPECT_FLOAT_EQ(pixel(22, 14), 1);
    EXPECT_EQ(pixel(14, 5), 0);
}

TEST_F(DrawCanvasTest, PenDrawsWiderUnderPressure)
{
    const auto penStroke = [&](double pressure) {
        canvas.clear();
        pen(QEvent::TabletPress, at(5, 14), pressure);
        pen(QEvent::TabletMove, at(22, 14), pressure);
        pen(QEvent::TabletRelease, at(22, 14), 0);
        return ink();
    };
    const float light = penStroke(0.2);
    EXPECT_GT(light, 0);
    EXPECT_GT(penStroke(1), light);
}

TEST_F(DrawCanvasTest, ReportsOnceAPassOfTheEventLoop)
{
    QSignalSpy drawn(&canvas, &DrawCanvas::drawn);
    stroke(at(5, 5), at(20, 20));
    EXPECT_EQ(drawn.count(), 0) << "points are gathered first";
    QTest::qWait(5);
    EXPECT_EQ(drawn.count(), 1);
}

TEST_F(DrawCanvasTest, RightButtonErases)
{
    stroke(at(5, 14), at(22, 14));
    stroke(at(14, 14), at(14, 14), Qt::RightButton);
    EXPECT_EQ(pixel(14, 14), 0);
    EXPECT_FLOAT_EQ(pixel(5, 14), 1);
}

TEST_F(DrawCanvasTest, UndoTakesBackWholeStrokesAndClearing)
{
    EXPECT_FALSE(canvas.canUndo());
    stroke(at(5, 5), at(20, 5));
    const std::vector<float> first = canvas.pixels();
    stroke(at(5, 20), at(20, 20));
    canvas.clear();
    EXPECT_EQ(ink(), 0);
    canvas.undo();
    EXPECT_FLOAT_EQ(pixel(10, 20), 1);
    canvas.undo();
    EXPECT_EQ(canvas.pixels(), first);
    canvas.undo();
    EXPECT_EQ(ink(), 0);
    EXPECT_FALSE(canvas.canUndo());
    canvas.undo();
    EXPECT_EQ(ink(), 0);
}

TEST_F(DrawCanvasTest, ShownImagesCannotBeDrawnOn)
{
    canvas.setEditable(false);
    canvas.setPixels(std::vector<float>(784, 0.0F), 28, 28);
    stroke(at(5, 14), at(22, 14));
    EXPECT_EQ(ink(), 0);
}

TEST_F(DrawCanvasTest, CentringMovesWhatTheNetworkSeesOnly)
{
    stroke(at(3, 4), at(6, 4));
    const std::vector<float> asDrawn = canvas.pixels();
    EXPECT_EQ(canvas.networkInput(), asDrawn);
    canvas.setCentring(true);
    EXPECT_EQ(canvas.pixels(), asDrawn);
    EXPECT_EQ(canvas.networkInput(), ui::centredByMass(asDrawn, 28, 28));
    EXPECT_NE(canvas.networkInput(), asDrawn);
}

TEST_F(DrawCanvasTest, TellsWhichPixelIsUnderThePointer)
{
    std::vector<std::optional<QPoint>> seen;
    QObject::connect(&canvas, &DrawCanvas::hovered, &canvas,
                     [&](std::optional<QPoint> pixel) { seen.push_back(pixel); });
    moveTo(at(9, 4), Qt::NoButton);
    ASSERT_FALSE(seen.empty());
    EXPECT_EQ(seen.back(), QPoint(9, 4));
}

TEST_F(DrawCanvasTest, KeysDrawAStrokeThatOneUndoTakesBack)
{
    QApplication::setActiveWindow(&canvas);
    canvas.setFocus(Qt::TabFocusReason);
    QTest::keyClick(&canvas, Qt::Key_Right);
    EXPECT_EQ(std::accumulate(canvas.pixels().begin(), canvas.pixels().end(), 0.0F), 0)
        << "the pen is up";
    QTest::keyClick(&canvas, Qt::Key_Space);
    for (int i = 0; i < 5; ++i)
        QTest::keyClick(&canvas, Qt::Key_Down);
    QTest::keyClick(&canvas, Qt::Key_Space);
    QTest::keyClick(&canvas, Qt::Key_Left);
    const auto ink = [this](int column, int row) {
        return canvas.pixels()[static_cast<std::size_t>(row * 28 + column)];
    };
    EXPECT_GT(ink(15, 14), 0.5F) << "one to the right of the middle";
    EXPECT_GT(ink(15, 19), 0.5F);
    EXPECT_EQ(ink(15, 24), 0);
    EXPECT_EQ(ink(10, 19), 0);
    canvas.undo();
    EXPECT_EQ(std::accumulate(canvas.pixels().begin(), canvas.pixels().end(), 0.0F), 0);
}

TEST_F(DrawCanvasTest, KeysAreLeftAloneWhileAnImageIsShown)
{
    canvas.setEditable(false);
    EXPECT_EQ(canvas.focusPolicy(), Qt::NoFocus);
}
