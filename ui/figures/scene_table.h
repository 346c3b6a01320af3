// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/scene.h"

#include <QStringList>

#include <vector>

namespace ui
{

struct TableColumn {
    QString title;
    bool number = false; ///< right-aligned, in digits of one width
};

/// A table under a heading line, columns as wide as their text and the rest of `width` spread
/// between them; the last columns give way where there is no room. An empty first cell continues
/// the row above, so no line separates the two. Returns its height.
double addTable(Scene& scene, const QPointF& topLeft, double width,
                const std::vector<TableColumn>& columns, const std::vector<QStringList>& rows);

/// Lines of text broken at spaces. Returns the height.
double addParagraph(Scene& scene, const QPointF& topLeft, double width, const QString& text,
                    const QFont& font, const QColor& colour);

} // namespace ui
