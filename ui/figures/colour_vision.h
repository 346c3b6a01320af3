// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QImage>

namespace ui
{

/// How a person sees colours: as most do, or without one of the three kinds of cones.
enum class ColourVision { Normal, Deuteranopia, Protanopia };

/// The colour that looks to everybody as `colour` does to a person with that vision. After Machado,
/// Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
/// Deficiency", IEEE TVCG 15 (2009), severity 1, on linear sRGB.
QColor simulated(const QColor& colour, ColourVision vision);
QImage simulated(QImage image, ColourVision vision); ///< any format; becomes RGB32

/// Distance in CIELAB (CIE 1976, D65): about 2.3 can just be told apart side by side.
double colourDistance(const QColor& a, const QColor& b);

/// WCAG 2.1 contrast ratio, 1..21.
double contrast(const QColor& a, const QColor& b);

} // namespace ui
