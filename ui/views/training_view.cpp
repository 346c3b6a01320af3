// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/training_view.h"

#include "ui/runs/run_board.h"
#include "ui/runs/run_words.h"
#include "ui/session.h"
#include "ui/views/epoch_kernels.h"
#include "ui/views/export_dialog.h"
#include "ui/views/overlaid_runs.h"
#include "ui/views/training_curves.h"
#include "ui/widgets/curve_plot.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui
{

namespace
{

constexpr int kMargin = 24;
constexpr int kListWidth = 176;

QLabel* plainLabel(const char* role)
{
    auto* label = new QLabel;
    label->setProperty("role", role);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

TrainingView::TrainingView(Session& session, RunBoard& board, QWidget* parent)
    : View(parent), m_session(session), m_board(board), m_stack(new QStackedWidget),
      m_empty(new QLabel), m_title(plainLabel("title")), m_standing(plainLabel("")),
      m_numbers(plainLabel("caption")), m_progress(new QProgressBar),
      m_export(new QPushButton(tr("Export figure\u2026"))),
      m_list(new OverlaidRuns(board, core::RunKind::Train, tr("Trainings whose curves are shown"))),
      m_accuracy(new CurvePlot(tr("epoch"), tr("accuracy, %"), tr(" %"))),
      m_loss(new CurvePlot(tr("epoch"), tr("loss"), {})), m_kernels(new EpochKernels(board))
{
    setProperty("role", "panel");
    setAttribute(Qt::WA_StyledBackground);
    build();
    connectParts();
    linkPlots();
    takeRuns();
}

void TrainingView::build()
{
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(3);
    m_progress->setRange(0, 1000);
    m_progress->setAccessibleName(tr("Progress of the training"));
    QSizePolicy keep = m_progress->sizePolicy();
    keep.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(keep);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setMargin(2 * kMargin);

    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_progress);
    layout->addWidget(makeHeader());
    layout->addWidget(makeCharts(), 1);
    layout->addWidget(m_kernels);
    m_stack->addWidget(page);
    m_stack->addWidget(m_empty);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_stack);
}

QWidget* TrainingView::makeHeader()
{
    m_export->setToolTip(tr("As SVG, PDF, PNG or CSV, or to the clipboard"));
    m_title->setWordWrap(false);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_standing);
    words->addWidget(m_numbers);
    auto* header = new QWidget;
    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins(kMargin, 12, kMargin, 0);
    layout->setSpacing(12);
    layout->addLayout(words, 1);
    layout->addWidget(m_export, 0, Qt::AlignTop);
    return header;
}

QWidget* TrainingView::makeCharts()
{
    m_list->setFixedWidth(kListWidth);
    m_accuracy->setXTitleShown(false); // the plot below has the same axis
    auto* plots = new QVBoxLayout;
    plots->setSpacing(4);
    plots->addWidget(m_accuracy, 1);
    plots->addWidget(m_loss, 1);
    auto* charts = new QWidget;
    auto* layout = new QHBoxLayout(charts);
    layout->setContentsMargins(kMargin - 4, 8, 8, 0);
    layout->setSpacing(4);
    layout->addWidget(m_list);
    layout->addLayout(plots, 1);
    return charts;
}

void TrainingView::connectParts()
{
    connect(&m_board, &RunBoard::runsChanged, this, &TrainingView::takeRuns);
    connect(&m_board, &RunBoard::historyChanged, this, [this](const std::string& id) {
        if (m_list->shows(id) || id == m_run)
            refreshLater();
    });
    connect(&m_board, &RunBoard::progressed, this, [this](const std::string& id) {
        if (id == m_run && isVisible())
            showProgress();
    });
    connect(m_list, &OverlaidRuns::shownChanged, this, &TrainingView::refreshLater);
    connect(m_list, &OverlaidRuns::chosen, this, &TrainingView::showRun);
    connect(m_export, &QPushButton::clicked, this, &TrainingView::openExport);
    connect(m_kernels, &EpochKernels::epochChosen, this, [this](std::optional<int> epoch) {
        for (CurvePlot* plot : {m_accuracy, m_loss})
            plot->setMarker(epoch ? std::optional<double>(*epoch) : std::nullopt);
    });
}

/// Both plots show the same epochs, and say in the status line what is under the pointer.
void TrainingView::linkPlots()
{
    const auto tell = [this](const QString& text) { emit m_session.statusMessage(text); };
    const auto follow = [](CurvePlot* other) {
        return [other](bool zoomed, double low, double high) {
            if (zoomed)
                other->showX(low, high);
            else
                other->showAll();
        };
    };
    connect(m_accuracy, &CurvePlot::hovered, this, tell);
    connect(m_loss, &CurvePlot::hovered, this, tell);
    connect(m_accuracy, &CurvePlot::zoomChanged, this, follow(m_loss));
    connect(m_loss, &CurvePlot::zoomChanged, this, follow(m_accuracy));
}

void TrainingView::showRun(const std::string& id)
{
    const core::RunSummary* run = m_board.find(id);
    if (run == nullptr || run->kind != core::RunKind::Train || id == m_run)
        return;
    m_run = id;
    m_list->show(id);
    m_kernels->setRun(id);
    refreshLater();
}

/// Keeps what is shown while it exists; else the newest training.
void TrainingView::takeRuns()
{
    if (m_board.find(m_run) == nullptr) {
        m_run.clear();
        m_kernels->setRun({});
        const auto& runs = m_board.runs();
        const auto newest = std::ranges::find(runs, core::RunKind::Train, &core::RunSummary::kind);
        if (newest != runs.end())
            showRun(newest->id);
    }
    refreshLater();
}

void TrainingView::refreshLater()
{
    m_dirty = true;
    if (m_queued || !isVisible())
        return;
    m_queued = true;
    QMetaObject::invokeMethod(this, &TrainingView::refresh, Qt::QueuedConnection);
}

void TrainingView::refresh()
{
    m_queued = false;
    if (!m_dirty || !isVisible())
        return;
    m_dirty = false;
    m_stack->setCurrentIndex(m_run.empty() ? 1 : 0);
    m_empty->setText(emptyText());
    showCurves();
    showNumbers();
    m_kernels->refresh();
}

std::vector<TrainingCurves> TrainingView::curves() const
{
    std::vector<TrainingCurves> all;
    const std::vector<std::string>& shown = m_list->shown();
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const RunHistory* known = m_board.history(shown[i]);
        const core::RunSummary* run = m_board.find(shown[i]);
        if (known != nullptr && run != nullptr)
            all.push_back(
                {run->id, runTitle(*run), known->spec.data, known->epochs, static_cast<int>(i)});
    }
    return all;
}

/// The axis reaches to the end of a short run at once, and doubles on the way through a long one:
/// it hardly ever moves, and the curves are never squeezed into a corner.
double TrainingView::epochSpan(const std::vector<TrainingCurves>& all) const
{
    double done = 1;
    double total = 1;
    for (const TrainingCurves& training : all) {
        if (!training.epochs.empty())
            done = std::max(done, static_cast<double>(training.epochs.back().epoch));
        if (const core::RunSummary* run = m_board.find(training.run))
            total = std::max(total, static_cast<double>(run->progress.total));
    }
    double span = 40;
    while (span < done)
        span *= 2;
    return std::min(span, total);
}

void TrainingView::showCurves()
{
    const std::vector<TrainingCurves> all = curves();
    const QColor background = palette().color(QPalette::Base);
    const double span = epochSpan(all);
    for (CurvePlot* plot : {m_accuracy, m_loss})
        plot->setXSpan(span);
    m_accuracy->setCurves(plotCurves(all, CurveQuantity::Accuracy, background));
    m_loss->setCurves(plotCurves(all, CurveQuantity::Loss, background));
}

void TrainingView::showProgress()
{
    constexpr int kWordTime = 200;
    const core::RunSummary* run = m_board.find(m_run);
    m_progress->setValue(static_cast<int>(1000 * run->progress.fraction));
    if (!m_sinceWords.isValid() || m_sinceWords.elapsed() >= kWordTime)
        showNumbers();
}

void TrainingView::showNumbers()
{
    m_sinceWords.start();
    const core::RunSummary* run = m_board.find(m_run);
    if (run == nullptr)
        return;
    const RunHistory* known = m_board.history(m_run);
    m_title->setText(runTitle(*run));
    m_standing->setText(standingText(*run));
    const QString error = m_board.historyError(m_run);
    m_numbers->setText(error.isEmpty() ? epochText(known) : error);
    m_progress->setVisible(run->status == core::RunStatus::Running);
    m_progress->setValue(static_cast<int>(1000 * run->progress.fraction));
    m_export->setEnabled(known != nullptr && !known->epochs.empty());
}

std::unique_ptr<Figure> TrainingView::figure() const
{
    std::vector<TrainingCurves> all = curves();
    const RunHistory* known = m_run.empty() ? nullptr : m_board.history(m_run);
    if (known == nullptr || known->start == nullptr || all.empty())
        return nullptr;
    return std::make_unique<CurvesFigure>(known->start, std::move(all));
}

void TrainingView::openExport()
{
    if (!m_export->isEnabled())
        return;
    auto* dialog = new ExportDialog(
        id(), {tr("Curves"), tr("Kernels")},
        [this](int choice) -> std::unique_ptr<Figure> {
            return choice == 0 ? figure() : m_kernels->figure();
        },
        this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

QString TrainingView::emptyText() const
{
    return m_board.listed()
               ? tr("Loss and accuracy of trainings would be here, and their kernels as they "
                    "change.\nStart one with New run below.")
               : tr("Reading the runs\u2026");
}

void TrainingView::showEvent(QShowEvent* event)
{
    View::showEvent(event);
    m_dirty = true;
    refresh();
}

void TrainingView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        refreshLater();
    View::changeEvent(event);
}

} // namespace ui
