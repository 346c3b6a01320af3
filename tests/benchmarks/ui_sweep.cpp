// SPDX-License-Identifier: GPL-3.0-or-later
// How fluid the Sweep view is with 1,000 trials in it: how long until they are shown, and for each
// of its pictures how long the window takes for a hover, a selection and a trial that comes in,
// from the event to the end of all repainting. "elapsed" is by the clock on the wall, "own work"
// the processor's time of the window's thread, which is all that counts where other programs share
// the machine.
//     QT_QPA_PLATFORM=offscreen build/release/bin/ui_sweep [TRIALS] [WIDTH HEIGHT]
#include "tests/benchmarks/window_benchmark.h"
#include "tests/support/sample_studies.h"
#include "ui/data_source.h"
#include "ui/main_window.h"
#include "ui/runs/queue_source.h"
#include "ui/runs/run_board.h"
#include "ui/session.h"
#include "ui/view_deck.h"
#include "ui/views/sweep_control.h"
#include "ui/views/sweep_trials.h"
#include "ui/views/sweep_view.h"
#include "ui/views/views.h"

#include <QApplication>
#include <QMouseEvent>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QToolTip>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <thread>
#include <vector>

namespace
{

using Clock = std::chrono::steady_clock;

constexpr int kHovers = 300;
constexpr int kSelections = 100;
constexpr int kTrials = 20;

double millisecondsSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

void wait(int milliseconds)
{
    const auto start = Clock::now();
    while (millisecondsSince(start) < milliseconds)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
}

struct Times {
    std::vector<double> elapsed;
    std::vector<double> work;

    /// With all that follows from the deed: what it asks to be repainted, and the painting.
    void measure(const std::function<void()>& deed)
    {
        const auto start = Clock::now();
        const double before = benchmark::threadMilliseconds();
        deed();
        for (int pass = 0; pass < 3; ++pass) {
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
        }
        elapsed.push_back(millisecondsSince(start));
        work.push_back(benchmark::threadMilliseconds() - before);
    }

    void print(const char* what)
    {
        std::ranges::sort(elapsed);
        std::ranges::sort(work);
        const auto at = [](const std::vector<double>& times, double share) {
            return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
        };
        std::printf("  %-10s elapsed: median %6.2f  99 %% %6.2f   own work: median %6.2f  99 %% "
                    "%6.2f  worst %6.2f ms\n",
                    what, at(elapsed, 0.5), at(elapsed, 0.99), at(work, 0.5), at(work, 0.99),
                    work.back());
    }
};

void hoverAt(QWidget& canvas, const QPointF& place)
{
    QMouseEvent event(QEvent::MouseMove, place, canvas.mapToGlobal(place), Qt::NoButton,
                      Qt::NoButton, {});
    QCoreApplication::sendEvent(&canvas, &event);
}

void measurePlot(ui::SweepView& view, const std::string& url, int& trials)
{
    const int count = trials;
    Times hovers;
    QWidget& canvas = *view.canvas();
    for (int i = 0; i < kHovers; ++i)
        hovers.measure([&] {
            hoverAt(canvas, {canvas.width() * (0.1 + 0.8 * (i % 37) / 37.0),
                             canvas.height() * (0.1 + 0.8 * (i % 29) / 29.0)});
        });
    QToolTip::hideText();
    Times selections;
    for (int i = 0; i < kSelections; ++i)
        selections.measure([&] { view.select((i * 97) % count); });
    Times updates;
    for (int i = 0; i < kTrials; ++i) {
        ++trials;
        std::jthread([&] { test::fillStudy(url, "big", trials); }).join();
        // The polling is a worker's; what arrives from it is measured.
        const double before = benchmark::threadMilliseconds();
        const auto start = Clock::now();
        while (static_cast<int>(view.control()->watch()->data()->trials.size()) < trials &&
               millisecondsSince(start) < 5000)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        for (int pass = 0; pass < 3; ++pass)
            QCoreApplication::processEvents();
        // Most of the time passes waiting for the trial.
        const double work = benchmark::threadMilliseconds() - before;
        updates.elapsed.push_back(work);
        updates.work.push_back(work);
    }
    hovers.print("hover");
    selections.print("select");
    updates.print("new trial");
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    int trials = argc > 1 ? std::atoi(argv[1]) : 1000;
    const QTemporaryDir folder;
    const std::string url = folder.filePath("studies.db").toStdString();
    test::fillStudy(url, "big", trials);
    ui::ThemeSwitch themes;
    themes.apply(ui::ThemeChoice::Light);
    ui::Session session(1);
    ui::DataSource source("/nowhere", {});
    ui::RunBoard board(ui::queueSource("/nowhere", 1));
    const ui::ViewPlaces places{{}, url};
    ui::MainWindow window(session, source, board, themes,
                          [&](ui::Session& one, ui::RunBoard& runs, QWidget* parent) {
                              return ui::makeViewsWith(places, one, runs, parent);
                          });
    window.resize(argc > 3 ? QSize(std::atoi(argv[2]), std::atoi(argv[3])) : QSize(1280, 800));
    session.addModel(benchmark::makeModel(nullptr));
    window.show();
    wait(1000);
    const auto start = Clock::now();
    const double before = benchmark::threadMilliseconds();
    window.showView(window.deck()->indexOf("sweep"));
    auto& view = dynamic_cast<ui::SweepView&>(*window.currentView());
    while (view.canvas()->figure() == nullptr)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    for (int pass = 0; pass < 3; ++pass)
        QCoreApplication::processEvents();
    std::printf("%d trials, shown after %.0f ms, of which %.1f ms were the window's own work\n",
                trials, millisecondsSince(start), benchmark::threadMilliseconds() - before);
    for (int plot = 0; plot < ui::SweepView::kPlots; ++plot) {
        view.showPlot(static_cast<ui::SweepView::Plot>(plot));
        wait(3000); // what takes longer than a frame is computed on a worker
        std::printf("%s\n", qPrintable(view.canvas()->figure()->title()));
        measurePlot(view, url, trials);
    }
    return 0;
}
