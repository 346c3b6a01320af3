// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QFrame;
class QScrollArea;
class QWidget;

namespace ui
{

/// Draws the accent colour around a widget that has nothing of its own to show that it has the
/// focus, while it came there by key. Belongs to the widget.
class FocusRing : public QObject
{
    Q_OBJECT

public:
    explicit FocusRing(QWidget* widget);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* m_widget;
    QFrame* m_ring;
};

/// Tab leads to the area, a click does not; while it has the focus, keys scroll it.
void scrollByKeys(QScrollArea* area, const QString& name);

} // namespace ui
