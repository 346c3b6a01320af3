// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/pruning_view.h"

#include "ui/figures/recipe.h"
#include "ui/runs/run_board.h"
#include "ui/runs/run_words.h"
#include "ui/widgets/scrub_bar.h"
#include "ui/widgets/wrap_layout.h"
#include "ui/words.h"

#include <QComboBox>
#include <QFrame>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace ui
{

PruningView::PruningView(Session& session, RunBoard& board, QWidget* parent)
    : FigureView(session, parent), m_board(board), m_choice(new QComboBox),
      m_scrub(new ScrubBar(tr("Visits"), ScrubBar::Playing::Yes))
{
    m_choice->setAccessibleName(tr("Shown pruning"));
    m_choice->setMinimumWidth(240);
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    toolbar()->addWidget(m_choice);
    addExportButton();
    auto* rule = new QFrame;
    rule->setProperty("role", "rule");
    rule->setFixedHeight(1);
    page()->addWidget(rule);
    page()->addWidget(m_scrub);
    connect(m_choice, &QComboBox::activated, this,
            [this] { showRun(m_choice->currentData().toString().toStdString()); });
    connect(m_scrub, &ScrubBar::moved, this, &PruningView::refreshLater);
    connect(&board, &RunBoard::runsChanged, this, &PruningView::takeRuns);
    connect(&board, &RunBoard::historyChanged, this, &PruningView::follow);
    takeRuns();
}

void PruningView::showRun(const std::string& id)
{
    if (id == m_run)
        return;
    m_run = id;
    m_scrub->stop();
    m_scrub->setCount(0);
    m_scrub->setPlace(0);
    takeRuns();
}

/// Keeps the shown run while it exists; else the newest.
void PruningView::takeRuns()
{
    const QSignalBlocker quiet(m_choice);
    m_choice->clear();
    for (const core::RunSummary& run : m_board.runs())
        if (run.kind == core::RunKind::Prune)
            m_choice->addItem(QStringLiteral("%1, %2").arg(runTitle(run), statusText(run.status)),
                              QString::fromStdString(run.id));
    int place = m_choice->findData(QString::fromStdString(m_run));
    if (place < 0 && m_choice->count() > 0)
        place = 0;
    m_choice->setCurrentIndex(place);
    m_run = place < 0 ? std::string() : m_choice->currentData().toString().toStdString();
    m_choice->setVisible(m_choice->count() > 0);
    refreshLater();
}

void PruningView::follow(const std::string& id)
{
    if (id == m_run)
        refreshLater();
}

const RunHistory* PruningView::history() const
{
    const RunHistory* known = m_run.empty() ? nullptr : m_board.history(m_run);
    return known != nullptr && known->start != nullptr ? known : nullptr;
}

void PruningView::updateControls()
{
    const RunHistory* known = history();
    m_scrub->setCount(known == nullptr ? 0 : static_cast<int>(known->visits.size()));
    if (known != nullptr)
        bringMapTo(static_cast<std::size_t>(m_scrub->place()));
    m_scrub->setText(momentText());
    const core::RunSummary* run = m_board.find(m_run);
    const bool going = run != nullptr && run->status == core::RunStatus::Running;
    setProgress(going ? std::optional(run->progress.fraction) : std::nullopt);
}

/// Forwards visit by visit; backwards from the start, which takes no longer than a frame.
void PruningView::bringMapTo(std::size_t visits) const
{
    const RunHistory& known = *history();
    if (m_mapOf != m_run || m_map == nullptr || visits < m_applied) {
        m_map = std::make_shared<PruneMap>(known.start->parameters.values());
        m_applied = 0;
        m_mapOf = m_run;
    }
    if (m_applied == visits)
        return;
    if (m_map.use_count() > 1) // a figure shows the earlier moment
        m_map = std::make_shared<PruneMap>(*m_map);
    for (; m_applied < std::min(visits, known.visits.size()); ++m_applied)
        m_map->apply(known.visits[m_applied]);
}

std::unique_ptr<SceneFigure> PruningView::makeFigure() const
{
    const RunHistory* known = history();
    const core::RunSummary* run = m_board.find(m_run);
    if (known == nullptr || run == nullptr ||
        !std::holds_alternative<core::PruneSpec>(known->spec.work) ||
        (run->status == core::RunStatus::Failed && known->visits.empty()))
        return nullptr;
    bringMapTo(static_cast<std::size_t>(m_scrub->place()));
    PruningFigureOptions options;
    options.spec = known->spec;
    options.run = m_run;
    options.images = run->accuracy ? run->accuracy->images : m_board.imagesThatSelect(known->spec);
    options.total = std::max<std::uint64_t>(known->visits.size(), run->progress.total);
    return std::make_unique<PruningFigure>(known->start, m_map, options);
}

QString PruningView::emptyText() const
{
    if (m_run.empty())
        return m_board.listed()
                   ? tr("What became of each weight in a pruning would be here: kept, removed, and "
                        "what it changed.\nStart one with New run below.")
                   : tr("Reading the runs\u2026");
    if (const QString reason = m_board.whyNothing(m_run); !reason.isEmpty())
        return reason;
    return tr("Reading the run\u2026");
}

QString PruningView::momentText() const
{
    const RunHistory* known = history();
    if (known == nullptr || m_map == nullptr)
        return {};
    QString text =
        tr("visit %1 of %2").arg(withThousands(m_scrub->place()), withThousands(m_scrub->count()));
    if (!m_map->curve.empty())
        text += tr(", %1 non-zero").arg(withThousands(m_map->curve.back().nonzero));
    return text;
}

QString PruningView::hoverText(const SceneHit& hit) const
{
    const auto* figure = dynamic_cast<const PruningFigure*>(shown());
    if (figure == nullptr)
        return {};
    const std::size_t parameter = figure->page().placeOf(hit).parameter;
    if (parameter >= figure->map().weights.size())
        return {};
    const PruneMap::Weight& weight = figure->map().weights[parameter];
    const QString place =
        tr("%1 = %2").arg(figure->page().describe(parameter), shortNumber(weight.value));
    const QString change = tr("%1%2 right answers on %3")
                               .arg(weight.change > 0 ? QStringLiteral("+") : QString(),
                                    shortNumber(weight.change, 0), figure->selectedOn());
    switch (weight.fate) {
    case WeightFate::NotVisited:
        return tr("%1, not visited").arg(place);
    case WeightFate::Absent:
        return tr("%1, zero before the pruning").arg(place);
    case WeightFate::Removed:
    case WeightFate::RemovedForBetter:
        return tr("%1, removed at visit %2: %3").arg(place).arg(weight.visit).arg(change);
    case WeightFate::Kept:
        break;
    }
    return weight.exact
               ? tr("%1, kept at visit %2: without it %3").arg(place).arg(weight.visit).arg(change)
               : tr("%1, kept at visit %2: without it %3 or worse")
                     .arg(place)
                     .arg(weight.visit)
                     .arg(change);
}

/// The weight visited last, so that the eye finds where the work is.
std::vector<SceneMark> PruningView::selectionMarks() const
{
    const auto* figure = dynamic_cast<const PruningFigure*>(shown());
    if (figure == nullptr || figure->map().visits == 0)
        return {};
    const SceneHit hit = figure->page().hitOf(figure->map().last);
    return {{hit.key, QRect(hit.column, hit.row, 1, 1), MarkKind::Selected}};
}

std::vector<SceneMark> PruningView::hoverMarks(const SceneHit& hit) const
{
    return {{hit.key, QRect(hit.column, hit.row, 1, 1), MarkKind::Hovered}};
}

} // namespace ui
