// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/deskew.h"

#include "core/data/sample_digits.h"

#include <cmath>
#include <gtest/gtest.h>

namespace core
{

namespace
{

constexpr int kSize = 28;

/// A bar of 12 rows and two columns whose row moves to the right by `slant` each.
std::vector<std::uint8_t> bar(double slant, int fromLeft)
{
    std::vector<std::uint8_t> image(kSize * kSize);
    for (int row = 8; row < 20; ++row) {
        const int column = fromLeft + static_cast<int>(std::lround(slant * (row - 14)));
        image[static_cast<std::size_t>(row * kSize + column)] = 255;
        image[static_cast<std::size_t>(row * kSize + column + 1)] = 255;
    }
    return image;
}

struct Ink {
    double row = 0;
    double column = 0;
    double covariance = 0;
};

Ink inkOf(const std::vector<std::uint8_t>& image)
{
    Ink ink;
    double mass = 0;
    for (int i = 0; i < kSize * kSize; ++i) {
        mass += image[static_cast<std::size_t>(i)];
        ink.row += image[static_cast<std::size_t>(i)] * (i / kSize);
        ink.column += image[static_cast<std::size_t>(i)] * (i % kSize);
    }
    ink.row /= mass;
    ink.column /= mass;
    for (int i = 0; i < kSize * kSize; ++i)
        ink.covariance += image[static_cast<std::size_t>(i)] * (i / kSize - ink.row) *
                          (i % kSize - ink.column) / mass;
    return ink;
}

TEST(Deskew, SetsASlantedBarUprightInTheMiddle)
{
    for (const double slant : {-0.6, -0.25, 0.0, 0.3, 0.7}) {
        const Ink ink = inkOf(deskewed(bar(slant, 10), kSize, kSize));
        EXPECT_NEAR(ink.row, 13.5, 0.05) << slant;
        EXPECT_NEAR(ink.column, 13.5, 0.05) << slant;
        EXPECT_NEAR(ink.covariance, 0, 0.05) << slant;
    }
    EXPECT_GT(std::abs(inkOf(bar(0.7, 10)).covariance), 5) << "there was something to take out";
}

TEST(Deskew, LeavesAnUprightBarInTheMiddleAsItIs)
{
    const std::vector<std::uint8_t> image = bar(0, 13);
    EXPECT_EQ(deskewed(image, kSize, kSize), image);
}

TEST(Deskew, LeavesAnEmptyImageEmpty)
{
    const std::vector<std::uint8_t> image(kSize * kSize);
    EXPECT_EQ(deskewed(image, kSize, kSize), image);
}

TEST(Deskew, DoesTheSameToADataSetAndToItsFloats)
{
    const Dataset data = sampleDigits(20, 1, Split::Test);
    const Dataset straight = deskewed(data);
    EXPECT_EQ(straight.labels, data.labels);
    EXPECT_NE(straight.pixels, data.pixels);
    EXPECT_EQ(deskewed(data.imagesAsFloat(0, 20), kSize, kSize), straight.imagesAsFloat(0, 20));
}

} // namespace

} // namespace core
