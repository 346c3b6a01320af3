// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/navigation.h"

#include "core/model/architecture_text.h"

#include <gtest/gtest.h>

using namespace ui;

namespace
{

const core::Architecture kNetwork =
    core::parseArchitecture("4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10");

} // namespace

TEST(Navigation, WalksUnitsAround)
{
    EXPECT_EQ(walkUnits(kNetwork, {}, 1).unit, 1);
    EXPECT_EQ(walkUnits(kNetwork, {}, -1).unit, 3);
}

TEST(Navigation, KeepsTheChannelWhereTheNextUnitHasIt)
{
    Selection selection;
    selection.channel = 3;
    selection.position = 5;
    const Selection next = walkUnits(kNetwork, selection, 1);
    EXPECT_EQ(next.channel, 3);
    EXPECT_EQ(next.position, std::nullopt);
    selection.unit = 1;
    selection.channel = 4;
    EXPECT_EQ(walkUnits(kNetwork, selection, 1).channel, 0) << "conv3 has four channels";
}

TEST(Navigation, WalksChannelsAroundFromTheFirstOrTheLast)
{
    const Selection first = walkChannels(kNetwork, {}, 1);
    EXPECT_EQ(first.channel, 0);
    EXPECT_EQ(walkChannels(kNetwork, {}, -1).channel, 3);
    EXPECT_EQ(walkChannels(kNetwork, first, -1).channel, 3);
}

TEST(Navigation, WalksPositionsWithinTheMap)
{
    Selection selection;
    selection.unit = 2;
    selection = walkPositions(kNetwork, selection, 0, 1);
    EXPECT_EQ(selection.channel, 0);
    EXPECT_EQ(selection.position, 0) << "the first step enters the map";
    selection = walkPositions(kNetwork, selection, 0, 1);
    EXPECT_EQ(selection.position, 1);
    selection = walkPositions(kNetwork, selection, 1, 0);
    EXPECT_EQ(selection.position, 4);
    selection = walkPositions(kNetwork, selection, 0, -2);
    EXPECT_EQ(selection.position, 5) << "around within its row";
}

TEST(Navigation, AnEmptyNetworkHasNowhereToGo)
{
    const core::Architecture empty;
    EXPECT_EQ(walkUnits(empty, {}, 1), Selection{});
    EXPECT_EQ(walkChannels(empty, {}, 1), Selection{});
    EXPECT_EQ(walkPositions(empty, {}, 1, 0), Selection{});
}
