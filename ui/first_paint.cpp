// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/first_paint.h"

#include <QEvent>
#include <QFile>
#include <QTimer>
#include <QWidget>

#include <unistd.h>

#include <utility>

namespace ui
{

namespace
{

class PaintWatch : public QObject
{
public:
    PaintWatch(QWidget& window, std::function<void()> action)
        : QObject(&window), m_action(std::move(action))
    {
        window.installEventFilter(this);
    }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint) {
            watched->removeEventFilter(this);
            // After the paint event and the flush to the screen that follows it.
            QTimer::singleShot(0, this, [this] { m_action(); });
        }
        return false;
    }

private:
    std::function<void()> m_action;
};

} // namespace

void afterFirstPaint(QWidget& window, std::function<void()> action)
{
    new PaintWatch(window, std::move(action)); // belongs to the window
}

double millisecondsSinceStart()
{
    QFile stat("/proc/self/stat");
    QFile uptime("/proc/uptime");
    if (!stat.open(QIODevice::ReadOnly) || !uptime.open(QIODevice::ReadOnly))
        return 0;
    // The second field is the program's name, which may hold blanks but ends with the last bracket.
    const QByteArray text = stat.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    constexpr int kStartTime = 19; // field 22 of proc(5)
    const double started = fields.value(kStartTime).toDouble() / double(sysconf(_SC_CLK_TCK));
    return 1000 * (uptime.readAll().split(' ').value(0).toDouble() - started);
}

} // namespace ui
