// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/go_to.h"

#include "core/model/architecture_text.h"

#include <gtest/gtest.h>

using namespace ui;

namespace
{

const core::Architecture kNetwork =
    core::parseArchitecture("4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10");
const QStringList kViews{"Overview", "Channels", "Class heatmap"};

std::optional<Destination> parse(const QString& text)
{
    Selection from;
    from.stage = core::Stage::Pre;
    from.label = 6;
    return parseDestination(text, kNetwork, from, kViews);
}

} // namespace

TEST(GoTo, UnderstandsUnitsChannelsAndPositions)
{
    EXPECT_EQ(parse("conv2")->selection, (Selection{1, {}, {}, core::Stage::Pre, 6}));
    EXPECT_EQ(parse("Conv2 3")->selection, (Selection{1, 3, {}, core::Stage::Pre, 6}));
    EXPECT_EQ(parse(" conv2 3 (5, 6)")->selection, (Selection{1, 3, 56, core::Stage::Pre, 6}));
    EXPECT_EQ(parse("logits 9")->selection, (Selection{3, 9, {}, core::Stage::Pre, 6}));
}

TEST(GoTo, UnderstandsNeuronsClassesImagesAndViews)
{
    EXPECT_EQ(parse("neuron 22")->selection, (Selection{2, 2, 4, core::Stage::Pre, 6}));
    EXPECT_EQ(parse("class 4")->selection->label, 4);
    EXPECT_EQ(parse("#512")->image, 512);
    EXPECT_EQ(parse("image 3")->image, 3);
    EXPECT_EQ(parse("chan")->view, 1);
    EXPECT_EQ(parse("class h")->view, 2);
}

TEST(GoTo, RefusesWhatTheNetworkDoesNotHave)
{
    for (const char* text : {"conv2 5", "conv9", "conv1 0 (25, 0)", "conv1 0 3", "neuron 36",
                             "class 10", "#", "neuron", "", "  ", "!", "conv1 1 2 3 4"})
        EXPECT_EQ(parse(text), std::nullopt) << text;
}

TEST(GoTo, EverythingOfferedIsUnderstood)
{
    for (const QString& text : destinations(kNetwork, kViews))
        EXPECT_TRUE(parse(text).has_value()) << text.toStdString();
    EXPECT_EQ(destinations(core::Architecture(), kViews), kViews);
}
