// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/receptive_field.h"

#include "core/model/architecture_text.h"

#include <gtest/gtest.h>

namespace core
{

namespace
{

const Architecture& published()
{
    static const Architecture network =
        parseArchitecture("4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10");
    return network;
}

} // namespace

TEST(ReceptiveField, MatchesTheArithmeticOfThePublishedNetwork)
{
    const auto field = [](int unit) {
        return receptiveField(published(),
                              published().units()[static_cast<std::size_t>(unit)].weightLayer);
    };
    EXPECT_EQ(field(0).height, 4);
    EXPECT_EQ(field(0).stride, 1);
    EXPECT_EQ(field(1).height, 9);
    EXPECT_EQ(field(1).stride, 2);
    EXPECT_EQ(field(2).height, 19);
    EXPECT_EQ(field(2).stride, 4);
}

TEST(ReceptiveField, OfAFeatureNeuronIsNineteenPixelsEveryFour)
{
    const int features = published().featureLayer();
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j)
            EXPECT_EQ(receptiveWindow(published(), features, i, j),
                      (PixelWindow{4 * i, 4 * j, 19, 19}));
}

TEST(ReceptiveField, LeavesOutTheLastRowAndColumn)
{
    const int logits = published().units().back().weightLayer;
    const auto seen = seenPixels(published(), logits);
    for (int y = 0; y < 28; ++y)
        for (int x = 0; x < 28; ++x)
            EXPECT_EQ(seen[static_cast<std::size_t>(y * 28 + x)], y < 27 && x < 27)
                << y << "," << x;
    EXPECT_EQ(receptiveWindow(published(), logits, 0, 0), (PixelWindow{0, 0, 27, 27}));
}

TEST(ReceptiveField, KnowsThatPoolingLeavesAColumnOver)
{
    const auto read = readPositions(published(), 1); // conv1 after its activation, 25 x 25
    for (int y = 0; y < 25; ++y)
        for (int x = 0; x < 25; ++x)
            EXPECT_EQ(read[static_cast<std::size_t>(y * 25 + x)], y < 24 && x < 24);
}

TEST(ReceptiveField, IsClippedToTheImageWherePaddingReachesOut)
{
    const Architecture network = parseArchitecture("4@5x5 pad 2 stride 2 relu, linear 10");
    EXPECT_EQ(receptiveField(network, 0).start, -2);
    EXPECT_EQ(receptiveWindow(network, 0, 0, 0), (PixelWindow{0, 0, 3, 3}));
    EXPECT_EQ(receptiveWindow(network, 0, 1, 13), (PixelWindow{0, 24, 5, 4}));
}

TEST(ReceptiveField, OfADilatedKernelSpansItsHoles)
{
    const Architecture network = parseArchitecture("4@3x3 dilation 3 relu, linear 10");
    EXPECT_EQ(receptiveField(network, 0).height, 7);
}

TEST(ReceptiveField, KnowsTheReadersOfAPixel)
{
    for (const int layer : {1, 4, 7})
        for (const auto& [row, column] : {std::pair{0, 0}, {9, 17}, {26, 3}, {27, 27}}) {
            const auto readers = readersOf(published(), layer, row, column);
            const Shape shape = published().outputOf(layer);
            ASSERT_EQ(readers.size(), static_cast<std::size_t>(shape.area()));
            for (int y = 0; y < shape.height; ++y)
                for (int x = 0; x < shape.width; ++x)
                    EXPECT_EQ(readers[static_cast<std::size_t>(y * shape.width + x)],
                              receptiveWindow(published(), layer, y, x).contains(row, column));
        }
    EXPECT_TRUE(readersOf(published(), 9, 14, 14).front()); // a logit
    EXPECT_FALSE(readersOf(published(), 9, 27, 14).front());
}

TEST(ReceptiveField, KnowsThatADilatedKernelDoesNotReadItsHoles)
{
    const Architecture network = parseArchitecture("4@3x3 dilation 3 relu, linear 10");
    EXPECT_TRUE(readersOf(network, 0, 3, 6).front());
    EXPECT_FALSE(readersOf(network, 0, 3, 5).front());
}

} // namespace core
