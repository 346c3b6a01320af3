// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSizeF>

namespace ui
{

class Figure;

/// What QSvgGenerator wrote, with what it leaves out: the exact size (it rounds to whole points),
/// escaped title and description, the recipe, the glyphs of its texts for where Liberation Sans is
/// not installed, and fonts to fall back on for who changes them. And without what says nothing,
/// which is most of it.
QByteArray finishedSvg(const QByteArray& svg, const Figure& figure, const QByteArray& recipe,
                       const QSizeF& millimetres);

} // namespace ui
