// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace ui
{

class Figure;

/// XMP packet with title, description and the recipe's text as `caddie:recipe`.
QByteArray xmpMetadata(const Figure& figure, const QByteArray& recipe);

/// The PDF with its creation date set to a fixed one of the same length, so that the same figure
/// gives the same bytes and no offset in the file moves.
QByteArray withoutDate(QByteArray pdf);

} // namespace ui
