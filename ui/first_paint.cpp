// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/first_paint.h"

#include <QApplication>
#include <QFile>
#include <QTimer>
#include <QWidget>

#include <unistd.h>

#include <cstdio>

namespace ui
{

namespace
{

/// Since the process was started, which is before main(): the loader's work counts. In steps of the
/// kernel's clock, usually 10 ms.
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

class PaintWatch : public QObject
{
public:
    using QObject::QObject;

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint) {
            watched->removeEventFilter(this);
            // After the paint event and the flush to the screen that follows it.
            QTimer::singleShot(0, this, [] {
                std::printf("first paint after %.0f ms\n", millisecondsSinceStart());
                std::fflush(stdout);
                QApplication::quit();
            });
        }
        return false;
    }
};

} // namespace

void quitAfterFirstPaint(QWidget& window)
{
    window.installEventFilter(new PaintWatch(&window));
}

} // namespace ui
