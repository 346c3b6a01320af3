// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace core
{

/// std::floor, which is a call where a processor may be old.
inline int wholeBelow(double value)
{
    const int whole = static_cast<int>(value);
    return value < whole ? whole - 1 : whole;
}

/// The image's value between its pixels, [height, width]; zeros from outside.
inline double bilinearSample(std::span<const std::uint8_t> image, int height, int width, double row,
                             double column)
{
    const auto at = [&](int y, int x) -> double {
        const bool inside = y >= 0 && y < height && x >= 0 && x < width;
        return inside ? image[static_cast<std::size_t>(y * width + x)] : 0.0;
    };
    const int top = wholeBelow(row);
    const int left = wholeBelow(column);
    const double below = row - top;
    const double right = column - left;
    return (1 - below) * ((1 - right) * at(top, left) + right * at(top, left + 1)) +
           below * ((1 - right) * at(top + 1, left) + right * at(top + 1, left + 1));
}

} // namespace core
