// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/transform.h"

#include "tests/support/trained.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <set>

namespace core
{

namespace
{

constexpr int kSide = 28;

/// A blot of 5x5 around row 14, column 10.
std::vector<std::uint8_t> blot()
{
    std::vector<std::uint8_t> image(kSide * kSide);
    for (int row = 12; row <= 16; ++row)
        for (int column = 8; column <= 12; ++column)
            image[static_cast<std::size_t>(row * kSide + column)] = 255;
    return image;
}

struct Centre {
    double row = 0;
    double column = 0;
    double mass = 0;
};

Centre centreOf(const std::vector<float>& image)
{
    Centre centre;
    for (std::size_t i = 0; i < image.size(); ++i) {
        centre.mass += image[i];
        centre.row += image[i] * static_cast<double>(i / kSide);
        centre.column += image[i] * static_cast<double>(i % kSide);
    }
    centre.row /= centre.mass;
    centre.column /= centre.mass;
    return centre;
}

class ImageTransforms : public testing::Test
{
protected:
    ImageTransform transform{kSide, kSide};
    Random random{5};
    std::vector<float> result = std::vector<float>(kSide * kSide);
};

} // namespace

TEST_F(ImageTransforms, ShiftByWholePixelsInEveryDirection)
{
    std::set<std::pair<int, int>> seen;
    for (int i = 0; i < 500; ++i) {
        transform.shift(blot(), 1, random, result);
        const Centre centre = centreOf(result);
        EXPECT_NEAR(centre.mass, 25, 1e-4);
        seen.emplace(std::lround(centre.row) - 14, std::lround(centre.column) - 10);
        EXPECT_NEAR(centre.row, std::round(centre.row), 1e-5);
    }
    EXPECT_EQ(seen.size(), 25U); // five by five
    EXPECT_EQ(seen.begin()->first, -2);
    EXPECT_EQ(seen.rbegin()->first, 2);
}

TEST_F(ImageTransforms, OfNoStrengthChangeNothing)
{
    const auto expect = [&] {
        for (std::size_t i = 0; i < result.size(); ++i)
            EXPECT_NEAR(result[i], blot()[i] / 255.0F, 1e-5F) << i;
    };
    transform.shift(blot(), 1e-9, random, result);
    expect();
    transform.affine(blot(), 1e-9, random, result);
    expect();
    transform.elastic(blot(), 1e-9, random, result);
    expect();
}

TEST_F(ImageTransforms, AffineTurnsAndScalesWithinItsBounds)
{
    double lightest = 25;
    double heaviest = 25;
    for (int i = 0; i < 300; ++i) {
        transform.affine(blot(), 1, random, result);
        const Centre centre = centreOf(result);
        lightest = std::min(lightest, centre.mass);
        heaviest = std::max(heaviest, centre.mass);
        // A pixel of its own, and 4 columns from the middle by 10 degrees, 10 % and a shear of 0.1.
        EXPECT_NEAR(centre.row, 14, 1 + 0.9);
        EXPECT_NEAR(centre.column, 10, 1 + 0.9);
    }
    EXPECT_GT(heaviest, 25 * 1.1); // both sides up to e^0.1 longer
    EXPECT_LT(heaviest, 25 * 1.25);
    EXPECT_LT(lightest, 25 * 0.9);
    EXPECT_GT(lightest, 25 * 0.8);
}

TEST_F(ImageTransforms, ElasticMovesEachPixelByAFieldOfTheStatedStrength)
{
    // An image whose value is its column tells where a pixel came from.
    std::vector<std::uint8_t> ramp(kSide * kSide);
    for (std::size_t i = 0; i < ramp.size(); ++i)
        ramp[i] = static_cast<std::uint8_t>(i % kSide * 9);
    double squares = 0;
    int count = 0;
    double apart = 0;
    for (int i = 0; i < 200; ++i) {
        transform.elastic(ramp, 0.5, random, result);
        const auto movedAt = [&](int row, int column) {
            return result[static_cast<std::size_t>(row * kSide + column)] * 255.0 / 9 - column;
        };
        for (int row = 6; row < 22; row += 5)
            for (int column = 6; column < 22; column += 5) {
                squares += movedAt(row, column) * movedAt(row, column);
                const double step = movedAt(row, column) - movedAt(row, column + 1);
                apart += step * step;
                ++count;
            }
    }
    // Even numbers in -1..1 have a deviation of 1/sqrt(3); a Gaussian of sigma 4 in two dimensions
    // leaves 1 / (2 sigma sqrt(pi)) of it, of which half of 34 is taken.
    const double expected = 17 / std::sqrt(3.0) / (8 * std::sqrt(std::numbers::pi));
    EXPECT_NEAR(std::sqrt(squares / count), expected, 0.1 * expected);
    EXPECT_LT(std::sqrt(apart / count), 0.3 * expected); // neighbours move together
}

namespace
{

class AugmentedTraining : public test::SmallTraining
{
protected:
    static TrainingOptions options(Augmentation augment, double strength = 1)
    {
        TrainingOptions options{.epochs = 3, .batch = 60, .lr = 0.02};
        options.switches.augment = augment;
        options.switches.augmentStrength = strength;
        return options;
    }
};

constexpr Augmentation kAll[] = {Augmentation::Shift, Augmentation::Affine, Augmentation::Elastic};

} // namespace

TEST_F(AugmentedTraining, OfNoStrengthIsPlainTraining)
{
    const TrainingState plain = run(options(Augmentation::None));
    const TrainingState still = run(options(Augmentation::Shift, 1e-9));
    for (std::size_t i = 0; i < plain.parameters.size(); ++i)
        EXPECT_NEAR(still.parameters[i], plain.parameters[i], 1e-4F) << i;
    for (const Augmentation augment : kAll)
        EXPECT_NE(run(options(augment)).parameters, plain.parameters);
}

TEST_F(AugmentedTraining, GivesTheSameBitsOnAnyNumberOfThreadsAndHoweverItIsStopped)
{
    for (const Augmentation augment : kAll) {
        use("2@5x5 prelu pool 4, linear 10");
        const TrainingState one = run(options(augment));
        expectStopsChangeNothing(options(augment));
        use("2@5x5 prelu pool 4, linear 10", 2);
        EXPECT_EQ(run(options(augment)).parameters, one.parameters);
    }
}

} // namespace core
