// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/edge_stimuli.h"

#include <cmath>
#include <gtest/gtest.h>

namespace core
{

namespace
{

class EdgeStimuli : public testing::Test
{
protected:
    float at(int row, int column) const
    {
        return images[static_cast<std::size_t>(row * 9 + column)];
    }

    StimulusFrame frame{9, 9, 4, 4, {0, 0, 9, 9}};
    std::vector<float> images;
};

} // namespace

TEST_F(EdgeStimuli, HorizontalGratingsHaveHorizontalStripes)
{
    addGrating(images, frame, 0, 8, 0);
    for (int row = 0; row < 9; ++row)
        for (int column = 0; column < 9; ++column)
            EXPECT_FLOAT_EQ(at(row, column), at(row, 0));
    EXPECT_FLOAT_EQ(at(4, 0), 1);
    EXPECT_NEAR(at(0, 0), 0, 1e-6); // half a period away
    EXPECT_NEAR(at(2, 0), 0.5, 1e-6);
}

TEST_F(EdgeStimuli, DiagonalGratingsRiseToTheRightAt45Degrees)
{
    addGrating(images, frame, 45, 6, 0.3);
    for (int step = 1; step < 4; ++step) {
        EXPECT_NEAR(at(4 - step, 4 + step), at(4, 4), 1e-6);
        EXPECT_NEAR(at(4 + step, 4 - step), at(4, 4), 1e-6);
    }
    EXPECT_GT(std::abs(at(5, 5) - at(4, 4)), 0.1);
}

TEST_F(EdgeStimuli, EdgesHaveTheirInkWhereTheyAreTold)
{
    addStepEdge(images, frame, 0, 0); // to the right
    EXPECT_FLOAT_EQ(at(4, 8), 1);
    EXPECT_FLOAT_EQ(at(4, 4), 0.5);
    EXPECT_FLOAT_EQ(at(4, 0), 0);
    images.clear();
    addStepEdge(images, frame, 90, 1); // above, from one pixel up
    EXPECT_FLOAT_EQ(at(0, 3), 1);
    EXPECT_FLOAT_EQ(at(3, 3), 0.5);
    EXPECT_FLOAT_EQ(at(4, 3), 0);
}

TEST_F(EdgeStimuli, AreDrawnInTheirWindowOnly)
{
    frame.window = {2, 3, 2, 4};
    addStepEdge(images, frame, 0, -20); // all ink
    for (int row = 0; row < 9; ++row)
        for (int column = 0; column < 9; ++column)
            EXPECT_EQ(at(row, column), frame.window.contains(row, column) ? 1 : 0);
    addStepEdge(images, frame, 0, 20);
    EXPECT_EQ(images.size(), 162U);
}

} // namespace core
