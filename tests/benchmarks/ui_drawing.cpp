// SPDX-License-Identifier: GPL-3.0-or-later
// How long a step of a stroke takes over the complete window, for each view: from the mouse event
// to the end of all repainting. The number to compare is that of one core:
//     QT_QPA_PLATFORM=offscreen taskset -c 0 build/release/bin/ui_drawing [MODEL]
#include "tests/benchmarks/window_benchmark.h"
#include "ui/data_source.h"
#include "ui/main_window.h"
#include "ui/panels/input_panel.h"
#include "ui/runs/queue_source.h"
#include "ui/runs/run_board.h"
#include "ui/session.h"
#include "ui/views/view.h"
#include "ui/views/views.h"
#include "ui/widgets/draw_canvas.h"

#include <QApplication>
#include <QMouseEvent>
#include <QStandardPaths>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <vector>

namespace
{

using Clock = std::chrono::steady_clock;

constexpr int kSteps = 200;

void print(const char* what, std::vector<double> times)
{
    std::ranges::sort(times);
    std::printf("  %-10s mean %6.2f ms   median %6.2f   99 %% %6.2f   worst %6.2f\n", what,
                std::reduce(times.begin(), times.end()) / kSteps, times[kSteps / 2],
                times[kSteps * 99 / 100], times.back());
}

/// Draws circles, one step at a time; the next step waits until the window has nothing left to do.
class Replay : public QObject
{
public:
    Replay(ui::MainWindow& window, ui::Session& session) : m_window(window), m_session(session)
    {
        connect(&m_idle, &QTimer::timeout, this, &Replay::step);
    }

    void start()
    {
        if (!m_session.activations() || m_session.classStatistics().running) {
            QTimer::singleShot(50, this, &Replay::start); // LibTorch is still loading
            return;
        }
        showView(0);
        m_idle.start(0);
    }

private:
    void showView(std::size_t view)
    {
        m_view = view;
        m_times.clear();
        m_work.clear();
        m_window.showView(static_cast<int>(view));
        m_window.input()->setDrawing(true);
        m_window.input()->canvas()->clear();
        send(QEvent::MouseButtonPress, point(0));
    }

    QPointF point(int step) const
    {
        const ui::DrawCanvas& canvas = *m_window.input()->canvas();
        const double angle = 0.2 * step;
        const double radius = canvas.height() * (0.15 + 0.2 * step / kSteps);
        return QPointF(canvas.rect().center()) +
               QPointF(radius * std::cos(angle), radius * std::sin(angle));
    }

    void send(QEvent::Type type, const QPointF& at)
    {
        QWidget* canvas = m_window.input()->canvas();
        QMouseEvent event(type, at, canvas->mapToGlobal(at), Qt::LeftButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(canvas, &event);
    }

    /// A pass of the event loop after an event holds the evaluation (the canvas' own timer) and the
    /// repainting, so a step lasts until this is called with nothing posted in between.
    void step()
    {
        if (m_waiting > 0) {
            if (--m_waiting == 0) {
                m_times.push_back(
                    std::chrono::duration<double, std::milli>(Clock::now() - m_sent).count());
                m_work.push_back(benchmark::threadMilliseconds() - m_sentWork);
            }
            return;
        }
        if (static_cast<int>(m_times.size()) == kSteps) {
            finishView();
            return;
        }
        m_sent = Clock::now();
        m_sentWork = benchmark::threadMilliseconds();
        send(QEvent::MouseMove, point(static_cast<int>(m_times.size())));
        m_waiting = 3; // passes: the canvas reports, views ask for repainting, the painting
    }

    void finishView()
    {
        std::printf("%s\n", qPrintable(m_window.views()[m_view]->title()));
        print("elapsed", m_times);
        print("processor", m_work);
        send(QEvent::MouseButtonRelease, point(0));
        if (m_view + 1 < m_window.views().size())
            showView(m_view + 1);
        else
            QApplication::quit();
    }

    ui::MainWindow& m_window;
    ui::Session& m_session;
    QTimer m_idle;
    std::size_t m_view = 0;
    int m_waiting = 0;
    Clock::time_point m_sent;
    double m_sentWork = 0;
    std::vector<double> m_times; ///< by the clock on the wall
    std::vector<double> m_work;  ///< the processor's time of this thread, which does all of it
};

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    ui::ThemeSwitch themes;
    themes.apply(ui::ThemeChoice::Light);
    ui::Session session(1);
    ui::DataSource source("/nowhere", {});
    ui::RunBoard board(ui::queueSource("/nowhere", 1));
    ui::MainWindow window(session, source, board, themes, ui::makeViews);
    window.resize(1280, 800);
    session.addModel(benchmark::makeModel(argc > 1 ? argv[1] : nullptr));
    window.show();
    Replay replay(window, session);
    replay.start();
    return QApplication::exec();
}
