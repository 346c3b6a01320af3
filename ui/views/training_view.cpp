// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/training_view.h"

#include "ui/figures/chart.h"
#include "ui/figures/parameters_figure.h"
#include "ui/runs/run_board.h"
#include "ui/runs/run_words.h"
#include "ui/session.h"
#include "ui/theme.h"
#include "ui/views/export_dialog.h"
#include "ui/views/training_curves.h"
#include "ui/widgets/curve_plot.h"
#include "ui/widgets/scene_canvas.h"
#include "ui/widgets/scrub_bar.h"
#include "ui/words.h"

#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui
{

namespace
{

constexpr int kKernelsHeight = 192;
constexpr std::size_t kMostCurves = 6; ///< as many as there are colours

} // namespace

TrainingView::TrainingView(Session& session, RunBoard& board, QWidget* parent)
    : View(parent), m_session(session), m_board(board), m_stack(new QStackedWidget),
      m_empty(new QLabel), m_list(new QListWidget), m_numbers(new QLabel),
      m_progress(new QProgressBar), m_export(new QPushButton(tr("Export figure\u2026"))),
      m_accuracy(new CurvePlot(tr("epoch"), tr("accuracy, %"), tr(" %"))),
      m_loss(new CurvePlot(tr("epoch"), tr("loss"), {})), m_kernels(new SceneCanvas),
      m_scrub(new ScrubBar(tr("Epochs"), ScrubBar::Playing::Yes))
{
    setProperty("role", "panel");
    setAttribute(Qt::WA_StyledBackground);
    build();
    connectParts();
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
    m_numbers->setTextFormat(Qt::PlainText);
    m_numbers->setWordWrap(true);
    m_numbers->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_export->setToolTip(tr("As SVG, PDF, PNG or CSV, or to the clipboard"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setMargin(48);

    auto* toolbar = new QHBoxLayout;
    toolbar->setContentsMargins(24, 12, 24, 0);
    toolbar->setSpacing(12);
    toolbar->addWidget(m_numbers, 1);
    toolbar->addWidget(m_export, 0, Qt::AlignTop);
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_progress);
    layout->addLayout(toolbar);
    layout->addWidget(makeCharts(), 1);
    layout->addWidget(m_kernels);
    auto* rule = new QFrame;
    rule->setProperty("role", "rule");
    rule->setFixedHeight(1);
    layout->addWidget(rule);
    layout->addWidget(m_scrub);
    m_stack->addWidget(page);
    m_stack->addWidget(m_empty);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_stack);
}

QWidget* TrainingView::makeCharts()
{
    m_list->setAccessibleName(tr("Trainings whose curves are shown"));
    m_list->setFixedWidth(176);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setIconSize({10, 10});
    auto* charts = new QWidget;
    auto* layout = new QHBoxLayout(charts);
    layout->setContentsMargins(16, 8, 8, 0);
    layout->setSpacing(4);
    auto* plots = new QVBoxLayout;
    plots->setSpacing(4);
    m_accuracy->setXTitleShown(false); // the plot below has the same axis
    plots->addWidget(m_accuracy, 1);
    plots->addWidget(m_loss, 1);
    layout->addWidget(m_list);
    layout->addLayout(plots, 1);
    return charts;
}

void TrainingView::connectParts()
{
    connect(&m_board, &RunBoard::runsChanged, this, &TrainingView::takeRuns);
    connect(&m_board, &RunBoard::historyChanged, this, [this](const std::string& id) {
        if (std::ranges::find(m_shown, id) != m_shown.end())
            refreshLater();
    });
    connect(&m_board, &RunBoard::progressed, this, [this](const std::string& id) {
        if (id == m_run && isVisible())
            showNumbers();
    });
    connect(&m_board, &RunBoard::parametersChanged, this, [this] {
        if (isVisible() && live())
            showKernels();
    });
    connect(m_list, &QListWidget::itemChanged, this, &TrainingView::takeCheck);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* item) {
        if (item != nullptr)
            showRun(item->data(Qt::UserRole).toString().toStdString());
    });
    connect(m_scrub, &ScrubBar::moved, this, &TrainingView::takeScrub);
    connect(m_export, &QPushButton::clicked, this, &TrainingView::openExport);
    const auto tell = [this](const QString& text) { emit m_session.statusMessage(text); };
    connect(m_accuracy, &CurvePlot::hovered, this, tell);
    connect(m_loss, &CurvePlot::hovered, this, tell);
    const auto follow = [](CurvePlot* other) {
        return [other](bool zoomed, double low, double high) {
            if (zoomed)
                other->showX(low, high);
            else if (other->zoomed())
                other->showAll();
        };
    };
    connect(m_accuracy, &CurvePlot::zoomChanged, this, follow(m_loss));
    connect(m_loss, &CurvePlot::zoomChanged, this, follow(m_accuracy));
}

void TrainingView::showRun(const std::string& id)
{
    const core::RunSummary* run = m_board.find(id);
    if (run == nullptr || run->kind != core::RunKind::Train || id == m_run)
        return;
    m_run = id;
    m_parameters.clear();
    m_epoch = -1;
    m_scrub->stop();
    m_scrub->setCount(0);
    m_scrub->setPlace(0);
    if (std::ranges::find(m_shown, id) == m_shown.end()) {
        if (m_shown.size() == kMostCurves)
            m_shown.erase(m_shown.begin());
        m_shown.push_back(id);
    }
    fillList();
    watch();
    refreshLater();
}

/// Keeps what is shown while it exists; at first the newest training.
void TrainingView::takeRuns()
{
    std::erase_if(m_shown, [this](const std::string& id) { return m_board.find(id) == nullptr; });
    if (m_board.find(m_run) == nullptr) {
        m_run.clear();
        const auto& runs = m_board.runs();
        const auto newest = std::ranges::find(runs, core::RunKind::Train, &core::RunSummary::kind);
        if (newest != runs.end())
            showRun(newest->id);
    }
    fillList();
    watch();
    refreshLater();
}

void TrainingView::fillList()
{
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const core::RunSummary& run : m_board.runs()) {
        if (run.kind != core::RunKind::Train)
            continue;
        auto* item = new QListWidgetItem(runTitle(run), m_list);
        const auto place = std::ranges::find(m_shown, run.id);
        const bool shown = place != m_shown.end();
        item->setData(Qt::UserRole, QString::fromStdString(run.id));
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(shown ? Qt::Checked : Qt::Unchecked);
        item->setToolTip(runLine(run));
        QPixmap swatch(10, 10);
        swatch.fill(Qt::transparent);
        if (shown) {
            QPainter painter(&swatch);
            painter.fillRect(0, 3, 10, 4,
                             curveColour(static_cast<int>(place - m_shown.begin()),
                                         palette().color(QPalette::Base)));
        }
        item->setIcon(swatch);
        if (run.id == m_run)
            m_list->setCurrentItem(item);
    }
}

void TrainingView::takeCheck(QListWidgetItem* item)
{
    const std::string id = item->data(Qt::UserRole).toString().toStdString();
    std::erase(m_shown, id);
    if (item->checkState() == Qt::Checked) {
        if (m_shown.size() == kMostCurves)
            m_shown.erase(m_shown.begin());
        m_shown.push_back(id);
    }
    QMetaObject::invokeMethod(this, &TrainingView::fillList, Qt::QueuedConnection);
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
    const bool anything = !m_run.empty();
    m_stack->setCurrentIndex(anything ? 0 : 1);
    m_empty->setText(emptyText());
    const RunHistory* known = history();
    m_scrub->setCount(known == nullptr || known->epochs.empty() ? 0 : known->epochs.back().epoch);
    showCurves();
    showNumbers();
    if (!live())
        readEpoch();
    showKernels();
}

const RunHistory* TrainingView::history() const
{
    return m_run.empty() ? nullptr : m_board.history(m_run);
}

std::vector<TrainingCurves> TrainingView::curves() const
{
    std::vector<TrainingCurves> all;
    for (std::size_t i = 0; i < m_shown.size(); ++i) {
        const RunHistory* known = m_board.history(m_shown[i]);
        const core::RunSummary* run = m_board.find(m_shown[i]);
        if (known != nullptr && run != nullptr)
            all.push_back(
                {run->id, runTitle(*run), known->spec.data, known->epochs, static_cast<int>(i)});
    }
    return all;
}

void TrainingView::showCurves()
{
    const std::vector<TrainingCurves> all = curves();
    const QColor background = palette().color(QPalette::Base);
    std::uint64_t epochs = 1;
    for (const std::string& id : m_shown)
        if (const core::RunSummary* run = m_board.find(id))
            epochs = std::max(epochs, run->progress.total);
    for (CurvePlot* plot : {m_accuracy, m_loss})
        plot->setXSpan(static_cast<double>(epochs));
    m_accuracy->setCurves(plotCurves(all, CurveQuantity::Accuracy, background));
    m_loss->setCurves(plotCurves(all, CurveQuantity::Loss, background));
}

void TrainingView::showNumbers()
{
    const core::RunSummary* run = m_board.find(m_run);
    if (run == nullptr)
        return;
    const RunHistory* known = history();
    m_numbers->setText(trainingSentence(*run, known));
    const bool going = run->status == core::RunStatus::Running;
    m_progress->setVisible(going);
    m_progress->setValue(static_cast<int>(1000 * run->progress.fraction));
    m_export->setEnabled(known != nullptr && !known->epochs.empty());
}

bool TrainingView::live() const
{
    const core::RunSummary* run = m_board.find(m_run);
    return run != nullptr && run->status == core::RunStatus::Running && m_scrub->following();
}

void TrainingView::watch()
{
    const core::RunSummary* run = m_board.find(m_run);
    const bool wanted = isVisible() && run != nullptr && run->status == core::RunStatus::Running;
    m_board.watchParameters(wanted ? m_run : std::string());
}

void TrainingView::takeScrub(int place)
{
    const bool past = !m_scrub->following();
    m_accuracy->setMarker(past ? std::optional<double>(place) : std::nullopt);
    m_loss->setMarker(past ? std::optional<double>(place) : std::nullopt);
    if (!live())
        readEpoch();
    showKernels();
}

/// One reading at a time; what was asked for meanwhile is read after it.
void TrainingView::readEpoch()
{
    const int epoch = m_scrub->place();
    if (m_reading || m_run.empty() || (epoch == m_epoch && !m_parameters.empty()))
        return;
    if (epoch == 0) {
        if (const RunHistory* known = history(); known != nullptr && known->start != nullptr) {
            const auto values = known->start->parameters.values();
            m_parameters.assign(values.begin(), values.end());
            m_epoch = 0;
        }
        return;
    }
    m_reading = true;
    m_board.readParameters(m_run, epoch, [this, run = m_run, epoch](std::vector<float> parameters) {
        takeEpoch(run, epoch, std::move(parameters));
    });
}

void TrainingView::takeEpoch(const std::string& run, int epoch, std::vector<float> parameters)
{
    m_reading = false;
    if (run == m_run && !parameters.empty()) {
        m_parameters = std::move(parameters);
        m_epoch = epoch;
    }
    if (!live() && (run != m_run || epoch != m_scrub->place()))
        readEpoch();
    showKernels();
}

std::unique_ptr<SceneFigure> TrainingView::kernelsFigure() const
{
    const RunHistory* known = history();
    if (known == nullptr || known->start == nullptr)
        return nullptr;
    const bool now = live() && !m_board.watchedParameters().empty();
    const std::vector<float>& parameters = now ? m_board.watchedParameters() : m_parameters;
    if (parameters.size() != known->start->parameters.values().size())
        return nullptr;
    const QString when = now            ? tr("at the moment")
                         : m_epoch == 0 ? tr("before training")
                                        : tr("after epoch %1").arg(m_epoch);
    return std::make_unique<ParametersFigure>(known->start, parameters, when);
}

void TrainingView::showKernels()
{
    m_kernels->setRoom(
        {width() - 2 * SceneCanvas::kMargin, kKernelsHeight - 2 * SceneCanvas::kMargin + 16});
    std::shared_ptr<const SceneFigure> made = kernelsFigure();
    m_kernels->setFixedHeight(kKernelsHeight);
    m_kernels->showFigure(std::move(made));
    const bool now = live();
    const int place = m_scrub->place();
    m_scrub->setText(now          ? tr("kernels at the moment")
                     : place == 0 ? tr("kernels before training")
                                  : tr("kernels after epoch %1").arg(place));
}

std::unique_ptr<Figure> TrainingView::figure() const
{
    const RunHistory* known = history();
    std::vector<TrainingCurves> all = curves();
    if (known == nullptr || known->start == nullptr || all.empty())
        return nullptr;
    return std::make_unique<CurvesFigure>(known->start, std::move(all));
}

void TrainingView::openExport()
{
    auto* dialog = new ExportDialog(
        id(), {tr("Curves"), tr("Kernels")},
        [this](int choice) -> std::unique_ptr<Figure> {
            return choice == 0 ? figure() : kernelsFigure();
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
    watch();
    m_dirty = true;
    refresh();
}

void TrainingView::hideEvent(QHideEvent* event)
{
    View::hideEvent(event);
    watch();
}

void TrainingView::resizeEvent(QResizeEvent* event)
{
    View::resizeEvent(event);
    if (isVisible())
        showKernels();
}

void TrainingView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        fillList();
        refreshLater();
    }
    View::changeEvent(event);
}

} // namespace ui
