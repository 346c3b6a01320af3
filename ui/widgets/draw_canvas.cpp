// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/draw_canvas.h"

#include "ui/figures/colour_map.h"
#include "ui/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QTabletEvent>

#include <algorithm>

namespace ui
{

namespace
{

constexpr std::size_t kUndoSteps = 50;
constexpr int kPreferredScale = 7;

QImage imageOf(const InkSheet& sheet)
{
    QImage image(sheet.width(), sheet.height(), QImage::Format_RGB32);
    for (int row = 0; row < sheet.height(); ++row) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(row));
        for (int column = 0; column < sheet.width(); ++column)
            line[column] =
                colourAt(ColourMap::Grey,
                         sheet.pixels()[static_cast<std::size_t>(row * sheet.width() + column)]);
    }
    return image;
}

} // namespace

DrawCanvas::DrawCanvas(QWidget* parent) : QWidget(parent)
{
    setMouseTracking(true);
    setAccessibleName(tr("Input image"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_report.setSingleShot(true);
    m_report.setInterval(0);
    connect(&m_report, &QTimer::timeout, this, &DrawCanvas::drawn);
}

void DrawCanvas::setEditable(bool editable)
{
    m_editable = editable;
    m_last.reset();
    // Only Tab leads here: after a stroke with the mouse the arrow keys still walk the network.
    setFocusPolicy(editable ? Qt::TabFocus : Qt::NoFocus);
    setAccessibleName(editable ? tr("Canvas to draw a digit on") : tr("Input image"));
    setAccessibleDescription(
        editable ? tr("Arrow keys move the cursor, Space sets the pen down and lifts it")
                 : QString());
    setCursor(editable ? Qt::CrossCursor : Qt::ArrowCursor);
    update();
}

void DrawCanvas::setCentring(bool centring)
{
    m_centring = centring;
    if (m_editable)
        changed();
}

void DrawCanvas::setPixels(std::vector<float> pixels, int height, int width)
{
    if (height != m_sheet.height() || width != m_sheet.width()) {
        m_sheet = InkSheet(height, width);
        updateGeometry();
    }
    m_sheet.setPixels(std::move(pixels));
    m_undo.clear();
    emit undoChanged();
    update();
}

std::vector<float> DrawCanvas::networkInput() const
{
    return m_centring ? centredByMass(pixels(), m_sheet.height(), m_sheet.width()) : pixels();
}

void DrawCanvas::clear()
{
    if (m_sheet.empty())
        return;
    remember();
    m_sheet.clear();
    changed();
}

void DrawCanvas::undo()
{
    if (m_undo.empty())
        return;
    m_sheet.setPixels(std::move(m_undo.back()));
    m_undo.pop_back();
    emit undoChanged();
    changed();
}

int DrawCanvas::pixelScale() const
{
    return std::max(1,
                    std::min((width() - 2) / m_sheet.width(), (height() - 2) / m_sheet.height()));
}

QSize DrawCanvas::sizeHint() const
{
    return {m_sheet.width() * kPreferredScale + 2, m_sheet.height() * kPreferredScale + 2};
}

QSize DrawCanvas::minimumSizeHint() const
{
    return {m_sheet.width() + 2, m_sheet.height() + 2};
}

QRect DrawCanvas::imageRect() const
{
    const QSize size(m_sheet.width() * pixelScale(), m_sheet.height() * pixelScale());
    return {QPoint((width() - size.width()) / 2, (height() - size.height()) / 2), size};
}

void DrawCanvas::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRect rect = imageRect();
    painter.drawImage(rect, imageOf(m_sheet));
    const Theme& theme = themeOf(palette());
    painter.setPen(m_editable ? theme.accent : theme.hairline);
    painter.drawRect(rect.adjusted(-1, -1, 0, 0));
    if (hasFocus()) {
        const int scale = pixelScale();
        const QRect cell(rect.topLeft() + m_cursor * scale, QSize(scale, scale));
        painter.setPen(QPen(theme.accent, m_last ? 3 : 1));
        painter.drawRect(cell.adjusted(-2, -2, 1, 1));
        painter.setPen(QPen(theme.accent, 2));
        painter.drawRect(rect.adjusted(0, 0, -1, -1));
    }
    if (!m_editable || !m_sheet.empty())
        return;
    painter.setPen(lightTheme().secondary);
    painter.drawText(rect, Qt::AlignCenter, tr("Draw a digit here"));
}

InkPoint DrawCanvas::inkPoint(const QPointF& position, double pressure) const
{
    const QPointF within = (position - imageRect().topLeft()) / pixelScale();
    return {within.x(), within.y(), pressure};
}

void DrawCanvas::mousePressEvent(QMouseEvent* event)
{
    const bool erase = event->button() == Qt::RightButton;
    if (m_editable && (erase || event->button() == Qt::LeftButton))
        beginStroke(inkPoint(event->position(), 1), erase ? InkTool::Eraser : m_tool);
}

void DrawCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (m_last)
        continueStroke(inkPoint(event->position(), 1));
    reportHover(event->position());
}

void DrawCanvas::mouseReleaseEvent(QMouseEvent*)
{
    endStroke();
}

void DrawCanvas::tabletEvent(QTabletEvent* event)
{
    if (!m_editable)
        return;
    const bool erase = event->pointerType() == QPointingDevice::PointerType::Eraser;
    const InkPoint point = inkPoint(event->position(), event->pressure());
    if (event->type() == QEvent::TabletPress)
        beginStroke(point, erase ? InkTool::Eraser : m_tool);
    else if (event->type() == QEvent::TabletMove && m_last)
        continueStroke(point);
    else if (event->type() == QEvent::TabletRelease)
        endStroke();
    event->accept();
}

void DrawCanvas::leaveEvent(QEvent*)
{
    emit hovered({});
}

InkPoint DrawCanvas::atCursor() const
{
    return {m_cursor.x() + 0.5, m_cursor.y() + 0.5, 1};
}

void DrawCanvas::moveCursor(QPoint step)
{
    m_cursor = QPoint(std::clamp(m_cursor.x() + step.x(), 0, m_sheet.width() - 1),
                      std::clamp(m_cursor.y() + step.y(), 0, m_sheet.height() - 1));
    if (m_last)
        continueStroke(atCursor());
    emit hovered(m_cursor);
    update();
}

namespace
{

/// The step of an arrow key; none for any other key.
QPoint stepOf(const QKeyEvent& event)
{
    if (event.modifiers() & ~Qt::KeypadModifier)
        return {};
    switch (event.key()) {
    case Qt::Key_Left:
        return {-1, 0};
    case Qt::Key_Right:
        return {1, 0};
    case Qt::Key_Up:
        return {0, -1};
    case Qt::Key_Down:
        return {0, 1};
    default:
        return {};
    }
}

} // namespace

bool DrawCanvas::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (!stepOf(*key).isNull() || key->key() == Qt::Key_Space) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void DrawCanvas::keyPressEvent(QKeyEvent* event)
{
    const QPoint step = stepOf(*event);
    if (!step.isNull())
        moveCursor(step);
    else if (event->key() != Qt::Key_Space || event->isAutoRepeat())
        QWidget::keyPressEvent(event);
    else if (m_last)
        endStroke();
    else
        beginStroke(atCursor(), m_tool);
    update();
}

void DrawCanvas::focusOutEvent(QFocusEvent* event)
{
    endStroke();
    QWidget::focusOutEvent(event);
}

void DrawCanvas::beginStroke(const InkPoint& point, InkTool tool)
{
    remember();
    m_strokeTool = tool;
    m_last = point;
    continueStroke(point);
}

void DrawCanvas::continueStroke(const InkPoint& point)
{
    m_sheet.stroke(*m_last, point, m_strokeTool);
    m_last = point;
    changed();
}

void DrawCanvas::endStroke()
{
    m_last.reset();
}

void DrawCanvas::remember()
{
    m_undo.push_back(m_sheet.pixels());
    if (m_undo.size() > kUndoSteps)
        m_undo.erase(m_undo.begin());
    emit undoChanged();
}

void DrawCanvas::changed()
{
    update();
    if (!m_report.isActive())
        m_report.start();
}

void DrawCanvas::reportHover(const QPointF& position)
{
    const InkPoint point = inkPoint(position, 1);
    const QPoint pixel(static_cast<int>(std::floor(point.x)),
                       static_cast<int>(std::floor(point.y)));
    if (QRect(0, 0, m_sheet.width(), m_sheet.height()).contains(pixel))
        emit hovered(pixel);
    else
        emit hovered({});
}

} // namespace ui
