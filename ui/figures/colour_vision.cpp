// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/colour_vision.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ui
{

namespace
{

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

constexpr Matrix kDeuteranopia = {{{0.367322, 0.860646, -0.227968},
                                   {0.280085, 0.672501, 0.047413},
                                   {-0.011820, 0.042940, 0.968881}}};
constexpr Matrix kProtanopia = {{{0.152286, 1.052583, -0.204868},
                                 {0.114503, 0.786281, 0.099216},
                                 {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix kXyz = {{{0.4124564, 0.3575761, 0.1804375},
                          {0.2126729, 0.7151522, 0.0721750},
                          {0.0193339, 0.1191920, 0.9503041}}};
constexpr Triple kWhite = {0.95047, 1.0, 1.08883}; // D65

Triple product(const Matrix& matrix, const Triple& vector)
{
    Triple result{};
    for (std::size_t row = 0; row < 3; ++row)
        for (std::size_t column = 0; column < 3; ++column)
            result[row] += matrix[row][column] * vector[column];
    return result;
}

double linear(double encoded)
{
    return encoded <= 0.04045 ? encoded / 12.92 : std::pow((encoded + 0.055) / 1.055, 2.4);
}

double encoded(double linear)
{
    return linear <= 0.0031308 ? 12.92 * linear : 1.055 * std::pow(linear, 1 / 2.4) - 0.055;
}

/// The 256 levels of a channel, once: images have many pixels.
const std::array<double, 256>& linearLevels()
{
    static const auto kLevels = [] {
        std::array<double, 256> levels{};
        for (std::size_t i = 0; i < levels.size(); ++i)
            levels[i] = linear(static_cast<double>(i) / 255);
        return levels;
    }();
    return kLevels;
}

Triple linearOf(QRgb colour)
{
    const auto level = [](int value) { return linearLevels()[static_cast<std::size_t>(value)]; };
    return {level(qRed(colour)), level(qGreen(colour)), level(qBlue(colour))};
}

QRgb simulatedRgb(QRgb colour, const Matrix& matrix)
{
    const Triple seen = product(matrix, linearOf(colour));
    const auto part = [](double value) {
        return static_cast<int>(std::lround(255 * encoded(std::clamp(value, 0.0, 1.0))));
    };
    return qRgb(part(seen[0]), part(seen[1]), part(seen[2]));
}

Triple lab(const QColor& colour)
{
    const Triple xyz = product(kXyz, linearOf(colour.rgb()));
    const auto f = [&](std::size_t i) {
        const double t = xyz[i] / kWhite[i];
        return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    };
    return {116 * f(1) - 16, 500 * (f(0) - f(1)), 200 * (f(1) - f(2))};
}

double luminance(const QColor& colour)
{
    return product(kXyz, linearOf(colour.rgb()))[1];
}

const Matrix& matrixOf(ColourVision vision)
{
    return vision == ColourVision::Protanopia ? kProtanopia : kDeuteranopia;
}

} // namespace

QColor simulated(const QColor& colour, ColourVision vision)
{
    return vision == ColourVision::Normal ? colour
                                          : QColor(simulatedRgb(colour.rgb(), matrixOf(vision)));
}

QImage simulated(QImage image, ColourVision vision)
{
    image.convertTo(QImage::Format_RGB32);
    if (vision == ColourVision::Normal)
        return image;
    for (int y = 0; y < image.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        QRgb before = 0;
        QRgb after = simulatedRgb(0, matrixOf(vision));
        for (int x = 0; x < image.width(); ++x) { // runs of one colour are long
            if (line[x] != before) {
                before = line[x];
                after = simulatedRgb(before, matrixOf(vision));
            }
            line[x] = after;
        }
    }
    return image;
}

double colourDistance(const QColor& a, const QColor& b)
{
    const Triple first = lab(a);
    const Triple second = lab(b);
    return std::hypot(first[0] - second[0], first[1] - second[1], first[2] - second[2]);
}

double contrast(const QColor& a, const QColor& b)
{
    const double first = luminance(a) + 0.05;
    const double second = luminance(b) + 0.05;
    return std::max(first, second) / std::min(first, second);
}

} // namespace ui
