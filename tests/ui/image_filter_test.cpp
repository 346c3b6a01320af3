// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/image_filter.h"

#include <gtest/gtest.h>

using namespace ui;

namespace
{

core::Dataset labelled(std::vector<std::uint8_t> labels)
{
    core::Dataset data;
    data.pixels.assign(labels.size() * 784, 0);
    data.labels = std::move(labels);
    return data;
}

core::Evaluation predicting(std::vector<std::uint8_t> predictions)
{
    core::Evaluation evaluation;
    evaluation.predictions = std::move(predictions);
    return evaluation;
}

} // namespace

TEST(ImageFilter, WithoutConditionsKeepsEveryImage)
{
    EXPECT_EQ(matchingImages(labelled({3, 1, 3}), nullptr, {}), (std::vector<int>{0, 1, 2}));
}

TEST(ImageFilter, KeepsImagesOfOneClass)
{
    EXPECT_EQ(matchingImages(labelled({3, 1, 3, 2}), nullptr, {3, false}),
              (std::vector<int>{0, 2}));
}

TEST(ImageFilter, KeepsImagesThatAreClassifiedWrong)
{
    const core::Dataset data = labelled({3, 1, 3, 2});
    const core::Evaluation evaluation = predicting({3, 7, 8, 2});
    EXPECT_EQ(matchingImages(data, &evaluation, {{}, true}), (std::vector<int>{1, 2}));
    EXPECT_EQ(matchingImages(data, &evaluation, {3, true}), (std::vector<int>{2}));
}

TEST(ImageFilter, WithoutAnEvaluationNoImageIsKnownToBeWrong)
{
    EXPECT_TRUE(matchingImages(labelled({3, 1}), nullptr, {{}, true}).empty());
}

TEST(ImageFilter, AnEvaluationThatWasStoppedKnowsOnlyWhatItSaw)
{
    const core::Evaluation evaluation = predicting({9});
    EXPECT_EQ(matchingImages(labelled({3, 1}), &evaluation, {{}, true}), (std::vector<int>{0}));
}

TEST(ImageFilter, WalksAroundAtBothEnds)
{
    const std::vector<int> images{2, 5, 9};
    EXPECT_EQ(imageAfter(images, 2), 5);
    EXPECT_EQ(imageAfter(images, 3), 5);
    EXPECT_EQ(imageAfter(images, 9), 2);
    EXPECT_EQ(imageBefore(images, 5), 2);
    EXPECT_EQ(imageBefore(images, 2), 9);
    EXPECT_EQ(imageAfter({}, 2), std::nullopt);
    EXPECT_EQ(imageBefore({}, 2), std::nullopt);
}
