// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/image_strip.h"

#include "ui/figures/colour_map.h"
#include "ui/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace ui
{

namespace
{

constexpr int kGap = 8;
constexpr int kCaption = 15;

} // namespace

ImageStrip::ImageStrip(const QString& name, QWidget* parent) : QWidget(parent)
{
    setAccessibleName(name);
    setFocusPolicy(Qt::TabFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QImage ImageStrip::digit(std::span<const std::uint8_t> pixels, int height, int width)
{
    QImage image(width, height, QImage::Format_RGB32);
    for (int row = 0; row < height; ++row)
        for (int column = 0; column < width; ++column)
            image.setPixel(
                column, row,
                colourAt(ColourMap::Grey,
                         pixels[static_cast<std::size_t>(row * width + column)] / 255.0));
    return image;
}

void ImageStrip::show(std::vector<Item> items)
{
    m_items = std::move(items);
    m_side = m_items.empty() ? 28 : m_items.front().image.width();
    m_current = std::clamp(m_current, 0, std::max(0, count() - 1));
    QStringList texts;
    for (const Item& item : m_items)
        texts << item.tip;
    setAccessibleDescription(texts.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

void ImageStrip::setScale(int scale)
{
    m_scale = scale;
    updateGeometry();
    update();
}

QSize ImageStrip::cell() const
{
    const int side = m_side * m_scale + 2;
    return {side + kGap, side + kCaption + 2};
}

int ImageStrip::columns(int width) const
{
    return std::max(1, (width + kGap - 2) / cell().width());
}

int ImageStrip::fitting(int width, int rows) const
{
    return columns(width) * rows;
}

int ImageStrip::heightForWidth(int width) const
{
    const int rows = (count() + columns(width) - 1) / columns(width);
    return rows * cell().height() + 2;
}

QSize ImageStrip::sizeHint() const
{
    return {200, heightForWidth(std::max(width(), 100))};
}

QSize ImageStrip::minimumSizeHint() const
{
    return {cell().width(), heightForWidth(std::max(width(), 100))};
}

void ImageStrip::resizeEvent(QResizeEvent*)
{
    updateGeometry();
}

/// The image with its border; the caption is below.
QRect ImageStrip::itemRect(int index) const
{
    const int across = columns(width());
    return {1 + index % across * cell().width(), 1 + index / across * cell().height(),
            cell().width() - kGap, cell().width() - kGap};
}

int ImageStrip::indexAt(const QPoint& position) const
{
    for (int i = 0; i < count(); ++i)
        if (itemRect(i).adjusted(0, 0, 0, kCaption).contains(position))
            return i;
    return -1;
}

void ImageStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setOpacity(isEnabled() ? 1 : kStaleOpacity);
    const Theme& theme = themeOf(palette());
    painter.setFont(captionFont());
    for (int i = 0; i < count(); ++i) {
        const Item& one = item(i);
        const QRect frame = itemRect(i);
        painter.fillRect(frame, theme.hairline);
        painter.drawImage(frame.adjusted(1, 1, -1, -1), one.image);
        if (one.patch) {
            const QRect patch(frame.left() + 1 + one.patch->left() * m_scale,
                              frame.top() + 1 + one.patch->top() * m_scale,
                              one.patch->width() * m_scale, one.patch->height() * m_scale);
            painter.setPen(lightTheme().accent); // on paper, whatever the theme
            painter.drawRect(patch.adjusted(0, 0, -1, -1));
        }
        if (hasFocus() && i == m_current) {
            painter.setPen(QPen(theme.accent, 2));
            painter.drawRect(frame);
        }
        painter.setPen(one.warned ? theme.warning : theme.secondary);
        painter.drawText(frame.left() - kGap / 2, frame.bottom() + 2, frame.width() + kGap,
                         kCaption, Qt::AlignCenter, one.caption);
    }
}

void ImageStrip::mousePressEvent(QMouseEvent* event)
{
    const int index = indexAt(event->position().toPoint());
    if (index < 0)
        return;
    m_current = index;
    emit chosen(index);
}

void ImageStrip::keyPressEvent(QKeyEvent* event)
{
    const int across = columns(width());
    int step = 0;
    switch (event->key()) {
    case Qt::Key_Left:
        step = -1;
        break;
    case Qt::Key_Right:
        step = 1;
        break;
    case Qt::Key_Up:
        step = -across;
        break;
    case Qt::Key_Down:
        step = across;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_current < count())
            emit chosen(m_current);
        return;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    if (m_current + step >= 0 && m_current + step < count())
        m_current += step;
    update();
}

void ImageStrip::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void ImageStrip::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

bool ImageStrip::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up ||
            key == Qt::Key_Down) {
            event->accept(); // the window walks units with the same keys
            return true;
        }
    }
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const int index = indexAt(help->pos()); index >= 0)
            QToolTip::showText(help->globalPos(), item(index).tip, this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace ui
