// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sample_digits.h"

#include "core/base/sha256.h"
#include "core/data/mnist.h"
#include "tests/support/places.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

namespace
{

using core::sampleDigits;
using core::Split;

constexpr int kSide = 28;
constexpr int kArea = kSide * kSide;

TEST(SampleDigits, SayThatTheyAreNotMnist)
{
    const auto digits = sampleDigits(1000);
    EXPECT_TRUE(digits.synthetic);
    EXPECT_EQ(digits.description(), "sample digits (built-in) test, 1,000 images");
    EXPECT_EQ(digits.pixels.size(), 1000U * kArea);
}

TEST(SampleDigits, HaveLabelsThatGoRound)
{
    const auto digits = sampleDigits(25);
    for (int i = 0; i < 25; ++i)
        EXPECT_EQ(digits.labels[static_cast<std::size_t>(i)], i % 10);
    EXPECT_EQ(sampleDigits(0).size(), 0);
}

TEST(SampleDigits, AreTheSameBytesOnEveryPlatform)
{
    // Recorded once; a change of shapes or hands is a change of everybody's numbers.
    const auto digits = sampleDigits(1000);
    EXPECT_EQ(core::sha256Hex(std::as_bytes(std::span(digits.pixels))),
              "c75be9909c4b42fd1dfcc34f315e81cad65282bf6abfe3c69f0ca7a47246d616");
}

TEST(SampleDigits, DoNotDependOnHowManyAreAskedFor)
{
    const auto few = sampleDigits(30, 5);
    const auto many = sampleDigits(60, 5);
    EXPECT_TRUE(std::equal(few.pixels.begin(), few.pixels.end(), many.pixels.begin()));
}

TEST(SampleDigits, DifferBetweenSeedsAndSplits)
{
    const auto digits = sampleDigits(50, 1);
    EXPECT_NE(digits.pixels, sampleDigits(50, 2).pixels);
    EXPECT_NE(digits.pixels, sampleDigits(50, 1, Split::Train).pixels);
    EXPECT_NE(digits.pixels, sampleDigits(50, 1, Split::Validation).pixels);
    EXPECT_EQ(sampleDigits(50, 1, Split::Train).split, Split::Train);
}

TEST(SampleDigits, AreNeverTheSameImageTwice)
{
    const auto digits = sampleDigits(300);
    for (int i = 0; i < digits.size(); ++i)
        for (int j = 0; j < i; ++j)
            ASSERT_FALSE(std::ranges::equal(digits.image(i), digits.image(j))) << i << " " << j;
}

/// First and last row or column with ink, and the centre of mass along it, of one direction.
struct Extent {
    int first = kSide;
    int last = -1;
    double centre = 0;
    int length() const { return last - first + 1; }
};

Extent extentOf(std::span<const std::uint8_t> image, int alongStride, int acrossStride)
{
    Extent extent;
    double mass = 0;
    for (int along = 0; along < kSide; ++along) {
        for (int across = 0; across < kSide; ++across) {
            const double ink =
                image[static_cast<std::size_t>(along * alongStride + across * acrossStride)];
            if (ink > 0) {
                extent.first = std::min(extent.first, along);
                extent.last = along;
            }
            mass += ink;
            extent.centre += ink * along;
        }
    }
    extent.centre /= mass;
    return extent;
}

TEST(SampleDigits, FillTheBoxThatMnistDigitsFill)
{
    const auto digits = sampleDigits(1000);
    for (int i = 0; i < digits.size(); ++i) {
        const auto rows = extentOf(digits.image(i), kSide, 1);
        const auto columns = extentOf(digits.image(i), 1, kSide);
        // 20 pixels, and the rim of the ink may touch one more on either side.
        const int longer = std::max(rows.length(), columns.length());
        ASSERT_GE(longer, 20) << i;
        ASSERT_LE(longer, 22) << i;
        // Shifted by whole pixels, so half a pixel off at most.
        ASSERT_NEAR(rows.centre, 14.0, 0.51) << i;
        ASSERT_NEAR(columns.centre, 14.0, 0.51) << i;
    }
}

TEST(SampleDigits, HaveFullInkAndGreyRims)
{
    const auto digits = sampleDigits(100);
    for (int i = 0; i < digits.size(); ++i) {
        const auto image = digits.image(i);
        EXPECT_GT(*std::ranges::max_element(image), 200) << i;
        EXPECT_GT(std::ranges::count_if(image, [](int ink) { return ink > 0 && ink < 255; }), 20)
            << i;
    }
}

std::array<std::vector<double>, 10> classMeans(const core::Dataset& dataset)
{
    std::array<std::vector<double>, 10> means;
    means.fill(std::vector<double>(kArea, 0.0));
    std::array<double, 10> counts{};
    for (const std::uint8_t label : dataset.labels)
        counts.at(label) += 1;
    for (int i = 0; i < dataset.size(); ++i) {
        const std::size_t label = dataset.labels[static_cast<std::size_t>(i)];
        for (std::size_t k = 0; k < kArea; ++k)
            means.at(label)[k] += dataset.image(i)[k] / counts.at(label);
    }
    return means;
}

std::size_t nearest(const std::array<std::vector<double>, 10>& means,
                    std::span<const std::uint8_t> image)
{
    std::array<double, 10> distances{};
    for (std::size_t label = 0; label < 10; ++label)
        for (std::size_t k = 0; k < kArea; ++k)
            distances.at(label) +=
                (means.at(label)[k] - image[k]) * (means.at(label)[k] - image[k]);
    return static_cast<std::size_t>(std::ranges::min_element(distances) - distances.begin());
}

TEST(SampleDigits, LookLikeMnistToAClassifierThatOnlyKnowsMnistsMeans)
{
    CADDIE_NEEDS_MNIST();
    // The nearest class mean is right for about 82 % of MNIST itself.
    const auto means = classMeans(core::loadMnist(*test::mnistFolder(), Split::Test));
    const auto digits = sampleDigits(1000);
    int right = 0;
    for (int i = 0; i < digits.size(); ++i)
        right += nearest(means, digits.image(i)) == digits.labels[static_cast<std::size_t>(i)];
    EXPECT_GT(right, 820);
}

} // namespace
