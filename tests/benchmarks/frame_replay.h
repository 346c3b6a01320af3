// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/benchmarks/window_benchmark.h"

#include "ui/widgets/scene_canvas.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTimer>
#include <QWheelEvent>
#include <QWidget>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

namespace benchmark
{

/// One thing that a person does again and again.
struct Course {
    std::string name;
    int steps = 0;
    std::function<void()> begin; ///< not measured; may be empty
    std::function<void(int)> step;
    std::function<void()> end; ///< likewise
};

/// Goes through courses in the event loop and prints how long their steps take, from the event to
/// the end of all repainting; the next step waits until the window has nothing left to do. Ends the
/// program.
class FrameReplay : public QObject
{
public:
    explicit FrameReplay(std::vector<Course> courses) : m_courses(std::move(courses))
    {
        connect(&m_idle, &QTimer::timeout, this, &FrameReplay::pass);
    }

    void start()
    {
        beginCourse();
        m_idle.start(0);
    }

private:
    using Clock = std::chrono::steady_clock;

    void beginCourse()
    {
        m_times.clear();
        m_work.clear();
        if (m_courses[m_course].begin)
            m_courses[m_course].begin();
        m_waiting = kSettling;
        m_measuring = false;
    }

    /// A pass of the event loop after an event holds what it queued and the repainting, so a step
    /// lasts until this has been called with nothing posted in between.
    void pass()
    {
        if (m_waiting > 0) {
            if (--m_waiting == 0 && m_measuring) {
                m_times.push_back(
                    std::chrono::duration<double, std::milli>(Clock::now() - m_sent).count());
                m_work.push_back(threadMilliseconds() - m_sentWork);
            }
            return;
        }
        const Course& course = m_courses[m_course];
        if (static_cast<int>(m_times.size()) == course.steps) {
            finishCourse();
            return;
        }
        m_measuring = true;
        m_sent = Clock::now();
        m_sentWork = threadMilliseconds();
        course.step(static_cast<int>(m_times.size()));
        m_waiting = 3; // passes: who is told, views that ask for repainting, the painting
    }

    void finishCourse()
    {
        std::printf("%s\n", m_courses[m_course].name.c_str());
        print("elapsed", m_times);
        print("processor", m_work);
        if (m_courses[m_course].end)
            m_courses[m_course].end();
        if (++m_course < m_courses.size())
            beginCourse();
        else
            QApplication::quit();
    }

    static void print(const char* what, std::vector<double> times)
    {
        std::ranges::sort(times);
        const auto count = static_cast<double>(times.size());
        const auto within = [&](double limit) {
            return 100.0 *
                   static_cast<double>(std::ranges::upper_bound(times, limit) - times.begin()) /
                   count;
        };
        std::printf("  %-10s mean %6.2f ms   median %6.2f   99 %% %6.2f   worst %6.2f   within "
                    "16 ms %5.1f %%, 33 ms %5.1f %%\n",
                    what, std::reduce(times.begin(), times.end()) / count, times[times.size() / 2],
                    times[times.size() * 99 / 100], times.back(), within(16), within(33));
    }

    static constexpr int kSettling = 200;

    std::vector<Course> m_courses;
    QTimer m_idle;
    std::size_t m_course = 0;
    int m_waiting = 0;
    bool m_measuring = false;
    Clock::time_point m_sent;
    double m_sentWork = 0;
    std::vector<double> m_times; ///< by the clock on the wall
    std::vector<double> m_work;  ///< the processor's time of this thread, which does all of it
};

inline void sendMouse(QWidget* widget, QEvent::Type type, const QPointF& at,
                      Qt::MouseButton button = Qt::NoButton)
{
    QMouseEvent event(type, at, widget->mapToGlobal(at), button,
                      type == QEvent::MouseButtonRelease ? Qt::NoButton : button, {});
    QCoreApplication::sendEvent(widget, &event);
}

inline void sendWheel(QWidget* widget, const QPointF& at, int clicks)
{
    QWheelEvent event(at, widget->mapToGlobal(at), {}, {0, 120 * clicks}, Qt::NoButton, {},
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(widget, &event);
}

/// The pointer goes to and fro over a plane of the canvas, the wheel zooms in and out, the hand
/// drags it about.
inline std::vector<Course> planeCourses(ui::SceneCanvas* canvas, ui::SceneHit of)
{
    const auto plane = [canvas, of] {
        return canvas->scene()->areaOf(of)->translated(ui::SceneCanvas::kMargin,
                                                       ui::SceneCanvas::kMargin);
    };
    const auto at = [plane](double across, double up) {
        const QRectF area = plane();
        return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height());
    };
    const auto along = [](int step) { return 0.5 + 0.45 * std::sin(0.37 * step); };
    const auto height = [](int step) { return 0.5 + 0.45 * std::cos(0.23 * step); };
    return {{"hover over the plot",
             300,
             {},
             [=](int step) { sendMouse(canvas, QEvent::MouseMove, at(along(step), height(step))); },
             {}},
            {"zoom by the wheel",
             100,
             {},
             [=](int step) { sendWheel(canvas, at(0.5, 0.5), step % 10 < 5 ? 1 : -1); },
             {}},
            {"drag the plot", 200,
             [=] { sendMouse(canvas, QEvent::MouseButtonPress, at(0.5, 0.5), Qt::LeftButton); },
             [=](int step) {
                 sendMouse(canvas, QEvent::MouseMove,
                           at(0.5 + 0.1 * std::sin(0.2 * step), 0.5 + 0.1 * std::cos(0.2 * step)),
                           Qt::LeftButton);
             },
             [=] { sendMouse(canvas, QEvent::MouseButtonRelease, at(0.5, 0.5), Qt::LeftButton); }}};
}

inline Course scrollCourse(QAbstractItemView* table)
{
    return {"scroll the table",
            200,
            {},
            [table](int step) {
                QScrollBar* bar = table->verticalScrollBar();
                bar->setValue((53 * step) % (bar->maximum() + 1));
            },
            {}};
}

} // namespace benchmark
