// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/ink.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

using namespace ui;

namespace
{

float at(const InkSheet& sheet, int row, int column)
{
    return sheet.pixels()[static_cast<std::size_t>(row * sheet.width() + column)];
}

float total(const std::vector<float>& pixels)
{
    return std::reduce(pixels.begin(), pixels.end());
}

double centre(const std::vector<float>& pixels, int width, bool vertical)
{
    double mass = 0;
    double moment = 0;
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        const auto place = static_cast<int>(i);
        mass += pixels[i];
        moment += pixels[i] * ((vertical ? place / width : place % width) + 0.5);
    }
    return moment / mass;
}

} // namespace

TEST(InkSheet, StrokeIsFullInTheMiddleSoftAtTheEdgeAndAbsentFarAway)
{
    InkSheet sheet(28, 28);
    sheet.stroke({4.5, 14.5}, {23.5, 14.5}, InkTool::Pen);
    EXPECT_FLOAT_EQ(at(sheet, 14, 10), 1);
    EXPECT_GT(at(sheet, 15, 10), 0.5F);
    EXPECT_LT(at(sheet, 16, 10), 0.5F);
    EXPECT_EQ(at(sheet, 18, 10), 0);
    EXPECT_EQ(at(sheet, 14, 0), 0);
    EXPECT_FLOAT_EQ(at(sheet, 13, 10), at(sheet, 15, 10)) << "both sides alike";
}

TEST(InkSheet, StrokeInPiecesEqualsTheWholeStroke)
{
    InkSheet whole(28, 28);
    whole.stroke({5, 5}, {21, 13}, InkTool::Pen);
    InkSheet pieces(28, 28);
    pieces.stroke({5, 5}, {13, 9}, InkTool::Pen);
    pieces.stroke({13, 9}, {21, 13}, InkTool::Pen);
    for (std::size_t i = 0; i < whole.pixels().size(); ++i)
        EXPECT_NEAR(whole.pixels()[i], pieces.pixels()[i], 1e-6);
}

TEST(InkSheet, PressureWidensTheStroke)
{
    const auto inkAt = [](double pressure) {
        InkSheet sheet(28, 28);
        sheet.stroke({14, 4, pressure}, {14, 24, pressure}, InkTool::Pen);
        return total(sheet.pixels());
    };
    EXPECT_GT(inkAt(1), inkAt(0.5));
    EXPECT_GT(inkAt(0.5), inkAt(0.1));
    EXPECT_GT(inkAt(0.0), 0) << "the lightest touch leaves a mark";
}

TEST(InkSheet, InkNeverLeavesTheRangeOfPixels)
{
    InkSheet sheet(28, 28);
    for (int i = 0; i < 5; ++i)
        sheet.stroke({14, 14}, {-30, 50}, InkTool::Pen);
    for (const float pixel : sheet.pixels()) {
        EXPECT_GE(pixel, 0);
        EXPECT_LE(pixel, 1);
    }
}

TEST(InkSheet, EraserTakesInkAway)
{
    InkSheet sheet(28, 28);
    sheet.stroke({4, 14}, {24, 14}, InkTool::Pen);
    sheet.stroke({14, 14}, {14, 14}, InkTool::Eraser);
    EXPECT_EQ(at(sheet, 14, 14), 0);
    EXPECT_FLOAT_EQ(at(sheet, 13, 6), 1);
}

TEST(CentredByMass, MovesTheCentreOfMassWithinHalfAPixelOfTheMiddle)
{
    InkSheet sheet(28, 28);
    sheet.stroke({6, 5}, {9, 12}, InkTool::Pen);
    const std::vector<float> moved = centredByMass(sheet.pixels(), 28, 28);
    EXPECT_NEAR(centre(moved, 28, true), 14, 0.5);
    EXPECT_NEAR(centre(moved, 28, false), 14, 0.5);
    EXPECT_FLOAT_EQ(total(moved), total(sheet.pixels())) << "no ink is lost";
}

TEST(CentredByMass, LosesNoInkOfATallDigitThatIsHeavyAtTheBottom)
{
    InkSheet sheet(28, 28);
    sheet.stroke({14, 1}, {14, 27}, InkTool::Pen);
    sheet.stroke({5, 26}, {23, 26}, InkTool::Pen);
    const std::vector<float> moved = centredByMass(sheet.pixels(), 28, 28);
    EXPECT_FLOAT_EQ(total(moved), total(sheet.pixels()));
}

TEST(CentredByMass, LeavesABlankSheetBlank)
{
    const std::vector<float> blank(784, 0.0F);
    EXPECT_EQ(centredByMass(blank, 28, 28), blank);
}
