// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPoint>

#include <functional>
#include <optional>

class QWidget;

namespace ui
{

constexpr double kZoomStep = 1.25; ///< of a notch of the wheel, or a key

/// Wheel and mouse over a plane that is drawn on a widget: the wheel zooms, dragging moves, a
/// double click goes back. With the focus on the widget, plus and minus zoom, left and right move,
/// Home goes back. Places and ways are shares of the plane, from its left and its bottom.
class PlaneSteering : public QObject
{
    Q_OBJECT

public:
    /// Where a place of the widget is in the plane; absent outside.
    using Share = std::function<std::optional<QPointF>(const QPointF& place)>;

    PlaneSteering(QWidget* widget, Share share);

signals:
    void zoomed(double factor, double across, double up);
    void moved(double across, double up);
    void released();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    bool drag(const QPoint& to);
    bool steer(int key);

    Share m_share;
    std::optional<QPoint> m_grip; ///< while dragging: where it was last
};

} // namespace ui
