// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/model_delegate.h"

#include "ui/models/model_list.h"
#include "ui/theme.h"

#include <QApplication>
#include <QPainter>

namespace ui
{

namespace
{

constexpr int kNameLine = 20;
constexpr int kLine = 17;
constexpr int kPadding = 7;
constexpr int kIndent = 18; ///< room of the current model's mark

ModelRow rowOf(const QModelIndex& index)
{
    return index.data(ModelList::Row).value<ModelRow>();
}

/// Draws the badge at the right end; what is left of the line is for text.
QRect drawBadge(QPainter& painter, const QRect& line, const QString& badge, const QColor& colour)
{
    if (badge.isEmpty())
        return line;
    QFont font = captionFont();
    font.setPixelSize(10);
    painter.setFont(font);
    const int width = painter.fontMetrics().horizontalAdvance(badge) + 10;
    const QRect box(line.right() - width, line.center().y() - 6, width, 14);
    painter.setPen(colour);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.drawText(box, Qt::AlignCenter, badge);
    return line.adjusted(0, 0, -width - 6, 0);
}

void drawElided(QPainter& painter, const QRect& line, const QString& text, Qt::TextElideMode mode)
{
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(text, mode, line.width()));
}

void drawMark(QPainter& painter, const QRect& rect, bool current, const Theme& theme)
{
    const QRectF mark(rect.left() + 6, rect.top() + kPadding + 6, 8, 8);
    painter.setPen(QPen(current ? theme.accent : theme.disabled, 1.5));
    painter.setBrush(current ? QBrush(theme.accent) : QBrush(Qt::NoBrush));
    painter.drawEllipse(mark);
}

} // namespace

void ModelDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const
{
    const ModelRow row = rowOf(index);
    const Theme& theme = themeOf(QApplication::palette());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    if (row.current || (option.state & QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.hover);
        painter->drawRoundedRect(frame, 6, 6);
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(theme.accent);
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(frame, 6, 6);
    }
    drawMark(*painter, option.rect, row.current, theme);

    const QRect inner = option.rect.adjusted(kIndent + 2, kPadding, -6, -kPadding);
    QRect line(inner.left(), inner.top(), inner.width(), kNameLine);
    QRect nameLine = drawBadge(*painter, line, row.layoutBadge, theme.warning);
    if (row.reference)
        nameLine = drawBadge(*painter, nameLine, ModelList::tr("reference"), theme.accent);
    QFont nameFont = bodyFont();
    nameFont.setWeight(row.current ? QFont::DemiBold : QFont::Medium);
    painter->setFont(nameFont);
    painter->setPen(theme.text);
    drawElided(*painter, nameLine, row.name, Qt::ElideMiddle);

    line = QRect(inner.left(), line.bottom() + 1, inner.width(), kLine);
    const QRect sizeLine = drawBadge(*painter, line, row.selectionBadge, theme.warning);
    painter->setFont(captionFont());
    painter->setPen(theme.secondary);
    const bool fits = painter->fontMetrics().horizontalAdvance(row.size) <= sizeLine.width();
    drawElided(*painter, sizeLine, fits ? row.size : row.shortSize, Qt::ElideRight);

    line.translate(0, kLine);
    painter->setPen(row.failed ? theme.error : theme.text);
    drawElided(*painter, line, row.accuracy, Qt::ElideRight);
    const int taken = painter->fontMetrics().horizontalAdvance(row.accuracy) + 6;
    painter->setPen(theme.secondary);
    drawElided(*painter, line.adjusted(taken, 0, 0, 0), row.data, Qt::ElideRight);

    if (!row.stored.isEmpty()) {
        line.translate(0, kLine);
        drawElided(*painter, line, row.stored, Qt::ElideRight);
    }
    painter->restore();
}

QSize ModelDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const int lines = rowOf(index).stored.isEmpty() ? 2 : 3;
    return {100, 2 * kPadding + kNameLine + lines * kLine};
}

} // namespace ui
