// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/golf_view.h"

#include "ui/figures/weights_figure.h"
#include "ui/models/golf_table.h"
#include "ui/runs/run_board.h"
#include "ui/runs/run_words.h"
#include "ui/views/best_network.h"
#include "ui/views/golf_steps.h"
#include "ui/views/overlaid_runs.h"
#include "ui/widgets/choice_bar.h"
#include "ui/widgets/plane_steering.h"
#include "ui/widgets/wrap_layout.h"
#include "ui/words.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui
{

namespace
{

constexpr int kListWidth = 144;
constexpr int kTableHeight = 172;

} // namespace

GolfView::GolfView(Session& session, RunBoard& board, QWidget* parent)
    : FigureView(session, parent), m_board(board), m_pages(new ChoiceBar(tr("What is shown"))),
      m_open(new QPushButton(tr("Open best"))),
      m_list(new OverlaidRuns(board, core::RunKind::Golf, tr("Games that are shown"))),
      m_steps(new GolfTable(this)), m_table(new GolfSteps(m_steps)),
      m_best(new BestNetwork(session, board, this))
{
    buildToolbar();
    buildTable();
    connectParts();
    canvas()->keepPicture();
    takeRuns();
}

void GolfView::buildToolbar()
{
    m_pages->setChoices({tr("Course"), tr("Best network")});
    m_pages->setTip(kCourse, tr("Every step of the games"));
    m_pages->setTip(kBestNetwork, tr("The parameters of the smallest network that met the target"));
    auto* all = new QPushButton(tr("Show all"));
    all->setToolTip(tr("Every step, also those far below the target. The wheel zooms, dragging "
                       "moves, a double click goes back"));
    connect(all, &QPushButton::clicked, this, &GolfView::showAll);
    m_open->setToolTip(tr("The smallest network so far that met the target becomes the current "
                          "model"));
    toolbar()->addWidget(m_pages);
    toolbar()->addWidget(all);
    toolbar()->addWidget(m_open);
    addExportButton();
}

void GolfView::buildTable()
{
    m_list->setFixedWidth(kListWidth);
    m_below = new QWidget;
    m_below->setFixedHeight(kTableHeight);
    auto* row = new QHBoxLayout(m_below);
    row->setContentsMargins(SceneCanvas::kMargin - 4, 0, SceneCanvas::kMargin - 4, 12);
    row->setSpacing(8);
    row->addWidget(m_list);
    row->addWidget(m_table, 1);
    page()->addWidget(m_below);
}

void GolfView::connectParts()
{
    connect(&m_board, &RunBoard::runsChanged, this, &GolfView::takeRuns);
    connect(&m_board, &RunBoard::historyChanged, this, [this](const std::string& id) {
        if (m_list->shows(id) || id == m_run)
            refreshLater();
    });
    connect(m_list, &OverlaidRuns::shownChanged, this, &GolfView::refreshLater);
    connect(m_list, &OverlaidRuns::chosen, this, &GolfView::showRun);
    connect(m_table, &SortedTable::currentEntryChanged, this, &GolfView::refreshMarks);
    connect(m_best, &BestNetwork::changed, this, &GolfView::refreshLater);
    connect(m_pages, &ChoiceBar::chosen, this, &GolfView::refreshLater);
    connect(m_open, &QPushButton::clicked, this, [this] { m_best->open(m_run); });
    steer(kLoss);
    steer(kAccuracy); // last, so that keys are for it
}

void GolfView::steer(Plane plane)
{
    const MapKey key{plane == kAccuracy ? GolfFigure::kAccuracyPlane : GolfFigure::kLossPlane, 0};
    auto* steering = new PlaneSteering(canvas(), [this, key](const QPointF& place) {
        const Scene* scene = canvas()->scene();
        const QPointF inside = place - QPointF(SceneCanvas::kMargin, SceneCanvas::kMargin);
        return scene == nullptr ? std::nullopt : scene->shareOf(key, inside);
    });
    connect(steering, &PlaneSteering::zoomed, this,
            [this, plane](double factor, double across, double up) {
                zoom(plane, factor, across, up);
            });
    connect(steering, &PlaneSteering::moved, this,
            [this, plane](double across, double up) { move(plane, across, up); });
    connect(steering, &PlaneSteering::released, this, &GolfView::showUsual);
}

void GolfView::showRun(const std::string& id)
{
    const core::RunSummary* run = m_board.find(id);
    if (run == nullptr || run->kind != core::RunKind::Golf || id == m_run)
        return;
    m_run = id;
    m_list->show(id);
    refreshLater();
}

/// Keeps what is shown while it exists; else the newest game.
void GolfView::takeRuns()
{
    if (m_board.find(m_run) == nullptr) {
        m_run.clear();
        const auto& runs = m_board.runs();
        const auto newest = std::ranges::find(runs, core::RunKind::Golf, &core::RunSummary::kind);
        if (newest != runs.end())
            showRun(newest->id);
    }
    refreshLater();
}

std::optional<GolfGame> GolfView::game(const std::string& id, int colour) const
{
    const core::RunSummary* run = m_board.find(id);
    const RunHistory* known = run == nullptr ? nullptr : m_board.history(id);
    if (known == nullptr || !std::holds_alternative<core::GolfSpec>(known->spec.work))
        return std::nullopt;
    const int images =
        run->accuracy ? run->accuracy->images : m_board.imagesThatSelect(known->spec);
    return GolfGame{id, runTitle(*run), known->spec, images, known->steps, colour};
}

std::vector<GolfGame> GolfView::games() const
{
    std::vector<GolfGame> all;
    const std::vector<std::string>& shown = m_list->shown();
    for (std::size_t i = 0; i < shown.size(); ++i)
        if (std::optional<GolfGame> one = game(shown[i], static_cast<int>(i));
            one && !one->steps.empty())
            all.push_back(std::move(*one));
    return all;
}

GolfRanges GolfView::ranges() const
{
    GolfRanges ranges = rangesOf(games(), GolfScope::Usual);
    ranges.accuracy = m_accuracy.value_or(ranges.accuracy);
    ranges.loss = m_loss.value_or(ranges.loss);
    return ranges;
}

void GolfView::updateControls()
{
    const std::optional<GolfGame> chosen = game(m_run, 0);
    m_steps->setGame(chosen.value_or(GolfGame{}));
    m_below->setVisible(!m_run.empty());
    m_open->setEnabled(chosen && chosen->best() != nullptr);
    const core::RunSummary* run = m_board.find(m_run);
    const bool going = run != nullptr && run->status == core::RunStatus::Running;
    setProgress(going ? std::optional(run->progress.fraction) : std::nullopt);
    if (m_pages->current() == kBestNetwork)
        m_best->follow(m_run, chosen ? chosen->best() : nullptr);
}

std::unique_ptr<SceneFigure> GolfView::makeFigure() const
{
    return m_pages->current() == kCourse ? courseFigure() : bestFigure();
}

std::unique_ptr<SceneFigure> GolfView::courseFigure() const
{
    std::vector<GolfGame> all = games();
    if (all.empty())
        return nullptr;
    const RunHistory* first = m_board.history(all.front().run);
    return std::make_unique<GolfFigure>(first->start, std::move(all), ranges());
}

std::unique_ptr<SceneFigure> GolfView::bestFigure() const
{
    const core::ModelPointer model = m_best->model();
    return model == nullptr ? nullptr : std::make_unique<WeightsFigure>(model, model);
}

QString GolfView::captionText(const SceneFigure& figure) const
{
    const core::RunSummary* run = m_board.find(m_run);
    return run == nullptr ? figure.caption()
                          : standingText(*run) + u'\n' + figure.caption() + lookText(*run);
}

/// A refit leaves nothing to select with: what the finished game was measured on then is the test
/// set.
QString GolfView::lookText(const core::RunSummary& run) const
{
    const RunHistory* known = m_board.history(m_run);
    if (known == nullptr || core::splitThatSelects(known->spec) == core::Split::Test ||
        !run.accuracy || run.accuracy->split != core::splitName(core::Split::Test))
        return {};
    return tr(" Trained on all training images in the end: %1.").arg(measuredText(*run.accuracy));
}

QString GolfView::emptyText() const
{
    if (m_run.empty())
        return m_board.listed()
                   ? tr("How few parameters a game of golf has come down to would be here, step by "
                        "step, with the accuracy of each network.\nStart one with New run below.")
                   : tr("Reading the runs\u2026");
    if (const QString reason = m_board.whyNothing(m_run); !reason.isEmpty())
        return reason;
    const std::optional<GolfGame> chosen = game(m_run, 0);
    if (!chosen)
        return tr("Reading the run\u2026");
    if (m_pages->current() == kBestNetwork)
        return chosen->best() == nullptr ? tr("No network has met the target yet.")
               : m_best->reading()       ? tr("Reading the best network\u2026")
                                         : tr("The best network is not on disk yet.");
    if (chosen->steps.empty())
        return tr("No step has ended yet: the first dense network is being trained.");
    return tr("Check a game in the list below to see its steps here.");
}

const GolfFigure* GolfView::course() const
{
    return dynamic_cast<const GolfFigure*>(shown());
}

QString GolfView::hoverText(const SceneHit& hit) const
{
    if (const GolfFigure* figure = course())
        return figure->describe(hit);
    const auto* figure = dynamic_cast<const WeightsFigure*>(shown());
    if (figure == nullptr)
        return {};
    const std::size_t parameter = figure->page().placeOf(hit).parameter;
    return hit.removed ? tr("%1, removed").arg(figure->page().describe(parameter))
                       : tr("%1 = %2").arg(figure->page().describe(parameter), fixed(hit.value));
}

/// The step that is current in the table, in both planes.
std::vector<SceneMark> GolfView::selectionMarks() const
{
    const GolfFigure* figure = course();
    const std::optional<int> row = m_table->currentEntry();
    if (figure == nullptr || !row)
        return {};
    const auto& shown = figure->games();
    const auto found = std::ranges::find(shown, m_run, &GolfGame::run);
    if (found == shown.end())
        return {};
    std::vector<SceneMark> marks;
    for (const MapKey& key : GolfFigure::keysOf(
             {static_cast<std::size_t>(found - shown.begin()), static_cast<std::size_t>(*row)}))
        marks.push_back({key, {}, MarkKind::Selected});
    return marks;
}

std::vector<SceneMark> GolfView::hoverMarks(const SceneHit& hit) const
{
    const GolfFigure* figure = course();
    if (figure == nullptr)
        return {{hit.key, QRect(hit.column, hit.row, 1, 1), MarkKind::Hovered}};
    std::vector<SceneMark> marks;
    if (const auto place = figure->placeOf(hit))
        for (const MapKey& key : GolfFigure::keysOf(*place))
            marks.push_back({key, {}, MarkKind::Hovered});
    else if (hit.key.group == GolfFigure::kBest || hit.key.group == GolfFigure::kPublished)
        marks.push_back({hit.key, {}, MarkKind::Hovered});
    return marks;
}

void GolfView::choose(const SceneHit& hit)
{
    const GolfFigure* figure = course();
    if (figure == nullptr)
        return;
    if (hit.key.group == GolfFigure::kBest) {
        m_best->open(figure->games()[static_cast<std::size_t>(hit.key.index)].run);
        return;
    }
    if (const auto place = figure->placeOf(hit)) {
        const GolfGame& of = figure->games()[place->game];
        m_steps->setGame(of);
        showRun(of.run);
        m_table->showEntry(static_cast<int>(place->step));
    }
}

void GolfView::zoom(Plane plane, double factor, double across, double up)
{
    const GolfRanges now = ranges();
    const PlaneRange& before = plane == kAccuracy ? now.accuracy : now.loss;
    (plane == kAccuracy ? m_accuracy : m_loss) =
        saneRange(before.zoomed(factor, across, up), before);
    refreshLater();
}

void GolfView::move(Plane plane, double across, double up)
{
    const GolfRanges now = ranges();
    const PlaneRange& before = plane == kAccuracy ? now.accuracy : now.loss;
    (plane == kAccuracy ? m_accuracy : m_loss) = saneRange(before.moved(across, up), before);
    refreshNow();
}

void GolfView::showUsual()
{
    m_accuracy.reset();
    m_loss.reset();
    refreshLater();
}

void GolfView::showAll()
{
    const GolfRanges all = rangesOf(games(), GolfScope::All);
    m_accuracy = all.accuracy;
    m_loss.reset();
    refreshLater();
}

std::vector<ActionSpec> GolfView::actionSpecs()
{
    const QString group = tr("Golf");
    const auto zoomBy = [this](double factor) {
        return [this, factor] { zoom(kAccuracy, factor, 0.5, 0.5); };
    };
    return {{"golf.zoomIn", group, tr("Zoom into the game"), {}, zoomBy(kZoomStep)},
            {"golf.zoomOut", group, tr("Zoom out of the game"), {}, zoomBy(1 / kZoomStep)},
            {"golf.all", group, tr("Show every step of the game"), {}, [this] { showAll(); }},
            {"golf.best", group, tr("Open the best network of the game"), {}, [this] {
                 m_best->open(m_run);
             }}};
}

QJsonObject GolfView::state() const
{
    QJsonObject state = m_table->order();
    state.insert(QStringLiteral("page"), m_pages->current());
    return state;
}

void GolfView::restore(const QJsonObject& state)
{
    m_pages->setCurrent(
        std::clamp(state.value(QStringLiteral("page")).toInt(), 0, static_cast<int>(kBestNetwork)));
    m_table->restoreOrder(state);
    refreshLater();
}

} // namespace ui
