// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/page.h"

#include "ui/figures/scene_table.h"

#include <cmath>

namespace ui
{

namespace
{

constexpr double kMargin = 4; ///< keeps outlines off the edge; journals crop the rest themselves

double captionHeight(const Figure& figure, double width, const FigureStyle& style)
{
    Scene measured(style);
    return addParagraph(measured, {0, 0}, width, figure.caption(), style.caption, style.text);
}

} // namespace

Page::Page(const Figure& figure, double width, FigureStyle style)
    : m_figure(figure), m_style(std::move(style))
{
    const double inner = width - 2 * kMargin;
    const double top = kMargin + lineHeight(m_style.title) + m_style.gap;
    m_body = {kMargin, top, inner, m_figure.heightFor(inner, m_style)};
    m_size = {width, std::ceil(m_body.bottom() + 1.5 * m_style.gap +
                               captionHeight(m_figure, inner, m_style) + kMargin)};
}

void Page::paint(QPainter& painter) const
{
    painter.fillRect(QRectF(QPointF(0, 0), m_size), m_style.background);
    m_figure.paint(painter, m_body, m_style);

    Scene text(m_style);
    text.addLabel({m_body.left(), kMargin, m_body.width(), lineHeight(m_style.title)},
                  Qt::AlignLeft | Qt::AlignVCenter, m_figure.title(), m_style.title, m_style.text);
    addParagraph(text, {m_body.left(), m_body.bottom() + 1.5 * m_style.gap}, m_body.width(),
                 m_figure.caption(), m_style.caption, m_style.text);
    text.paint(painter);
}

} // namespace ui
