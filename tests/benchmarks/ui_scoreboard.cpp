// SPDX-License-Identifier: GPL-3.0-or-later
// How fluid the window is with a thousand networks on the scoreboard: hovering, zooming, dragging,
// scrolling and sorting the table, filtering. The number to compare is that of one core:
//     QT_QPA_PLATFORM=offscreen taskset -c 0 build/release/bin/ui_scoreboard [dark]
#include "core/data/sample_digits.h"
#include "tests/benchmarks/frame_replay.h"
#include "tests/support/fake_runs.h"
#include "ui/data_source.h"
#include "ui/main_window.h"
#include "ui/models/score_table.h"
#include "ui/session.h"
#include "ui/views/score_filter.h"
#include "ui/views/score_list.h"
#include "ui/views/scoreboard_view.h"
#include "ui/views/views.h"

#include <QComboBox>
#include <QStandardPaths>

namespace
{

constexpr int kNetworks = 1000;

/// As right as the first parameter says.
class ScoredBackend : public FakeBackend
{
public:
    using FakeBackend::FakeBackend;

    core::Evaluation evaluate(std::span<const float> parameters, const core::Dataset& data,
                              std::stop_token) override
    {
        core::Evaluation evaluation;
        evaluation.images = data.size();
        evaluation.correct = static_cast<int>(parameters[0]);
        return evaluation;
    }
};

/// Networks of three leagues, from 200 to 820 parameters: "17.safetensors" is the 17th of them.
core::Model network(int index)
{
    const char* input = index % 3 == 0 ? "" : index % 3 == 1 ? "deskew, " : "shifts, ";
    core::Model model = namedModel(
        "network " + std::to_string(index),
        std::string(input) + "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10");
    const auto values = model.parameters.values();
    for (int i = 0; i < index * 37 % 620; ++i)
        values[static_cast<std::size_t>(1 + i)] = 0;
    values[0] = static_cast<float>(9750 + index * 13 % 120);
    model.provenance.selectedOn = index % 2 == 0 ? "test" : "validation";
    return model;
}

ui::SessionCalls calls()
{
    ui::SessionCalls made;
    made.openModel = [](const std::filesystem::path& file, const core::OpenOptions&) {
        return network(std::stoi(file.stem().string()));
    };
    made.makeBackend = [control = std::make_shared<FakeControl>()](const core::Architecture& of) {
        return std::make_unique<ScoredBackend>(of, control);
    };
    return made;
}

/// Images that pass for MNIST's test set by name and number.
core::DatasetPointer boardData()
{
    core::Dataset data = core::sampleDigits(10000, 1, core::Split::Test);
    data.name = "MNIST";
    data.synthetic = false;
    return std::make_shared<core::Dataset>(std::move(data));
}

std::vector<benchmark::Course> coursesOf(ui::ScoreboardView& view)
{
    std::vector<benchmark::Course> courses =
        benchmark::planeCourses(view.canvas(), {ui::ScoreboardFigure::kPlane, 0});
    courses.push_back(benchmark::scrollCourse(view.table()));
    courses.push_back({"sort the table",
                       60,
                       {},
                       [&view](int step) {
                           view.table()->sortByColumn(step % ui::ScoreTable::kColumns,
                                                      step % 2 == 0 ? Qt::AscendingOrder
                                                                    : Qt::DescendingOrder);
                       },
                       {}});
    courses.push_back({"filter by league",
                       60,
                       {},
                       [&view](int step) {
                           view.filter()->findChildren<QComboBox*>()[0]->setCurrentIndex(step % 4);
                       },
                       {}});
    return courses;
}

/// Once all networks have been counted and evaluated.
void startWhenRead(ui::ScoreboardView& view, benchmark::FrameReplay& replay)
{
    if (view.scores()->entries().size() < kNetworks || view.scores()->reading())
        QTimer::singleShot(100, &replay, [&view, &replay] { startWhenRead(view, replay); });
    else
        replay.start();
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    ui::ThemeSwitch themes;
    themes.apply(argc > 1 ? ui::ThemeChoice::Dark : ui::ThemeChoice::Light);
    ui::Session session(1, calls());
    session.setDataset(boardData());
    ui::DataSource source("/nowhere", {});
    ui::RunBoard board(fakeRunSource(std::make_shared<FakeRuns>()));
    ui::ScorePlaces places;
    for (int i = 0; i < kNetworks; ++i)
        places.shipped << QStringLiteral("/networks/%1.safetensors").arg(i);
    ui::ScoreboardView* view = nullptr;
    ui::MainWindow window(session, source, board, themes,
                          [&](ui::Session& of, ui::RunBoard& runs, QWidget* parent) {
                              view = new ui::ScoreboardView(of, runs, places, parent);
                              return std::vector<ui::View*>{view};
                          });
    window.resize(1280, 800);
    window.show();
    benchmark::FrameReplay replay(coursesOf(*view));
    startWhenRead(*view, replay);
    return QApplication::exec();
}
