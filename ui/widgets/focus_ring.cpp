// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/focus_ring.h"

#include <QFocusEvent>
#include <QFrame>
#include <QScrollArea>

namespace ui
{

FocusRing::FocusRing(QWidget* widget)
    : QObject(widget), m_widget(widget), m_ring(new QFrame(widget))
{
    m_ring->setProperty("role", "focus-ring");
    m_ring->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_ring->hide();
    widget->installEventFilter(this);
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn) {
        const Qt::FocusReason reason = static_cast<QFocusEvent*>(event)->reason();
        m_ring->setGeometry(m_widget->rect());
        m_ring->raise();
        m_ring->setVisible(reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason);
    } else if (event->type() == QEvent::FocusOut) {
        m_ring->hide();
    } else if (event->type() == QEvent::Resize) {
        m_ring->setGeometry(m_widget->rect());
    }
    return QObject::eventFilter(watched, event);
}

void scrollByKeys(QScrollArea* area, const QString& name)
{
    area->setFocusPolicy(Qt::TabFocus);
    area->setAccessibleName(name);
    new FocusRing(area);
}

} // namespace ui
