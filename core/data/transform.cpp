// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/transform.h"

#include "core/base/wider_vectors.h"
#include "core/data/bilinear.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace core
{

namespace
{

constexpr double kShift = 2;
constexpr double kAngle = 10 * std::numbers::pi / 180;
constexpr double kShear = 0.1;
constexpr double kScale = 0.1;
constexpr double kMove = 1;
constexpr double kSigma = 4;
constexpr double kAlpha = 34;
constexpr int kReach = 12; ///< of the Gaussian: three deviations

const std::array<float, 2 * kReach + 1>& gaussian()
{
    static const auto kWeights = [] {
        std::array<float, 2 * kReach + 1> weights = {};
        double sum = 0;
        for (int i = -kReach; i <= kReach; ++i)
            sum += std::exp(-i * i / (2 * kSigma * kSigma));
        for (int i = -kReach; i <= kReach; ++i)
            weights[static_cast<std::size_t>(i + kReach)] =
                static_cast<float>(std::exp(-i * i / (2 * kSigma * kSigma)) / sum);
        return weights;
    }();
    return kWeights;
}

/// Numbers in -1..1, four from each draw: a field needs thousands.
void drawEven(std::span<float> numbers, Random& random)
{
    constexpr std::size_t kParts = 4;
    for (std::size_t i = 0; i < numbers.size(); i += kParts) {
        const std::uint64_t bits = random.bits();
        for (std::size_t part = 0; part < std::min(kParts, numbers.size() - i); ++part)
            numbers[i + part] =
                static_cast<float>((bits >> (16 * part)) & 0xFFFF) * (2.0F / 65535) - 1;
    }
}

/// To each of `count` values the Gaussian's mean of those `stride` apart, from this one on.
CADDIE_WIDER_VECTORS
void addWeighted(const float* __restrict from, int stride, int count, float* __restrict to)
{
    const float* weights = gaussian().data();
    for (int k = 0; k <= 2 * kReach; ++k)
        for (int x = 0; x < count; ++x)
            to[x] += weights[k] * from[k * stride + x];
}

/// A whole number in -most..most.
int drawnDistance(double most, Random& random)
{
    const int reach = static_cast<int>(std::lround(most));
    return static_cast<int>(random.below(static_cast<std::uint64_t>(2 * reach + 1))) - reach;
}

/// Fills `result` with what lies at place(row, column) of the image.
template<typename Place>
void resample(std::span<const std::uint8_t> image, int height, int width, std::span<float> result,
              Place place)
{
    for (int row = 0; row < height; ++row)
        for (int column = 0; column < width; ++column) {
            const auto [y, x] = place(row, column);
            result[static_cast<std::size_t>(row * width + column)] =
                static_cast<float>(bilinearSample(image, height, width, y, x) / 255.0);
        }
}

} // namespace

void ImageTransform::shift(std::span<const std::uint8_t> image, double strength, Random& random,
                           std::span<float> result) const
{
    const int down = drawnDistance(kShift * strength, random);
    const int right = drawnDistance(kShift * strength, random);
    for (int row = 0; row < m_height; ++row)
        for (int column = 0; column < m_width; ++column) {
            const int y = row - down;
            const int x = column - right;
            const bool inside = y >= 0 && y < m_height && x >= 0 && x < m_width;
            const int pixel = inside ? image[static_cast<std::size_t>(y * m_width + x)] : 0;
            result[static_cast<std::size_t>(row * m_width + column)] =
                static_cast<float>(pixel) / 255.0F;
        }
}

void ImageTransform::affine(std::span<const std::uint8_t> image, double strength, Random& random,
                            std::span<float> result) const
{
    const auto drawn = [&](double most) { return strength * random.uniform(-most, most); };
    const double angle = drawn(kAngle);
    const double shear = drawn(kShear);
    const double scaleRows = std::exp(drawn(kScale));
    const double scaleColumns = std::exp(drawn(kScale));
    const double down = drawn(kMove);
    const double right = drawn(kMove);
    const double middleRow = (m_height - 1) / 2.0;
    const double middleColumn = (m_width - 1) / 2.0;
    resample(image, m_height, m_width, result, [&](int row, int column) {
        const double y = (row - middleRow - down) * scaleRows;
        const double x = (column - middleColumn - right) * scaleColumns + shear * y;
        return std::pair(middleRow + std::cos(angle) * y - std::sin(angle) * x,
                         middleColumn + std::sin(angle) * y + std::cos(angle) * x);
    });
}

void ImageTransform::elastic(std::span<const std::uint8_t> image, double strength, Random& random,
                             std::span<float> result)
{
    for (std::vector<float>& field : m_fields)
        fill(field, random);
    const double alpha = kAlpha * strength;
    resample(image, m_height, m_width, result, [&](int row, int column) {
        const auto at = static_cast<std::size_t>(row * m_width + column);
        return std::pair(row + alpha * m_fields[0][at], column + alpha * m_fields[1][at]);
    });
}

/// Smooths numbers drawn also beyond the edges, so that the field is as lively there.
void ImageTransform::fill(std::vector<float>& field, Random& random)
{
    const int wide = m_width + 2 * kReach;
    const int high = m_height + 2 * kReach;
    m_noise.resize(static_cast<std::size_t>(wide * high));
    drawEven(m_noise, random);
    m_half.assign(static_cast<std::size_t>(m_height * wide), 0.0F);
    field.assign(static_cast<std::size_t>(m_height * m_width), 0.0F);
    for (int row = 0; row < m_height; ++row) {
        addWeighted(m_noise.data() + row * wide, wide, wide, m_half.data() + row * wide);
        addWeighted(m_half.data() + row * wide, 1, m_width, field.data() + row * m_width);
    }
}

} // namespace core
