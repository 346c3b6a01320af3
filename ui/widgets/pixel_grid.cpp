// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pixel_grid.h"

#include "ui/figures/style.h"
#include "ui/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace ui
{

PixelGrid::PixelGrid(const QString& name, QWidget* parent) : QWidget(parent)
{
    setAccessibleName(name);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void PixelGrid::setSide(int side)
{
    m_side = side;
    updateGeometry();
    update();
}

void PixelGrid::setMap(HeatMap map)
{
    const bool resized = map.rows != m_map.rows || map.columns != m_map.columns;
    m_map = std::move(map);
    if (resized) {
        m_cursor = {0, 0};
        m_outline.reset();
        m_marked.clear();
        updateGeometry();
    }
    update();
}

void PixelGrid::setOutline(std::optional<QRect> cells)
{
    m_outline = cells;
    update();
}

void PixelGrid::setMarked(std::vector<bool> cells)
{
    m_marked = std::move(cells);
    update();
}

void PixelGrid::setChoosable(bool choosable)
{
    m_choosable = choosable;
    setFocusPolicy(choosable ? Qt::StrongFocus : Qt::NoFocus);
}

void PixelGrid::setStale(bool stale)
{
    if (stale == m_stale)
        return;
    m_stale = stale;
    update();
}

int PixelGrid::scale() const
{
    return std::max(1, m_side / std::max({1, m_map.rows, m_map.columns}));
}

QSize PixelGrid::sizeHint() const
{
    return {scale() * std::max(1, m_map.columns) + 4, scale() * std::max(1, m_map.rows) + 4};
}

QRect PixelGrid::cellRect(int row, int column) const
{
    return {2 + column * scale(), 2 + row * scale(), scale(), scale()};
}

std::optional<QPoint> PixelGrid::cellAt(const QPointF& position) const
{
    const QPoint cell((position.toPoint() - QPoint(2, 2)) / scale());
    if (position.x() < 2 || position.y() < 2 || cell.x() >= m_map.columns || cell.y() >= m_map.rows)
        return std::nullopt;
    return cell;
}

void PixelGrid::paintEvent(QPaintEvent*)
{
    if (m_map.rows == 0 || m_map.columns == 0)
        return;
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    const QRect area(2, 2, scale() * m_map.columns, scale() * m_map.rows);
    painter.fillRect(area.adjusted(-1, -1, 1, 1), theme.hairline);
    paintHeatMap(painter, area, m_map, screenStyle(palette(), font()));
    painter.setBrush(Qt::NoBrush);
    for (int cell = 0; cell < static_cast<int>(m_marked.size()); ++cell) {
        if (!m_marked[static_cast<std::size_t>(cell)])
            continue;
        const QRect place = cellRect(cell / m_map.columns, cell % m_map.columns);
        painter.setPen(theme.accent);
        if (place.width() >= 4)
            painter.drawRect(place.adjusted(0, 0, -1, -1));
        else
            painter.fillRect(place, theme.accent);
    }
    if (m_outline) {
        const QRect outlined = cellRect(m_outline->top(), m_outline->left())
                                   .united(cellRect(m_outline->bottom(), m_outline->right()));
        painter.setPen(QPen(theme.accent, 2));
        painter.drawRect(outlined.adjusted(0, 0, -1, -1));
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 1, Qt::DotLine));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
        painter.setPen(theme.text);
        painter.drawRect(cellRect(m_cursor.y(), m_cursor.x()).adjusted(-1, -1, 0, 0));
    }
    if (m_stale) {
        QColor veil = theme.panel;
        veil.setAlphaF(0.55F);
        painter.fillRect(rect(), veil);
    }
}

void PixelGrid::mouseMoveEvent(QMouseEvent* event)
{
    if (const auto cell = cellAt(event->position()))
        emit hovered(cell->y(), cell->x());
    else
        emit left();
}

void PixelGrid::leaveEvent(QEvent*)
{
    emit left();
}

void PixelGrid::mousePressEvent(QMouseEvent* event)
{
    const auto cell = cellAt(event->position());
    if (!m_choosable || !cell)
        return;
    m_cursor = *cell;
    emit chosen(cell->y(), cell->x());
}

void PixelGrid::keyPressEvent(QKeyEvent* event)
{
    QPoint step;
    switch (event->key()) {
    case Qt::Key_Left:
        step = {-1, 0};
        break;
    case Qt::Key_Right:
        step = {1, 0};
        break;
    case Qt::Key_Up:
        step = {0, -1};
        break;
    case Qt::Key_Down:
        step = {0, 1};
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        emit chosen(m_cursor.y(), m_cursor.x());
        return;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    m_cursor += step;
    m_cursor.setX(std::clamp(m_cursor.x(), 0, std::max(0, m_map.columns - 1)));
    m_cursor.setY(std::clamp(m_cursor.y(), 0, std::max(0, m_map.rows - 1)));
    emit hovered(m_cursor.y(), m_cursor.x());
    update();
}

void PixelGrid::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void PixelGrid::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

bool PixelGrid::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && m_choosable) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up ||
            key == Qt::Key_Down) {
            event->accept(); // the window walks units with the same keys
            return true;
        }
    }
    return QWidget::event(event);
}

} // namespace ui
