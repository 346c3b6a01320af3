// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"

#include <gtest/gtest.h>

namespace
{

core::Dataset threeSmallImages()
{
    core::Dataset dataset;
    dataset.name = "three";
    dataset.height = 1;
    dataset.width = 2;
    dataset.pixels = {0, 255, 51, 102, 1, 2};
    dataset.labels = {4, 5, 6};
    return dataset;
}

TEST(Dataset, GivesOneImage)
{
    const auto dataset = threeSmallImages();
    const auto image = dataset.image(1);
    EXPECT_EQ(std::vector(image.begin(), image.end()), (std::vector<std::uint8_t>{51, 102}));
}

TEST(Dataset, ScalesPixelsToOne)
{
    const auto dataset = threeSmallImages();
    EXPECT_EQ(dataset.imagesAsFloat(0, 2), (std::vector{0.0F, 1.0F, 51.0F / 255, 102.0F / 255}));
    const std::vector indices = {2, 0};
    EXPECT_EQ(dataset.imagesAsFloat(indices), (std::vector{1.0F / 255, 2.0F / 255, 0.0F, 1.0F}));
    EXPECT_TRUE(dataset.imagesAsFloat(3, 0).empty());
}

TEST(Dataset, SaysWhatItIs)
{
    auto dataset = threeSmallImages();
    EXPECT_EQ(dataset.description(), "three test, 3 images");
    dataset.labels.resize(1);
    dataset.split = core::Split::Train;
    EXPECT_EQ(dataset.description(), "three train, 1 image");
}

TEST(Split, IsKnownByName)
{
    for (const auto split : {core::Split::Train, core::Split::Test, core::Split::Validation})
        EXPECT_EQ(core::splitByName(core::splitName(split)), split);
    EXPECT_EQ(core::splitByName("exam"), std::nullopt);
}

TEST(WithThousands, PutsACommaAfterEveryThirdDigit)
{
    EXPECT_EQ(core::withThousands(0), "0");
    EXPECT_EQ(core::withThousands(999), "999");
    EXPECT_EQ(core::withThousands(1000), "1,000");
    EXPECT_EQ(core::withThousands(1199882), "1,199,882");
    EXPECT_EQ(core::withThousands(-123), "-123");
    EXPECT_EQ(core::withThousands(-1234), "-1,234");
}

} // namespace
