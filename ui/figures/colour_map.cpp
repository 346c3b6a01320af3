// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/colour_map.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ui
{

namespace
{

/// CIELAB under D65: equal steps look about equal.
struct Lab {
    double l = 0;
    double a = 0;
    double b = 0;
};

// Control points at equal distances. Lightness runs in straight lines between them; only the hue
// bends, to keep the middle tones clear of grey.
constexpr std::array kSigned = {Lab{36, 10, -50}, Lab{66.5, -5, -34}, Lab{97, 0, 0.5},
                                Lab{66.5, 36, 43}, Lab{36, 54, 45}};
constexpr std::array kMagnitude = {Lab{12, 14, -30}, Lab{33, 2, -36}, Lab{54, -24, -14},
                                   Lab{75, -34, 26}, Lab{96, -8, 36}};
constexpr std::array kGrey = {Lab{100, 0, 0}, Lab{8, 0, 0}};

/// Odd, so that the middle has an entry of its own.
constexpr int kEntries = 511;
using Table = std::array<QRgb, kEntries>;

/// Inverse of CIELAB's cube root with its straight piece near black (CIE 15:2004).
double unfold(double t)
{
    constexpr double kKnee = 6.0 / 29.0;
    return t > kKnee ? t * t * t : 3 * kKnee * kKnee * (t - 4.0 / 29.0);
}

/// Transfer function of sRGB (IEC 61966-2-1).
int encoded(double linear)
{
    const double clamped = std::clamp(linear, 0.0, 1.0);
    const double value =
        clamped <= 0.0031308 ? 12.92 * clamped : 1.055 * std::pow(clamped, 1 / 2.4) - 0.055;
    return static_cast<int>(std::lround(value * 255));
}

QRgb toRgb(const Lab& lab)
{
    const double fy = (lab.l + 16) / 116;
    const double x = 0.95047 * unfold(fy + lab.a / 500);
    const double y = unfold(fy);
    const double z = 1.08883 * unfold(fy - lab.b / 200);
    return qRgb(encoded(3.2404542 * x - 1.5371385 * y - 0.4985314 * z),
                encoded(-0.9692660 * x + 1.8760108 * y + 0.0415560 * z),
                encoded(0.0556434 * x - 0.2040259 * y + 1.0572252 * z));
}

Lab between(std::span<const Lab> points, double position)
{
    const double place = position * static_cast<double>(points.size() - 1);
    const auto first = std::min(static_cast<std::size_t>(place), points.size() - 2);
    const double share = place - static_cast<double>(first);
    const Lab& from = points[first];
    const Lab& to = points[first + 1];
    return {std::lerp(from.l, to.l, share), std::lerp(from.a, to.a, share),
            std::lerp(from.b, to.b, share)};
}

Table tabulated(std::span<const Lab> points)
{
    Table table{};
    for (int i = 0; i < kEntries; ++i)
        table[static_cast<std::size_t>(i)] =
            toRgb(between(points, static_cast<double>(i) / (kEntries - 1)));
    return table;
}

const Table& tableOf(ColourMap map)
{
    static const Table signedTable = tabulated(kSigned);
    static const Table magnitudeTable = tabulated(kMagnitude);
    static const Table greyTable = tabulated(kGrey);
    switch (map) {
    case ColourMap::Signed:
        return signedTable;
    case ColourMap::Magnitude:
        return magnitudeTable;
    case ColourMap::Grey:
        break;
    }
    return greyTable;
}

} // namespace

QRgb colourAt(ColourMap map, double position)
{
    const double clamped = std::clamp(position, 0.0, 1.0);
    return tableOf(map)[static_cast<std::size_t>(std::lround(clamped * (kEntries - 1)))];
}

double ColourScale::position(double value) const
{
    return (value - low) / (high - low);
}

QRgb ColourScale::colour(double value) const
{
    constexpr QRgb kNotANumber = 0xFFD81BD8;
    return std::isnan(value) ? kNotANumber : colourAt(map, position(value));
}

ColourScale signedScale(double bound)
{
    const double end = bound > 0 ? bound : 1;
    return {ColourMap::Signed, -end, end};
}

ColourScale magnitudeScale(double high)
{
    return {ColourMap::Magnitude, 0, high > 0 ? high : 1};
}

ColourScale greyScale()
{
    return {ColourMap::Grey, 0, 1};
}

double largestMagnitude(std::span<const float> values)
{
    double largest = 0;
    for (const float value : values)
        if (std::isfinite(value))
            largest = std::max(largest, std::abs(static_cast<double>(value)));
    return largest;
}

QColor readableOn(QRgb colour)
{
    const auto linear = [](int part) {
        const double value = part / 255.0;
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    const double luminance = 0.2126 * linear(qRed(colour)) + 0.7152 * linear(qGreen(colour)) +
                             0.0722 * linear(qBlue(colour));
    // Where black and white have the same contrast, 4.58:1.
    return luminance > 0.1791 ? QColor(Qt::black) : QColor(Qt::white);
}

} // namespace ui
