// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>

namespace ui
{

/// Colours and type of one rendering: a theme of the window, or print.
struct FigureStyle {
    QColor background;
    QColor text;
    QColor secondaryText;
    QColor hairline;
    QColor accent;
    QColor warning;
    QFont body;     ///< labels
    QFont caption;  ///< smaller
    QFont number;   ///< monospaced
};

FigureStyle printStyle();

} // namespace ui
