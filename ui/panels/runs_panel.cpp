// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/runs_panel.h"

#include "ui/models/run_delegate.h"
#include "ui/models/run_list.h"
#include "ui/panels/icon_button.h"
#include "ui/runs/run_board.h"
#include "ui/runs/run_words.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui
{

namespace
{

constexpr int kFewestRows = 2;
constexpr int kMostRows = 5; ///< then the list scrolls

QPushButton* headerButton(const QString& text, const QString& tip, const char* role = "compact")
{
    auto* button = new QPushButton(text);
    button->setProperty("role", role);
    button->setToolTip(tip);
    return button;
}

QHBoxLayout* stripLayout(QWidget* strip)
{
    auto* layout = new QHBoxLayout(strip);
    layout->setContentsMargins(12, 0, 8, 0);
    layout->setSpacing(8);
    return layout;
}

} // namespace

RunsPanel::RunsPanel(RunBoard& board, QWidget* parent)
    : QWidget(parent), m_board(board), m_model(new RunList(board, this)),
      m_header(new QStackedWidget), m_pages(new QStackedWidget)
{
    setProperty("role", "bar");
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("Runs"));
    m_header->setFixedHeight(kStripHeight);
    m_header->addWidget(makeHeader());
    m_header->addWidget(makeQuestion());
    m_pages->addWidget(makeList());
    auto* empty = new QLabel(tr("Trainings and prunings would be listed here, those of earlier "
                                "sessions too. Nothing of a run is lost when the window closes."));
    empty->setProperty("role", "caption");
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    m_pages->addWidget(empty);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_pages, 1);
    m_pages->hide();
    setFixedHeight(kStripHeight);

    connect(&board, &RunBoard::runsChanged, this, &RunsPanel::showState);
    connect(&board, &RunBoard::progressed, this, &RunsPanel::showProgress);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &RunsPanel::showState);
    showState();
}

QWidget* RunsPanel::makeHeader()
{
    auto* strip = new QWidget;
    auto* layout = stripLayout(strip);
    auto* heading = new QLabel(tr("RUNS"));
    heading->setProperty("role", "heading");
    m_summary = new QLabel;
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setProperty("role", "caption");
    m_summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_new = headerButton(tr("New run"), tr("Train or prune  (N)"));
    m_open = headerButton(tr("Open model"), tr("Make the run's result the current model"));
    m_pause = headerButton(tr("Pause"), tr("Writes a checkpoint and waits to be resumed"));
    m_stop = headerButton(tr("Stop and keep best"), tr("Ends the run with the best so far"));
    m_resume = headerButton(tr("Resume"), tr("Goes on from the checkpoint"));
    m_delete = headerButton(tr("Delete…"), tr("Deletes the run's folder"));
    m_fold = new IconButton("chevron-up", tr("Show the list of runs"));
    layout->addWidget(heading);
    layout->addSpacing(8);
    layout->addWidget(m_summary, 1);
    for (QPushButton* button : {m_open, m_pause, m_stop, m_resume, m_delete, m_new})
        layout->addWidget(button);
    layout->addWidget(m_fold);

    const auto act = [this](void (RunBoard::*deed)(const std::string&)) {
        return [this, deed] {
            if (const core::RunSummary* run = subject())
                (m_board.*deed)(run->id);
        };
    };
    connect(m_new, &QPushButton::clicked, this, &RunsPanel::newRunRequested);
    connect(m_pause, &QPushButton::clicked, this, act(&RunBoard::pause));
    connect(m_stop, &QPushButton::clicked, this, act(&RunBoard::stopAndKeep));
    connect(m_resume, &QPushButton::clicked, this, act(&RunBoard::resume));
    connect(m_delete, &QPushButton::clicked, this, &RunsPanel::askToDelete);
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (const core::RunSummary* run = subject())
            emit modelRequested(run->id);
    });
    connect(m_fold, &QToolButton::clicked, this, [this] { setFolded(!m_folded); });
    return strip;
}

/// Takes the place of the buttons, so that deleting needs no dialog.
QWidget* RunsPanel::makeQuestion()
{
    auto* strip = new QWidget;
    auto* layout = stripLayout(strip);
    m_question = new QLabel;
    m_question->setTextFormat(Qt::PlainText);
    auto* remove = headerButton(tr("Delete the run"), tr("This can't be undone"));
    auto* keep = headerButton(tr("Keep it"), {});
    layout->addWidget(m_question, 1);
    layout->addWidget(remove);
    layout->addWidget(keep);
    connect(remove, &QPushButton::clicked, this, [this] { endQuestion(true); });
    connect(keep, &QPushButton::clicked, this, [this] { endQuestion(false); });
    return strip;
}

QWidget* RunsPanel::makeList()
{
    m_list = new QListView;
    m_list->setModel(m_model);
    m_list->setItemDelegate(new RunDelegate(m_list));
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setAccessibleName(tr("Runs"));
    connect(m_list, &QListView::customContextMenuRequested, this, &RunsPanel::showMenu);
    connect(m_list, &QListView::activated, this, [this](const QModelIndex& index) {
        if (const core::RunSummary* run = m_model->run(index))
            emit viewRequested(run->id);
    });
    return m_list;
}

void RunsPanel::setFolded(bool folded)
{
    if (folded == m_folded)
        return;
    m_folded = folded;
    m_pages->setVisible(!folded);
    m_fold->setIconName(folded ? "chevron-up" : "chevron-down");
    m_fold->setToolTip(folded ? tr("Show the list of runs") : tr("Fold the list of runs"));
    m_fold->setAccessibleName(m_fold->toolTip());
    showState();
    emit foldedChanged(folded);
}

void RunsPanel::select(const std::string& id)
{
    if (const QModelIndex index = m_model->indexOf(id); index.isValid())
        m_list->setCurrentIndex(index);
}

const core::RunSummary* RunsPanel::selected() const
{
    return m_model->run(m_list->currentIndex());
}

const core::RunSummary* RunsPanel::subject() const
{
    const auto& runs = m_board.runs();
    const auto going = std::ranges::find(runs, core::RunStatus::Running, &core::RunSummary::status);
    if (m_folded && going != runs.end())
        return &*going;
    return selected();
}

void RunsPanel::showProgress()
{
    constexpr int kWordTime = 200;
    if (m_folded && (!m_sinceWords.isValid() || m_sinceWords.elapsed() >= kWordTime))
        showState();
}

void RunsPanel::showState()
{
    m_sinceWords.start();
    const auto& runs = m_board.runs();
    const int rows = std::clamp(static_cast<int>(runs.size()), kFewestRows, kMostRows);
    setFixedHeight(m_folded ? kStripHeight : kStripHeight + rows * RunDelegate::kHeight + 4);
    m_pages->setCurrentIndex(runs.empty() ? 1 : 0);
    const core::RunSummary* run = subject();
    const auto count = [&](core::RunStatus status) {
        return std::ranges::count(runs, status, &core::RunSummary::status);
    };
    if (m_folded && run != nullptr)
        m_summary->setText(runLine(*run));
    else if (runs.empty())
        m_summary->setText(m_board.listed() ? tr("none yet") : QString());
    else
        m_summary->setText(tr("%1 running, %2 queued, %3 in all")
                               .arg(count(core::RunStatus::Running))
                               .arg(count(core::RunStatus::Queued))
                               .arg(runs.size()));
    const auto offer = [](QPushButton* button, bool offered) { button->setVisible(offered); };
    offer(m_open, run != nullptr && !run->model.empty());
    offer(m_pause, run != nullptr && canPause(run->status));
    offer(m_stop, run != nullptr && canStopAndKeep(run->status));
    offer(m_resume, run != nullptr && offersResume(run->status));
    offer(m_delete, run != nullptr && !m_folded && canDelete(run->status));
}

void RunsPanel::showMenu(const QPoint& position)
{
    const core::RunSummary* run = m_model->run(m_list->indexAt(position));
    if (run == nullptr)
        return;
    const std::string id = run->id;
    select(id);
    auto* menu = new QMenu(m_list);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString show = run->kind == core::RunKind::Train   ? tr("Show the training")
                         : run->kind == core::RunKind::Prune ? tr("Show the pruning")
                                                             : tr("Show the game");
    menu->addAction(show, this, [=, this] { emit viewRequested(id); });
    if (!run->model.empty())
        menu->addAction(tr("Open the model"), this, [=, this] { emit modelRequested(id); });
    menu->addSeparator();
    if (canPause(run->status))
        menu->addAction(tr("Pause"), this, [=, this] { m_board.pause(id); });
    if (canStopAndKeep(run->status))
        menu->addAction(tr("Stop and keep best"), this, [=, this] { m_board.stopAndKeep(id); });
    if (offersResume(run->status))
        menu->addAction(tr("Resume"), this, [=, this] { m_board.resume(id); });
    if (canDelete(run->status))
        menu->addAction(tr("Delete…"), this, &RunsPanel::askToDelete);
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

void RunsPanel::askToDelete()
{
    const core::RunSummary* run = selected();
    if (run == nullptr || !canDelete(run->status))
        return;
    m_asked = run->id;
    const QString title = fontMetrics().elidedText(runTitle(*run), Qt::ElideMiddle, 320);
    m_question->setText(tr("Delete “%1” with its record and its model?").arg(title));
    m_header->setCurrentIndex(1);
}

void RunsPanel::endQuestion(bool remove)
{
    if (remove)
        m_board.remove(m_asked);
    m_asked.clear();
    m_header->setCurrentIndex(0);
}

} // namespace ui
