// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/scene_canvas.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>

#include <cmath>
#include <utility>

namespace ui
{

SceneCanvas::SceneCanvas(QWidget* parent) : QWidget(parent)
{
    setMouseTracking(true);
    setAccessibleName(tr("Figure"));
}

void SceneCanvas::showFigure(std::shared_ptr<const SceneFigure> figure)
{
    m_figure = std::move(figure);
    setAccessibleName(m_figure ? m_figure->title() : tr("Figure"));
    setAccessibleDescription(m_figure ? m_figure->caption() : QString());
    invalidate();
}

void SceneCanvas::setRoom(QSize room)
{
    if (room == m_room)
        return;
    m_room = room;
    invalidate();
}

void SceneCanvas::setMarks(std::vector<SceneMark> marks)
{
    m_marks = std::move(marks);
    update();
}

void SceneCanvas::keepPicture()
{
    m_kept = true;
    update();
}

void SceneCanvas::setStale(bool stale)
{
    if (stale == m_stale)
        return;
    m_stale = stale;
    update();
}

const Scene* SceneCanvas::scene() const
{
    if (!m_scene)
        layOut();
    return m_scene ? &*m_scene : nullptr;
}

void SceneCanvas::invalidate()
{
    m_scene.reset();
    m_pictureIsOld = true;
    update();
    if (m_fitQueued || !isVisible())
        return;
    m_fitQueued = true;
    QMetaObject::invokeMethod(this, &SceneCanvas::fitHeight, Qt::QueuedConnection);
}

void SceneCanvas::layOut() const
{
    if (!m_figure || m_room.width() <= 0)
        return;
    m_scene = m_figure->scene(m_room.width(), screenStyle(palette(), font()), m_room.height());
}

/// Not while painting: a new height makes the scroll area lay itself out.
void SceneCanvas::fitHeight()
{
    m_fitQueued = false;
    const Scene* laidOut = scene();
    const int height =
        laidOut == nullptr ? 0 : static_cast<int>(std::ceil(laidOut->height())) + 2 * kMargin;
    if (height == minimumHeight())
        return;
    setMinimumHeight(height);
    emit heightFitted(height);
}

void SceneCanvas::paintEvent(QPaintEvent*)
{
    const Scene* laidOut = scene();
    if (laidOut == nullptr)
        return;
    QPainter painter(this);
    if (m_kept)
        paintKept(painter);
    painter.setRenderHint(QPainter::TextAntialiasing);
    painter.translate(kMargin, kMargin);
    if (!m_kept)
        laidOut->paint(painter);
    for (const SceneMark& mark : m_marks)
        paintMark(painter, mark);
    if (m_stale) {
        QColor veil = laidOut->style().background;
        veil.setAlphaF(0.55F);
        painter.fillRect(rect().translated(-kMargin, -kMargin), veil);
    }
}

/// The figure without its marks, painted anew only where it has changed.
void SceneCanvas::paintKept(QPainter& painter)
{
    const QSize pixels = size() * devicePixelRatioF();
    if (m_picture.size() != pixels) {
        m_picture = QPixmap(pixels);
        m_picture.setDevicePixelRatio(devicePixelRatioF());
        m_pictureIsOld = true;
    }
    if (std::exchange(m_pictureIsOld, false)) {
        m_picture.fill(m_scene->style().background);
        QPainter inside(&m_picture);
        inside.setRenderHint(QPainter::TextAntialiasing);
        inside.setFont(font());
        inside.translate(kMargin, kMargin);
        m_scene->paint(inside);
    }
    painter.drawPixmap(0, 0, m_picture);
}

void SceneCanvas::paintMark(QPainter& painter, const SceneMark& mark) const
{
    if (const SceneLink* link = m_scene->findLink(mark.key)) {
        paintMark(painter, *link);
        return;
    }
    const std::optional<QRectF> found = m_scene->areaOf(mark.key);
    if (!found)
        return;
    QRectF area = *found;
    const SceneMap* map = m_scene->find(mark.key);
    if (mark.cells && map != nullptr) {
        const QRect& cells = *mark.cells;
        area = map->map->cell(map->area, cells.top(), cells.left())
                   .united(map->map->cell(map->area, cells.bottom(), cells.right()));
    }
    const bool selected = mark.kind == MarkKind::Selected;
    const FigureStyle& style = m_scene->style();
    painter.setBrush(Qt::NoBrush);
    const auto outline = [&](const QColor& colour, double width, double distance) {
        painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.drawRect(area.adjusted(-distance, -distance, distance, distance));
    };
    if (mark.cells) // a line of each brightness, so that it shows on every colour below
        outline(style.background, 1, selected ? 2.5 : 1.5);
    outline(selected ? style.accent : style.text, selected ? 2 : 1, selected ? 1 : 0.5);
}

/// In its own colour again, between two lines.
void SceneCanvas::paintMark(QPainter& painter, const SceneLink& link) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(
        QPen(m_scene->style().text, link.width + 3, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    painter.drawPolyline(link.points);
    painter.setPen(QPen(link.colour, link.width + 1, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    painter.drawPolyline(link.points);
    painter.restore();
}

void SceneCanvas::mouseMoveEvent(QMouseEvent* event)
{
    const Scene* laidOut = scene();
    const std::optional<SceneHit> hit =
        laidOut == nullptr ? std::nullopt
                           : laidOut->at(event->position() - QPointF(kMargin, kMargin));
    if (hit == m_hit)
        return;
    m_hit = hit;
    emit hovered(hit);
}

void SceneCanvas::mousePressEvent(QMouseEvent* event)
{
    const Scene* laidOut = scene();
    if (laidOut == nullptr || event->button() != Qt::LeftButton)
        return;
    if (const auto hit = laidOut->at(event->position() - QPointF(kMargin, kMargin)))
        emit clicked(*hit);
}

void SceneCanvas::leaveEvent(QEvent*)
{
    if (!m_hit)
        return;
    m_hit.reset();
    emit hovered(m_hit);
}

void SceneCanvas::showEvent(QShowEvent*)
{
    fitHeight();
}

void SceneCanvas::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        invalidate();
    QWidget::changeEvent(event);
}

} // namespace ui
