// SPDX-License-Identifier: GPL-3.0-or-later
// How fluid the window is with games of golf of a thousand steps each in it: hovering, zooming,
// dragging, scrolling the table, and steps that come while somebody looks. First one game, then six
// of them overlaid. The number to compare is that of one core:
//     QT_QPA_PLATFORM=offscreen taskset -c 0 build/release/bin/ui_golf [dark]
#include "tests/benchmarks/frame_replay.h"
#include "tests/support/fake_runs.h"
#include "ui/data_source.h"
#include "ui/figures/golf_figure.h"
#include "ui/main_window.h"
#include "ui/session.h"
#include "ui/views/golf_steps.h"
#include "ui/views/golf_view.h"
#include "ui/views/overlaid_runs.h"
#include "ui/views/views.h"

#include <QStandardPaths>

namespace
{

constexpr int kGames = 6;
constexpr int kSteps = 1000;

std::string nameOf(int game)
{
    return std::string(1, static_cast<char>('a' + game));
}

void addGame(FakeRuns& runs, const std::string& id)
{
    runs.add(id, core::RunKind::Golf, core::RunStatus::Running).accuracy =
        core::MeasuredAccuracy{"MNIST validation, 10,000 images", "validation", 9850, 10000};
    for (int step = 1; step <= kSteps; ++step) {
        core::GolfStep made = fakeStep(step);
        made.correct -= static_cast<int>(id.back() - 'a') * 5; // so that the games lie apart
        runs.histories[id].steps.push_back(made);
    }
}

std::vector<benchmark::Course> coursesOf(ui::GolfView& view, FakeRuns& runs)
{
    std::vector<benchmark::Course> courses =
        benchmark::planeCourses(view.canvas(), {ui::GolfFigure::kAccuracyPlane, 0});
    courses.push_back(benchmark::scrollCourse(view.table()));
    courses.push_back({"a step comes",
                       100,
                       {},
                       [&runs](int) {
                           static int last = kSteps;
                           runs.observer.step("a", fakeStep(++last));
                       },
                       {}});
    return courses;
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    ui::ThemeSwitch themes;
    themes.apply(argc > 1 ? ui::ThemeChoice::Dark : ui::ThemeChoice::Light);
    ui::Session session(1, fakeCalls(std::make_shared<FakeControl>()));
    ui::DataSource source("/nowhere", {});
    const auto runs = std::make_shared<FakeRuns>();
    for (int i = kGames - 1; i >= 0; --i)
        addGame(*runs, nameOf(i));
    ui::RunBoard board(fakeRunSource(runs));
    ui::MainWindow window(session, source, board, themes, ui::makeViews);
    window.resize(1280, 800);
    window.show();
    ui::GolfView* view = nullptr;
    for (std::size_t i = 0; i < window.views().size(); ++i)
        if (auto* golf = dynamic_cast<ui::GolfView*>(window.views()[i])) {
            view = golf;
            window.showView(static_cast<int>(i));
        }
    std::vector<benchmark::Course> courses = coursesOf(*view, *runs);
    courses.push_back({"(five more games)",
                       1,
                       {},
                       [view](int) {
                           for (int i = 1; i < kGames; ++i)
                               view->list()->show(nameOf(i));
                           emit view->list()->shownChanged();
                       },
                       {}});
    for (benchmark::Course& course : coursesOf(*view, *runs)) {
        course.name += ", six games";
        courses.push_back(std::move(course));
    }
    benchmark::FrameReplay replay(std::move(courses));
    QTimer::singleShot(1500, &replay, &benchmark::FrameReplay::start);
    return QApplication::exec();
}
