// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/deskew.h"

#include "core/data/bilinear.h"

#include <algorithm>
#include <cmath>

namespace core
{

namespace
{

/// Where the ink lies.
struct Moments {
    double mass = 0;
    double row = 0; ///< of the centre of mass
    double column = 0;
    double slant = 0; ///< columns a row, mu11 / mu02
};

Moments momentsOf(std::span<const std::uint8_t> image, int height, int width)
{
    const auto each = [&](auto visit) {
        for (int row = 0; row < height; ++row)
            for (int column = 0; column < width; ++column)
                visit(row, column, image[static_cast<std::size_t>(row * width + column)]);
    };
    Moments moments;
    each([&](int row, int column, double ink) {
        moments.mass += ink;
        moments.row += ink * row;
        moments.column += ink * column;
    });
    if (moments.mass == 0)
        return moments;
    moments.row /= moments.mass;
    moments.column /= moments.mass;
    double both = 0;
    double upright = 0;
    each([&](int row, int column, double ink) {
        both += ink * (row - moments.row) * (column - moments.column);
        upright += ink * (row - moments.row) * (row - moments.row);
    });
    moments.slant = upright == 0 ? 0 : both / upright;
    return moments;
}

std::uint8_t asByte(double value)
{
    return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 255.0)));
}

} // namespace

std::vector<std::uint8_t> deskewed(std::span<const std::uint8_t> image, int height, int width)
{
    const Moments moments = momentsOf(image, height, width);
    if (moments.mass == 0)
        return {image.begin(), image.end()};
    const double middleRow = (height - 1) / 2.0;
    const double middleColumn = (width - 1) / 2.0;
    std::vector<std::uint8_t> result;
    result.reserve(image.size());
    for (int row = 0; row < height; ++row)
        for (int column = 0; column < width; ++column) {
            const double fromMiddle = row - middleRow;
            result.push_back(asByte(bilinearSample(image, height, width, moments.row + fromMiddle,
                                                   moments.column + column - middleColumn +
                                                       moments.slant * fromMiddle)));
        }
    return result;
}

Dataset deskewed(const Dataset& data)
{
    Dataset result = data;
    result.pixels.clear();
    result.pixels.reserve(data.pixels.size());
    for (int i = 0; i < data.size(); ++i) {
        const std::vector<std::uint8_t> image = deskewed(data.image(i), data.height, data.width);
        result.pixels.insert(result.pixels.end(), image.begin(), image.end());
    }
    return result;
}

std::vector<float> deskewed(std::span<const float> images, int height, int width)
{
    const auto area = static_cast<std::size_t>(height * width);
    std::vector<float> result;
    result.reserve(images.size());
    std::vector<std::uint8_t> bytes(area);
    for (std::size_t first = 0; first + area <= images.size(); first += area) {
        std::ranges::transform(images.subspan(first, area), bytes.begin(), [](float pixel) {
            return asByte(static_cast<double>(pixel) * 255);
        });
        for (const std::uint8_t pixel : deskewed(bytes, height, width))
            result.push_back(static_cast<float>(pixel) / 255.0F);
    }
    return result;
}

} // namespace core
