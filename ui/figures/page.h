// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"

#include <QPainter>
#include <QSizeF>

namespace ui
{

/// A figure as it stands in a file: its title above, its caption below.
class Page
{
public:
    Page(const Figure& figure, double width, FigureStyle style);

    QSizeF size() const { return m_size; } ///< in the style's points
    void paint(QPainter& painter) const;

private:
    const Figure& m_figure;
    FigureStyle m_style;
    QSizeF m_size;
    QRectF m_body;
};

} // namespace ui
