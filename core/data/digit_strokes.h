// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace core
{

struct StrokePoint {
    double x = 0; ///< to the right
    double y = 0; ///< down
};

/// Points that a smooth curve passes through. A point given twice is a corner.
using Stroke = std::vector<StrokePoint>;

/// One way in which people write a digit, in a box of about 1 x 1.
struct DigitShape {
    double share = 1; ///< how common, relative to the digit's other shapes
    std::vector<Stroke> strokes;
};

/// The ways to write `digit`, 0..9.
std::span<const DigitShape> digitShapes(int digit);

/// The stroke as a fine polyline: Catmull-Rom between its points, straight at its ends.
Stroke smoothed(const Stroke& stroke);

} // namespace core
