// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/figure_samples.h"
#include "ui/figures/edges_figure.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace ui;

namespace
{

/// Channel `i` answers best to gratings at 45 i degrees, and to edges with the ink to the left at
/// 10 degrees.
std::shared_ptr<const OrientedChannels> measured(int count)
{
    auto channels = std::make_shared<OrientedChannels>();
    for (int i = 0; i < count; ++i) {
        core::OrientationTuning tuning;
        for (int k = 0; k < core::kOrientationAngles; ++k) {
            const double away = (core::kOrientationStep * k - 45 * i) * std::numbers::pi / 180;
            tuning.gratings.push_back((1 + i) * (1 + std::cos(2 * away)));
            tuning.inkLeft.push_back(k == 2 ? 3 : 1);
            tuning.inkRight.push_back(0);
        }
        const auto preferred = core::preferredOrientation(tuning.gratings);
        tuning.angle = preferred.angle;
        tuning.selectivity = preferred.selectivity;
        tuning.inkEffect = i == 0 ? -0.5 : 0.5;
        tuning.polarity = i == 0 ? core::Polarity::Inverted : core::Polarity::Normal;
        channels->push_back({i, tuning, tuning, 0.25 * i});
    }
    return channels;
}

FigureStyle onScreen()
{
    return screenStyle(QPalette(), QFont());
}

/// The hit in the direction `degrees` from the middle of a plot.
SceneHit hitTowards(const Scene& scene, MapKey key, double degrees)
{
    const QRectF area = *scene.areaOf(key);
    const double angle = degrees * std::numbers::pi / 180;
    const double reach = 0.4 * area.width();
    return *scene.at(area.center() + reach * QPointF(std::cos(angle), -std::sin(angle)));
}

} // namespace

TEST(EdgesFigure, DrawsGratingsAlongTheirStripesAndEdgesTowardsTheirInk)
{
    const EdgesFigure figure(samples::model(), measured(4), {});
    const Scene scene = figure.scene(730, onScreen(), 560);
    const auto along = figure.pointAt(hitTowards(scene, {EdgesFigure::Gratings, 1}, 45));
    EXPECT_EQ(along->degrees, 45);
    EXPECT_NEAR(along->value, 4, 1e-12);
    const auto back = figure.pointAt(hitTowards(scene, {EdgesFigure::Gratings, 1}, 225));
    EXPECT_NEAR(back->value, 4, 1e-12);
    // The ink to the left of a line at 10 degrees lies at 100 degrees.
    const auto ink = figure.pointAt(hitTowards(scene, {EdgesFigure::Edges, 0}, 100));
    EXPECT_EQ(ink->degrees, 100);
    EXPECT_EQ(ink->value, 3);
    EXPECT_EQ(figure.pointAt(hitTowards(scene, {EdgesFigure::Edges, 0}, 280))->value, 0);
    EXPECT_FALSE(figure.pointAt(hitTowards(scene, {EdgesFigure::Kernel, 0}, 0)));
}

TEST(EdgesFigure, GivesEveryChannelACardThatHoldsItsPlots)
{
    const EdgesFigure figure(samples::model(), measured(4), {});
    for (const double width : {300.0, 730.0, 1800.0}) {
        const Scene scene = figure.scene(width, onScreen(), 560);
        for (int channel = 0; channel < 4; ++channel) {
            const QRectF card = *scene.areaOf({EdgesFigure::Card, channel});
            for (const auto group :
                 {EdgesFigure::Kernel, EdgesFigure::Gratings, EdgesFigure::Edges})
                EXPECT_TRUE(card.contains(*scene.areaOf({group, channel}))) << width;
            EXPECT_LE(card.right(), width + 2 * scene.style().gap);
            for (int other = 0; other < channel; ++other)
                EXPECT_FALSE(card.intersects(*scene.areaOf({EdgesFigure::Card, other}))) << width;
        }
    }
}

TEST(EdgesFigure, ExplainsItsConventionAndItsThresholdInBothCaptions)
{
    const EdgesFigure figure(samples::model(), measured(4), {});
    for (const QString& caption : {figure.caption(), figure.shortCaption()}) {
        EXPECT_TRUE(caption.contains(QStringLiteral("90\u00B0 vertical")));
        EXPECT_TRUE(caption.contains(QStringLiteral("0.167")));
        EXPECT_TRUE(caption.contains(QStringLiteral("no data set")));
        EXPECT_TRUE(caption.contains(QStringLiteral("after PReLU")));
    }
}

TEST(EdgesFigure, WritesARowForEachAngleOfEachChannel)
{
    const EdgesFigure figure(samples::model(), measured(2), {core::Stage::Pre});
    const std::string csv = figure.csv();
    EXPECT_EQ(std::ranges::count(csv, '\n'), 1 + 2 * core::kOrientationAngles);
    EXPECT_NE(csv.find("conv1,pre,0,\"horizontal, inverted\",0,"), std::string::npos) << csv;
    EXPECT_NE(csv.find("conv1,pre,1,positive diagonal,"), std::string::npos)
        << csv.substr(0, 600);
}
