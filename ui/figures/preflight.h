// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/colour_vision.h"
#include "ui/figures/export.h"

#include <QImage>
#include <QString>

#include <vector>

namespace ui
{

class Figure;

/// Something that a journal or a reader asks of a figure, and how it stands.
struct PreflightFinding {
    bool passed = true;
    QString what; ///< "smallest-text", "font", "thinnest-line", "contrast", "raster", ...
    double value = 0;
    double limit = 0;
    QString sentence; ///< "Smallest text 6.0 pt, at least 5 pt asked for."
};

/// What journals ask for: at least 5 pt type and 0.25 pt lines at the final size (Nature's guide to
/// figures), 4.5:1 contrast of text (WCAG 2.1), colours that people with either of the two common
/// kinds of colour blindness can tell apart.
constexpr double kSmallestText = 5;
constexpr double kThinnestLine = 0.25;
constexpr double kTextContrast = 4.5;
/// In CIELAB, between colours that stand for different things.
constexpr double kColourDistance = 15;

/// Draws the figure as an export would and looks at what was drawn. Any thread, needs a
/// QGuiApplication.
std::vector<PreflightFinding> preflight(const Figure& figure, const ExportOptions& options = {});

/// The page as a person with that vision sees it, `width` pixels wide.
QImage preview(const Figure& figure, const ExportOptions& options, int width, ColourVision vision);

} // namespace ui
