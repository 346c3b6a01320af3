// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

#include <span>

namespace ui
{

/// What kind of number a colour stands for. The same colours in every theme and in print.
enum class ColourMap {
    Signed,    ///< blue - near-white - orange-red, even in lightness on both sides of zero
    Magnitude, ///< dark indigo to pale yellow, lightness rising evenly
    Grey,      ///< pixels: 0 is white paper, 1 is ink
};

/// Position 0..1 on the map, clamped.
QRgb colourAt(ColourMap map, double position);

/// Which values the colours span. Values beyond are drawn in the end colours; NaN is magenta, which
/// is on no map.
struct ColourScale {
    ColourMap map = ColourMap::Signed;
    double low = -1;
    double high = 1;

    double position(double value) const; ///< 0 at low, 1 at high, not clamped
    QRgb colour(double value) const;
    bool operator==(const ColourScale&) const = default;
};

/// Symmetric, so that zero is the exact middle; a bound of 0 becomes 1.
ColourScale signedScale(double bound);
ColourScale magnitudeScale(double high); ///< from 0; a bound of 0 becomes 1
ColourScale greyScale();                 ///< pixels 0..1

/// Largest magnitude of the finite values; 0 if there are none.
double largestMagnitude(std::span<const float> values);

/// Black or white, whichever reads better on the colour.
QColor readableOn(QRgb colour);

} // namespace ui
