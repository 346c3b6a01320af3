// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/plot_plane.h"

#include <gtest/gtest.h>

#include <QImage>
#include <QPainter>

using namespace ui;

TEST(AxisRange, PutsEqualRatiosAtEqualDistancesWhereItIsLogarithmic)
{
    const AxisRange axis{100, 1600, true};
    EXPECT_NEAR(axis.shareOf(200), 0.25, 1e-12);
    EXPECT_NEAR(axis.shareOf(400), 0.5, 1e-12);
    EXPECT_NEAR(axis.valueAt(0.75), 800, 1e-9);
}

TEST(AxisRange, HasItsHighEndAtTheLeftWhereItFalls)
{
    const AxisRange axis{0, 10, false, true};
    EXPECT_DOUBLE_EQ(axis.shareOf(10), 0);
    EXPECT_DOUBLE_EQ(axis.valueAt(0.25), 7.5);
}

TEST(AxisRange, KeepsThePlaceAroundWhichItZooms)
{
    for (const AxisRange& axis : {AxisRange{1, 64, true, true}, AxisRange{-3, 9, false, false},
                                  AxisRange{1, 64, true, false}, AxisRange{-3, 9, false, true}}) {
        const AxisRange near = axis.zoomed(2, 0.3);
        EXPECT_NEAR(near.shareOf(axis.valueAt(0.3)), 0.3, 1e-9);
        EXPECT_NEAR(near.shareOf(axis.valueAt(0.4)), 0.5, 1e-9);
        EXPECT_LT(near.low, near.high);
    }
}

TEST(AxisRange, FollowsTheHandThatMovesIt)
{
    const AxisRange falling{10, 20, false, true};
    const AxisRange moved = falling.moved(0.5); // what was in the middle is at the left
    EXPECT_DOUBLE_EQ(moved.valueAt(0), 15);
    EXPECT_DOUBLE_EQ(moved.valueAt(1), 5);
}

TEST(PlotPlane, PutsValuesBetweenItsCorners)
{
    Scene scene(printStyle());
    const QRectF plot(10, 10, 100, 100);
    const PlotPlane plane(scene, plot, {{0, 10}, {0, 10}});
    EXPECT_EQ(plane.place(0, 0), plot.bottomLeft());
    EXPECT_EQ(plane.place(10, 10), plot.topRight());
    EXPECT_TRUE(plane.contains(plane.place(3, 9)));
    EXPECT_FALSE(plane.contains(plane.place(3, 11)));
}

TEST(PlotPlane, DrawsOfAPathWhatIsVisible)
{
    Scene scene(printStyle());
    const QRect plot(40, 40, 100, 100);
    PlotPlane plane(scene, plot, {{0, 10}, {0, 10}});
    // In from the left, a corner inside, out at the top; then outside altogether, and in again.
    QPolygonF path;
    for (const QPointF& value : {QPointF(-9, 5), QPointF(5, 5), QPointF(5, 19), QPointF(30, 19),
                                 QPointF(30, 2), QPointF(8, 2)})
        path.append(plane.place(value.x(), value.y()));
    plane.addPath(path, Qt::black, 2);
    QImage image(180, 180, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    scene.paint(painter);
    painter.end();
    int outside = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            outside +=
                !plot.adjusted(-2, -2, 2, 2).contains(x, y) && image.pixelColor(x, y) != Qt::white
                    ? 1
                    : 0;
    EXPECT_EQ(outside, 0);
    for (const QPointF& value : {QPointF(1, 5), QPointF(5, 8), QPointF(9, 2)})
        EXPECT_LT(image.pixelColor(plane.place(value.x(), value.y()).toPoint()).lightness(), 128)
            << value.x() << ", " << value.y();
}

TEST(LabelRoom, FindsPlacesThatDoNotOverlap)
{
    LabelRoom room({0, 0, 200, 100});
    std::vector<QRectF> boxes;
    for (int i = 0; i < 3; ++i) {
        const auto box = room.find({100, 50}, {40, 12}, 10);
        ASSERT_TRUE(box.has_value());
        for (const QRectF& other : boxes)
            EXPECT_FALSE(other.intersects(*box));
        EXPECT_TRUE(QRectF(0, 0, 200, 100).contains(*box));
        boxes.push_back(*box);
    }
    EXPECT_FALSE(LabelRoom({0, 0, 30, 10}).find({15, 5}, {40, 12}, 5)) << "there is no room";
}
