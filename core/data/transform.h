// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace core
{

/// Moves the strokes of training images a little, at random: the network sees more digits than
/// there are. Bilinear, zeros from outside. One at a time may be used by a thread.
class ImageTransform
{
public:
    ImageTransform(int height, int width) : m_height(height), m_width(width) {}

    // `strength` multiplies the distances and angles. `image` is [height, width], `result` likewise
    // with pixels in 0..1.

    /// By up to two whole pixels down and to the right, each number as likely.
    void shift(std::span<const std::uint8_t> image, double strength, Random& random,
               std::span<float> result) const;

    /// Turned by up to 10 degrees, sheared by up to 0.1, each side scaled by 0.9 to 1.1, and moved
    /// by up to one pixel, all around the middle and evenly distributed.
    void affine(std::span<const std::uint8_t> image, double strength, Random& random,
                std::span<float> result) const;

    /// Each pixel by a field of its own (Simard et al., ICDAR 2003): even numbers in -1..1,
    /// smoothed by a Gaussian of 4 pixels and multiplied by 34, as the paper found best. A pixel
    /// moves by about 1.4 in each direction.
    void elastic(std::span<const std::uint8_t> image, double strength, Random& random,
                 std::span<float> result);

private:
    void fill(std::vector<float>& field, Random& random);

    int m_height;
    int m_width;
    std::array<std::vector<float>, 2> m_fields; ///< down and to the right, in pixels before alpha
    std::vector<float> m_noise;                 ///< what they are smoothed from
    std::vector<float> m_half;                  ///< smoothed one way
};

} // namespace core
