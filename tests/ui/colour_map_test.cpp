// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/colour_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

using namespace ui;

namespace
{

/// Relative luminance, computed forwards from sRGB: the colour map goes the other way.
double luminance(QRgb colour)
{
    const auto linear = [](int part) {
        const double value = part / 255.0;
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126729 * linear(qRed(colour)) + 0.7151522 * linear(qGreen(colour)) +
           0.0721750 * linear(qBlue(colour));
}

/// L* of CIELAB.
double lightness(QRgb colour)
{
    const double y = luminance(colour);
    return y > 216.0 / 24389 ? 116 * std::cbrt(y) - 16 : y * 24389 / 27;
}

/// As the Web Content Accessibility Guidelines define it.
double contrast(QRgb a, QRgb b)
{
    const double one = luminance(a) + 0.05;
    const double other = luminance(b) + 0.05;
    return std::max(one, other) / std::min(one, other);
}

std::vector<double> lightnesses(ColourMap map)
{
    std::vector<double> values;
    for (int i = 0; i <= 64; ++i)
        values.push_back(lightness(colourAt(map, i / 64.0)));
    return values;
}

} // namespace

TEST(ColourMap, PutsZeroOfSignedValuesAtTheNearWhiteMiddle)
{
    const ColourScale scale = signedScale(2.5);
    EXPECT_EQ(scale.colour(0), colourAt(ColourMap::Signed, 0.5));
    EXPECT_GT(lightness(scale.colour(0)), 95);
    const QColor middle(scale.colour(0));
    EXPECT_LT(middle.hsvSaturationF(), 0.03);
}

TEST(ColourMap, GivesOppositeValuesTheSameLightness)
{
    for (const double value : {0.1, 0.25, 0.5, 0.75, 1.0}) {
        const ColourScale scale = signedScale(1);
        EXPECT_NEAR(lightness(scale.colour(value)), lightness(scale.colour(-value)), 2.5) << value;
    }
}

TEST(ColourMap, IsBlueBelowZeroAndOrangeAbove)
{
    const QColor below(signedScale(1).colour(-1));
    const QColor above(signedScale(1).colour(1));
    EXPECT_GT(below.blue(), below.red());
    EXPECT_GT(above.red(), above.blue());
}

TEST(ColourMap, RisesInLightnessWithMagnitude)
{
    const std::vector<double> values = lightnesses(ColourMap::Magnitude);
    for (std::size_t i = 1; i < values.size(); ++i)
        EXPECT_GT(values[i], values[i - 1]) << i;
}

TEST(ColourMap, FallsInLightnessOnBothSidesOfZeroInEvenSteps)
{
    const std::vector<double> values = lightnesses(ColourMap::Signed);
    const double step = (values[32] - values[0]) / 32;
    for (std::size_t i = 1; i <= 32; ++i) {
        EXPECT_GT(values[i], values[i - 1]);
        EXPECT_NEAR(values[i] - values[i - 1], step, 0.8) << i;
        EXPECT_LT(values[32 + i], values[31 + i]);
    }
}

TEST(ColourMap, DrawsPixelsAsInkOnPaper)
{
    EXPECT_EQ(greyScale().colour(0), qRgb(255, 255, 255));
    const QRgb ink = greyScale().colour(1);
    EXPECT_LT(qRed(ink), 40);
    EXPECT_EQ(qRed(ink), qGreen(ink));
    EXPECT_EQ(qRed(ink), qBlue(ink));
}

TEST(ColourMap, DrawsValuesBeyondTheScaleInItsEndColours)
{
    const ColourScale scale = signedScale(1);
    EXPECT_EQ(scale.colour(7), scale.colour(1));
    EXPECT_EQ(scale.colour(-std::numeric_limits<double>::infinity()), scale.colour(-1));
}

TEST(ColourMap, DrawsNaNInAColourOfNoMap)
{
    const QRgb colour = signedScale(1).colour(std::nan(""));
    for (const ColourMap map : {ColourMap::Signed, ColourMap::Magnitude, ColourMap::Grey})
        for (int i = 0; i <= 510; ++i)
            EXPECT_NE(colourAt(map, i / 510.0), colour);
}

TEST(ColourMap, SurvivesARangeOfZero)
{
    EXPECT_EQ(signedScale(0).colour(0), colourAt(ColourMap::Signed, 0.5));
    EXPECT_EQ(magnitudeScale(0).colour(0), colourAt(ColourMap::Magnitude, 0));
}

TEST(ColourMap, FindsTheLargestMagnitudeAmongFiniteValues)
{
    const std::vector<float> values{0.5F, -3, std::nanf(""), INFINITY};
    EXPECT_DOUBLE_EQ(largestMagnitude(values), 3);
    EXPECT_DOUBLE_EQ(largestMagnitude({}), 0);
}

TEST(ColourMap, WritesReadablyOnEveryColour)
{
    for (const ColourMap map : {ColourMap::Signed, ColourMap::Magnitude, ColourMap::Grey})
        for (int i = 0; i <= 50; ++i) {
            const QRgb colour = colourAt(map, i / 50.0);
            EXPECT_GE(contrast(readableOn(colour).rgb(), colour), 4.5);
        }
}
