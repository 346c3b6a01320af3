// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plane_steering.h"

#include <QMouseEvent>
#include <QWidget>

#include <cmath>

namespace ui
{

PlaneSteering::PlaneSteering(QWidget* widget, Share share)
    : QObject(widget), m_share(std::move(share))
{
    widget->installEventFilter(this);
}

bool PlaneSteering::drag(const QPoint& to)
{
    const auto before = m_share(*m_grip);
    const auto after = m_share(to);
    if (!before || !after)
        return true;
    m_grip = to;
    emit moved(before->x() - after->x(), before->y() - after->y());
    return true;
}

namespace
{

bool isSteeringKey(int key)
{
    return key == Qt::Key_Plus || key == Qt::Key_Minus || key == Qt::Key_Equal ||
           key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Home;
}

} // namespace

bool PlaneSteering::steer(int key)
{
    constexpr double kMove = 0.1;
    switch (key) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: // without Shift on most keyboards
        emit zoomed(kZoomStep, 0.5, 0.5);
        return true;
    case Qt::Key_Minus:
        emit zoomed(1 / kZoomStep, 0.5, 0.5);
        return true;
    case Qt::Key_Left:
        emit moved(-kMove, 0);
        return true;
    case Qt::Key_Right:
        emit moved(kMove, 0);
        return true;
    case Qt::Key_Home:
        emit released();
        return true;
    default:
        return false;
    }
}

bool PlaneSteering::eventFilter(QObject*, QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride &&
        isSteeringKey(static_cast<QKeyEvent*>(event)->key())) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::KeyPress)
        return steer(static_cast<QKeyEvent*>(event)->key());
    if (event->type() == QEvent::Wheel) {
        const auto* wheel = static_cast<QWheelEvent*>(event);
        const auto share = m_share(wheel->position());
        if (share)
            emit zoomed(std::pow(kZoomStep, wheel->angleDelta().y() / 120.0), share->x(),
                        share->y());
        return share.has_value();
    }
    if (event->type() == QEvent::MouseButtonDblClick) {
        emit released();
        return true;
    }
    if (event->type() == QEvent::MouseButtonPress) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        if (mouse->button() == Qt::LeftButton && m_share(mouse->position()))
            m_grip = mouse->pos();
    } else if (event->type() == QEvent::MouseButtonRelease) {
        m_grip.reset();
    } else if (event->type() == QEvent::MouseMove && m_grip) {
        return drag(static_cast<QMouseEvent*>(event)->pos());
    }
    return false;
}

} // namespace ui
