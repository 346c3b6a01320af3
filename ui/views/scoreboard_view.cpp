// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/scoreboard_view.h"

#include "ui/models/score_table.h"
#include "ui/views/score_filter.h"
#include "ui/views/score_list.h"
#include "ui/widgets/plane_steering.h"
#include "ui/widgets/wrap_layout.h"
#include "ui/words.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QStyle>
#include <QVBoxLayout>

namespace ui
{

ScoreboardView::ScoreboardView(Session& session, RunBoard& runs, ScorePlaces places,
                               QWidget* parent)
    : FigureView(session, parent), m_scores(new Scores(session, runs, std::move(places), this)),
      m_entries(new ScoreTable(this)), m_table(new ScoreList(m_entries)), m_filter(new ScoreFilter),
      m_message(new QLabel)
{
    buildToolbar();
    buildTable();
    canvas()->keepPicture();
    auto* steering =
        new PlaneSteering(canvas(), [this](const QPointF& place) { return shareOf(place); });
    connect(steering, &PlaneSteering::zoomed, this, &ScoreboardView::zoom);
    connect(steering, &PlaneSteering::released, this, &ScoreboardView::showUsual);
    connect(steering, &PlaneSteering::moved, this, [this](double across, double up) {
        m_range = range().moved(across, up);
        refreshNow();
    });
    connect(m_scores, &Scores::changed, this, &ScoreboardView::takeEntries);
    connect(m_scores, &Scores::readingChanged, this, &ScoreboardView::refreshLater);
    connect(m_scores, &Scores::done, this, [this](const QString& text) { say(text, false); });
    connect(m_scores, &Scores::refused, this, [this](const QString& text) { say(text, true); });
    connect(&session, &Session::modelOpened, this, [this](int index) {
        const auto& model = this->session().models()[static_cast<std::size_t>(index)].opened;
        if (m_wanted == QString::fromStdString(model->file.string())) {
            m_wanted.clear();
            this->session().setCurrent(index);
        }
    });
}

void ScoreboardView::buildToolbar()
{
    auto* all = new QPushButton(tr("Show all"));
    all->setToolTip(
        tr("Every network, however large. The wheel zooms, dragging moves, a double click "
           "goes back"));
    connect(all, &QPushButton::clicked, this, &ScoreboardView::showAll);
    auto* import = new QPushButton(tr("Import submission\u2026"));
    import->setToolTip(tr("Counts and evaluates it anew before it appears here"));
    connect(import, &QPushButton::clicked, this, &ScoreboardView::chooseImport);
    auto* hand = new QPushButton(tr("Save submission\u2026"));
    hand->setToolTip(tr("The current model with its recipe, counts and accuracy, in one file"));
    connect(hand, &QPushButton::clicked, this, &ScoreboardView::chooseExport);
    for (QPushButton* button : {all, import, hand})
        toolbar()->addWidget(button);
    addExportButton();
    m_message->setWordWrap(true);
    m_message->setContentsMargins(SceneCanvas::kMargin, 8, SceneCanvas::kMargin, 0);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->hide();
    page()->insertWidget(page()->indexOf(toolbar()) + 1, m_message);
}

void ScoreboardView::buildTable()
{
    auto* row = new QVBoxLayout;
    row->setContentsMargins(SceneCanvas::kMargin - 4, 0, SceneCanvas::kMargin - 4, 12);
    row->setSpacing(0);
    row->addWidget(m_filter);
    row->addWidget(m_table);
    page()->addLayout(row);
    connect(m_table, &ScoreList::opened, this,
            [this](int entry) { openEntry(m_entries->entry(entry)); });
    connect(m_table, &ScoreList::currentEntryChanged, this, &ScoreboardView::refreshMarks);
    connect(m_filter, &ScoreFilter::changed, this, &ScoreboardView::applyFilter);
}

/// What comes while somebody looks leaves the row that is current, and where the table was
/// scrolled.
void ScoreboardView::takeEntries()
{
    const std::optional<int> current = m_table->currentEntry();
    const std::string hash = current ? m_entries->entry(*current).score.modelHash : std::string();
    const int place = m_table->verticalScrollBar()->value();
    m_entries->setEntries(m_scores->entries());
    const auto& all = m_scores->entries();
    const auto same = std::ranges::find_if(
        all, [&](const KnownScore& entry) { return entry.score.modelHash == hash; });
    if (!hash.empty() && same != all.end())
        m_table->showEntry(static_cast<int>(same - all.begin()));
    m_table->verticalScrollBar()->setValue(place);
    applyFilter();
}

void ScoreboardView::applyFilter()
{
    m_table->setFilter([this](int row) { return m_filter->accepts(m_entries->entry(row)); });
    m_shown.clear();
    m_places.clear();
    const auto& all = m_scores->entries();
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].placed() && m_filter->accepts(all[i])) {
            m_shown.push_back(all[i]);
            m_places.push_back(static_cast<int>(i));
        }
    refreshLater();
}

ScoreRange ScoreboardView::range() const
{
    return m_range.value_or(rangeOf(m_shown));
}

std::unique_ptr<SceneFigure> ScoreboardView::makeFigure() const
{
    if (m_shown.empty())
        return nullptr;
    return std::make_unique<ScoreboardFigure>(m_shown, range());
}

QString ScoreboardView::captionText(const SceneFigure& figure) const
{
    const auto left = std::ranges::count_if(
        m_scores->entries(), [](const KnownScore& entry) { return !entry.placed(); });
    QString text = figure.caption();
    if (left > 0)
        text += tr(" %1 more are left out: not verified on these images.").arg(withThousands(left));
    return text;
}

QString ScoreboardView::emptyText() const
{
    return m_filter->narrows()
               ? tr("No known network is of this league and selected on this split.")
               : tr("Every known network by its size and accuracy would be here.");
}

void ScoreboardView::updateControls()
{
    setProgress(m_scores->reading() ? std::optional(-1.0) : std::nullopt);
}

QString ScoreboardView::hoverText(const SceneHit& hit) const
{
    const auto* figure = dynamic_cast<const ScoreboardFigure*>(shown());
    return figure != nullptr && hit.key.group == ScoreboardFigure::kEntry
               ? figure->describe(static_cast<std::size_t>(hit.key.index))
               : QString();
}

std::vector<SceneMark> ScoreboardView::selectionMarks() const
{
    const std::optional<int> entry = m_table->currentEntry();
    const auto place = entry ? std::ranges::find(m_places, *entry) : m_places.end();
    if (place == m_places.end())
        return {};
    const int mark = static_cast<int>(place - m_places.begin());
    return {{{ScoreboardFigure::kEntry, mark}, {}, MarkKind::Selected}};
}

std::vector<SceneMark> ScoreboardView::hoverMarks(const SceneHit& hit) const
{
    if (hit.key.group != ScoreboardFigure::kEntry)
        return {};
    return {{hit.key, {}, MarkKind::Hovered}};
}

void ScoreboardView::choose(const SceneHit& hit)
{
    if (hit.key.group != ScoreboardFigure::kEntry ||
        static_cast<std::size_t>(hit.key.index) >= m_places.size())
        return;
    const int entry = m_places[static_cast<std::size_t>(hit.key.index)];
    m_table->showEntry(entry);
    openEntry(m_entries->entry(entry));
}

void ScoreboardView::openEntry(const KnownScore& entry)
{
    const auto& models = session().models();
    for (std::size_t i = 0; i < models.size(); ++i)
        if (entry.origin == ScoreOrigin::Open &&
            QString::fromStdString(models[i].opened->file.string()) == entry.file &&
            models[i].model->name == entry.score.name) {
            session().setCurrent(static_cast<int>(i));
            return;
        }
    if (entry.origin == ScoreOrigin::Published) {
        emit session().statusMessage(
            tr("%1 was published without a file.").arg(QString::fromStdString(entry.score.name)));
        return;
    }
    if (entry.origin == ScoreOrigin::Submission) {
        m_scores->openSubmission(entry.file);
        return;
    }
    m_wanted = entry.file;
    session().openModelFile(entry.file);
}

void ScoreboardView::showAll()
{
    m_range = wholeRange(m_shown);
    refreshLater();
}

void ScoreboardView::showUsual()
{
    m_range.reset();
    refreshLater();
}

void ScoreboardView::zoom(double factor, double across, double up)
{
    m_range = range().zoomed(factor, across, up);
    refreshLater();
}

/// Where the place is within the plane: 0..1 from the left and from the bottom.
std::optional<QPointF> ScoreboardView::shareOf(const QPointF& place) const
{
    const Scene* scene = canvas()->scene();
    return scene == nullptr
               ? std::nullopt
               : scene->shareOf({ScoreboardFigure::kPlane, 0},
                                place - QPointF(SceneCanvas::kMargin, SceneCanvas::kMargin));
}

std::vector<ActionSpec> ScoreboardView::actionSpecs()
{
    const QString group = tr("Scoreboard");
    return {
        {"score.zoomIn",
         group,
         tr("Zoom into the scoreboard"),
         {QKeySequence("Ctrl++")},
         [this] { zoom(kZoomStep, 0.5, 0.5); }},
        {"score.zoomOut",
         group,
         tr("Zoom out of the scoreboard"),
         {QKeySequence("Ctrl+-")},
         [this] { zoom(1 / kZoomStep, 0.5, 0.5); }},
        {"score.all", group, tr("Show the whole scoreboard"), {}, [this] { showAll(); }},
        {"score.export",
         group,
         tr("Export the current model as a submission\u2026"),
         {},
         [this] { chooseExport(); }},
        {"score.import", group, tr("Import a submission\u2026"), {}, [this] { chooseImport(); }}};
}

void ScoreboardView::chooseImport()
{
    auto* dialog = new QFileDialog(this, tr("Import a submission"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Submissions (*.zip)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, m_scores, &Scores::importSubmission);
    dialog->open();
}

void ScoreboardView::chooseExport()
{
    const core::ModelPointer model = session().current();
    if (!model) {
        say(tr("There is no model to export: open one first."), true);
        return;
    }
    auto* dialog = new QFileDialog(
        this, tr("Export %1 as a submission").arg(QString::fromStdString(model->name)));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix("zip");
    dialog->setNameFilters({tr("Submissions (*.zip)")});
    dialog->selectFile(QString::fromStdString(model->name) + ".zip");
    connect(dialog, &QFileDialog::fileSelected, m_scores, &Scores::exportSubmission);
    dialog->open();
}

void ScoreboardView::say(const QString& sentence, bool refused)
{
    m_message->setText(breakable(sentence));
    m_message->setProperty("role", refused ? "error" : "caption");
    m_message->style()->unpolish(m_message);
    m_message->style()->polish(m_message);
    m_message->show();
}

void ScoreboardView::showEvent(QShowEvent* event)
{
    m_scores->setActive(true);
    FigureView::showEvent(event);
}

void ScoreboardView::hideEvent(QHideEvent* event)
{
    m_scores->setActive(false);
    FigureView::hideEvent(event);
}

QJsonObject ScoreboardView::state() const
{
    QJsonObject state = m_table->order();
    state.insert(QStringLiteral("filter"), m_filter->state());
    if (m_range) {
        state.insert(QStringLiteral("fewest"), m_range->fewest);
        state.insert(QStringLiteral("most"), m_range->most);
        state.insert(QStringLiteral("lowest"), m_range->lowest);
        state.insert(QStringLiteral("highest"), m_range->highest);
    }
    return state;
}

void ScoreboardView::restore(const QJsonObject& state)
{
    const auto number = [&](const char* key) { return state.value(QLatin1String(key)).toDouble(); };
    const ScoreRange range{number("fewest"), number("most"), number("lowest"), number("highest")};
    m_range.reset();
    if (range.fewest > 0 && range.most > range.fewest && range.highest > range.lowest)
        m_range = range;
    m_table->restoreOrder(state, ScoreTable::Nonzero);
    m_filter->restore(state.value(QStringLiteral("filter")).toObject());
    refreshLater();
}

} // namespace ui
