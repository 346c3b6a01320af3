// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFont>
#include <QString>

namespace ui
{

/// The glyphs of these characters out of the installed font, with their kerning and without hints,
/// as a TrueType file; the same font gives the same bytes. Empty where another font stands in for
/// the one asked for: who knows whether its licence lets documents carry it.
QByteArray fontSubset(const QFont& font, const QString& characters);

/// CSS rules that give an SVG the glyphs of its <text> elements, a rule a weight of the font.
QString fontFaces(const QByteArray& svg, const QFont& font);

} // namespace ui
