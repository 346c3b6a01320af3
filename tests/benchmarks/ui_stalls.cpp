// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the window stays fluid while a training and a pruning run beside it: a timer of 5 ms in
// the window's thread, and how long it had to wait, for each view. "elapsed" is by the clock on the
// wall, "own work" the processor's time of the window's thread in between, which is all that counts
// where other programs share the machine.
//     QT_QPA_PLATFORM=offscreen build/release/bin/ui_stalls MNIST_FOLDER [MODEL]
#include "tests/benchmarks/window_benchmark.h"
#include "ui/data_source.h"
#include "ui/main_window.h"
#include "ui/panels/runs_panel.h"
#include "ui/run_desk.h"
#include "ui/runs/queue_source.h"
#include "ui/runs/run_board.h"
#include "ui/session.h"
#include "ui/views/view.h"
#include "ui/views/views.h"

#include <QApplication>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

namespace
{

using Clock = std::chrono::steady_clock;

constexpr int kTick = 5;         ///< milliseconds
constexpr int kEachView = 2'500; ///< milliseconds that each view is shown, twice
constexpr int kRounds = 2;

core::RunSpec longTraining()
{
    core::RunSpec spec;
    spec.title = "Training";
    core::TrainSpec train{"4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10", {}};
    train.options.epochs = 10'000;
    spec.work = train;
    return spec;
}

/// Goes on longer than the measurement: most of the network may go.
core::RunSpec longPruning()
{
    core::RunSpec spec;
    spec.title = "Pruning";
    core::PruneSpec prune;
    prune.options.threshold = 0.05;
    prune.options.method = core::PruneMethod::BestFirst;
    prune.options.split = core::Split::Test;
    spec.work = prune;
    return spec;
}

/// Walks through the views and writes down how long each tick had to wait.
class Probe : public QObject
{
public:
    explicit Probe(ui::MainWindow& window) : m_window(window)
    {
        m_tick.setTimerType(Qt::PreciseTimer);
        connect(&m_tick, &QTimer::timeout, this, &Probe::tick);
        connect(&m_walk, &QTimer::timeout, this, &Probe::nextView);
    }

    void start()
    {
        m_gaps.resize(m_window.views().size());
        m_work.resize(m_gaps.size());
        m_window.showView(0);
        m_last = Clock::now();
        m_lastWork = benchmark::threadMilliseconds();
        m_tick.start(kTick);
        m_walk.start(kEachView);
    }

private:
    void tick()
    {
        const auto now = Clock::now();
        const double gap = std::chrono::duration<double, std::milli>(now - m_last).count();
        const double work = benchmark::threadMilliseconds();
        m_gaps[m_shown % m_gaps.size()].push_back(gap);
        m_work[m_shown % m_gaps.size()].push_back(work - m_lastWork);
        m_last = now;
        m_lastWork = work;
    }

    /// The time to switch belongs to the view that is switched to.
    void nextView()
    {
        if (++m_shown == kRounds * m_gaps.size()) {
            report();
            QApplication::quit();
            return;
        }
        m_window.showView(static_cast<int>(m_shown % m_gaps.size()));
        m_window.runs()->panel()->setFolded(m_shown % 2 == 0);
    }

    void report() const
    {
        std::vector<double> gaps;
        std::vector<double> work;
        for (std::size_t i = 0; i < m_gaps.size(); ++i) {
            std::printf("%s\n", qPrintable(m_window.views()[i]->title()));
            print("elapsed", m_gaps[i]);
            print("own work", m_work[i]);
            gaps.insert(gaps.end(), m_gaps[i].begin(), m_gaps[i].end());
            work.insert(work.end(), m_work[i].begin(), m_work[i].end());
        }
        std::printf("all views\n");
        print("elapsed", gaps);
        print("own work", work);
    }

    static void print(const char* what, std::vector<double> gaps)
    {
        if (gaps.empty())
            return;
        std::ranges::sort(gaps);
        std::printf("  %-9s median %6.1f ms   99 %% %6.1f   worst %6.1f   ticks %zu\n", what,
                    gaps[gaps.size() / 2], gaps[gaps.size() * 99 / 100], gaps.back(), gaps.size());
    }

    ui::MainWindow& m_window;
    QTimer m_tick;
    QTimer m_walk;
    std::size_t m_shown = 0;
    Clock::time_point m_last;
    double m_lastWork = 0;
    std::vector<std::vector<double>> m_gaps; ///< [view]
    std::vector<std::vector<double>> m_work;
};

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: ui_stalls MNIST_FOLDER [MODEL]\n");
        return 2;
    }
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    const QTemporaryDir folder;
    ui::ThemeSwitch themes;
    themes.apply(ui::ThemeChoice::Light);
    ui::Session session(1);
    ui::DataSource source("/nowhere");
    QObject::connect(&source, &ui::DataSource::loaded, &session, &ui::Session::setDataset);
    ui::RunBoard board(ui::queueSource(folder.path().toStdString(), 2), {{}, 2});
    ui::MainWindow window(session, source, board, themes, ui::makeViews);
    window.resize(1280, 800);
    session.addModel(benchmark::makeModel(argc > 2 ? argv[2] : nullptr));
    Probe probe(window);
    QObject::connect(&board, &ui::RunBoard::dataChanged, &probe, [&] {
        board.add(longTraining(), nullptr);
        board.add(longPruning(), session.current());
        // What happens once at the start is not what this is about.
        QTimer::singleShot(3'000, &probe, [&] { probe.start(); });
    });
    source.load(argv[1]);
    window.show();
    return QApplication::exec();
}
