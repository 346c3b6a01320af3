// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/image_parametrization.h"

#include "core/base/random.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

namespace core
{

namespace
{

std::vector<float> randomImage(int count, std::uint64_t seed)
{
    Random random(seed);
    std::vector<float> image(static_cast<std::size_t>(count));
    for (float& pixel : image)
        pixel = static_cast<float>(random.normal());
    return image;
}

double dot(const std::vector<float>& a, const std::vector<float>& b)
{
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

} // namespace

TEST(FourierBasis, TransposeIsThatOfTheMapToPixels)
{
    for (const auto& [height, width] : {std::pair(28, 28), std::pair(9, 12)}) {
        const FourierBasis basis(height, width);
        const auto spectrum = randomImage(height * width, 1);
        const auto gradient = randomImage(height * width, 2);
        EXPECT_NEAR(dot(basis.toPixels(spectrum), gradient),
                    dot(spectrum, basis.toSpectrum(gradient)), 1e-3);
    }
}

TEST(FourierBasis, HasAConstantAndWavesOfUnitLength)
{
    const FourierBasis basis(28, 28);
    std::vector<float> spectrum(784);
    spectrum[0] = 1;
    for (const float pixel : basis.toPixels(spectrum))
        EXPECT_NEAR(pixel, 1.0 / 28, 1e-6);
    spectrum[0] = 0;
    spectrum[1] = 1; // lowest horizontal wave: weighted by 1, like the constant
    const auto wave = basis.toPixels(spectrum);
    EXPECT_NEAR(dot(wave, wave), 1.0, 1e-5);
    EXPECT_NEAR(wave[0], -wave[14], 1e-5);
}

TEST(FourierBasis, WeighsHighFrequenciesLess)
{
    const FourierBasis basis(28, 28);
    std::vector<float> spectrum(784);
    spectrum[19] = 1; // frequency 10
    const auto wave = basis.toPixels(spectrum);
    EXPECT_NEAR(std::sqrt(dot(wave, wave)), 0.1, 1e-5);
}

TEST(Blur, SpreadsAPointAndKeepsItsSum)
{
    std::vector<float> image(784);
    image[14 * 28 + 14] = 1;
    const auto soft = blurred(image, 28, 28, 1.0);
    EXPECT_NEAR(std::accumulate(soft.begin(), soft.end(), 0.0), 1.0, 1e-5);
    EXPECT_NEAR(soft[14 * 28 + 15] / soft[14 * 28 + 14], std::exp(-0.5), 1e-5);
    EXPECT_FLOAT_EQ(soft[13 * 28 + 14], soft[14 * 28 + 15]);
}

TEST(Roll, GoesRoundTheEdgesAndBack)
{
    const auto image = randomImage(12, 3); // 3 x 4
    const auto moved = rolled(image, 3, 4, 1, -1);
    EXPECT_EQ(moved[1 * 4 + 0], image[0 * 4 + 1]);
    EXPECT_EQ(moved[0 * 4 + 3], image[2 * 4 + 0]);
    EXPECT_EQ(rolled(moved, 3, 4, -1, 1), image);
}

TEST(TotalVariation, GradientAgreesWithFiniteDifferences)
{
    const auto image = randomImage(20, 4); // 4 x 5
    const auto variation = [](const std::vector<float>& x) {
        double sum = 0;
        for (int i = 0; i < 4; ++i)
            for (int j = 0; j < 5; ++j) {
                const auto at = [&](int r, int c) {
                    return x[static_cast<std::size_t>(r * 5 + c)];
                };
                sum += i < 3 ? std::abs(at(i + 1, j) - at(i, j)) : 0;
                sum += j < 4 ? std::abs(at(i, j + 1) - at(i, j)) : 0;
            }
        return sum;
    };
    std::vector<float> gradient(20);
    addTotalVariationGradient(gradient, image, 4, 5, 1.0);
    for (std::size_t i = 0; i < 20; ++i) {
        auto moved = image;
        moved[i] += 1e-3F;
        const double above = variation(moved);
        moved[i] -= 2e-3F;
        EXPECT_NEAR(gradient[i], (above - variation(moved)) / 2e-3, 1e-2);
    }
}

} // namespace core
