// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

namespace ui
{

/// How heat maps reach the paper: a screen wants small images, a vector file wants rectangles.
enum class Surface { Raster, Vector };

/// Colours, type and measures of one rendering: a theme of the window, or print. Lengths are in the
/// style's points: pixels on screen, 1/72 inch in print.
struct FigureStyle {
    QColor background;
    QColor text;
    QColor secondaryText;
    QColor hairline;
    QColor accent;
    QColor warning;
    QFont title;             ///< headings inside a figure
    QFont body;              ///< labels
    QFont caption;           ///< smaller
    QFont number;            ///< digits of one width
    double gap = 8;          ///< between the cells of a grid
    double line = 1;         ///< borders, separators
    bool wholeScale = false; ///< one value takes a whole number of points, for crisp pixels
    Surface surface = Surface::Raster;
};

/// Black on white in Liberation Sans, the metrics of Arial, which journals ask for.
FigureStyle printStyle();

/// The theme of the window, from the palette and font that its widgets have.
FigureStyle screenStyle(const QPalette& palette, const QFont& font);

} // namespace ui
