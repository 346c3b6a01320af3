// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/epoch_kernels.h"

#include "ui/figures/parameters_figure.h"
#include "ui/runs/run_board.h"
#include "ui/widgets/scene_canvas.h"
#include "ui/widgets/scrub_bar.h"

#include <QFrame>
#include <QVBoxLayout>

#include <algorithm>

namespace ui
{

namespace
{

constexpr int kLeastHeight = 184;
constexpr double kShare = 0.28; ///< of the view's height

} // namespace

EpochKernels::EpochKernels(RunBoard& board, QWidget* parent)
    : QWidget(parent), m_board(board), m_canvas(new SceneCanvas),
      m_scrub(new ScrubBar(tr("Epochs"), ScrubBar::Playing::Yes))
{
    m_canvas->setFixedHeight(kLeastHeight);
    auto* rule = new QFrame;
    rule->setProperty("role", "rule");
    rule->setFixedHeight(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_canvas);
    layout->addWidget(rule);
    layout->addWidget(m_scrub);
    connect(m_scrub, &ScrubBar::moved, this, &EpochKernels::takeScrub);
    connect(&board, &RunBoard::parametersChanged, this, [this] {
        if (isVisible() && live())
            showFigure();
    });
}

void EpochKernels::setRun(const std::string& id)
{
    if (id == m_run)
        return;
    m_run = id;
    m_parameters.clear();
    m_epoch = -1;
    m_scrub->stop();
    m_scrub->setCount(0);
    m_scrub->setPlace(0);
    refresh();
}

void EpochKernels::refresh()
{
    watch();
    const RunHistory* known = history();
    m_scrub->setCount(known == nullptr || known->epochs.empty() ? 0 : known->epochs.back().epoch);
    if (!live())
        readEpoch();
    showFigure();
}

const RunHistory* EpochKernels::history() const
{
    const RunHistory* known = m_run.empty() ? nullptr : m_board.history(m_run);
    return known != nullptr && known->start != nullptr ? known : nullptr;
}

bool EpochKernels::running() const
{
    const core::RunSummary* run = m_board.find(m_run);
    return run != nullptr && run->status == core::RunStatus::Running;
}

bool EpochKernels::live() const
{
    return running() && m_scrub->following();
}

void EpochKernels::watch()
{
    m_board.watchParameters(isVisible() && running() ? m_run : std::string());
}

void EpochKernels::takeScrub(int epoch)
{
    emit epochChosen(m_scrub->following() ? std::nullopt : std::optional(epoch));
    if (!live())
        readEpoch();
    showFigure();
}

/// One reading at a time; what was asked for meanwhile is read after it.
void EpochKernels::readEpoch()
{
    const int epoch = m_scrub->place();
    const RunHistory* known = history();
    if (m_reading || known == nullptr || epoch == m_epoch)
        return;
    if (epoch == 0) {
        const auto values = known->start->parameters.values();
        m_parameters.assign(values.begin(), values.end());
        m_epoch = 0;
        return;
    }
    m_reading = true;
    m_board.readParameters(m_run, epoch, [this, run = m_run, epoch](std::vector<float> parameters) {
        takeEpoch(run, epoch, std::move(parameters));
    });
}

void EpochKernels::takeEpoch(const std::string& run, int epoch, std::vector<float> parameters)
{
    m_reading = false;
    if (run == m_run) {
        m_parameters = std::move(parameters); // empty where the epoch isn't recorded
        m_epoch = epoch;
    }
    if (!live())
        readEpoch();
    showFigure();
}

std::unique_ptr<SceneFigure> EpochKernels::figure() const
{
    const RunHistory* known = history();
    if (known == nullptr)
        return nullptr;
    const bool now = live() && !m_board.watchedParameters().empty();
    const std::vector<float>& parameters = now ? m_board.watchedParameters() : m_parameters;
    if (parameters.size() != known->start->parameters.values().size())
        return nullptr;
    return std::make_unique<ParametersFigure>(known->start, parameters, whenText());
}

QString EpochKernels::whenText() const
{
    if (live())
        return tr("at the moment");
    return m_epoch <= 0 ? tr("before training") : tr("after epoch %1").arg(m_epoch);
}

void EpochKernels::showFigure()
{
    const int height = parentWidget() == nullptr ? 0 : parentWidget()->height();
    m_canvas->setFixedHeight(std::max(kLeastHeight, static_cast<int>(kShare * height)));
    m_canvas->setRoom(
        {width() - 2 * SceneCanvas::kMargin, m_canvas->height() - SceneCanvas::kMargin - 12});
    m_canvas->showFigure(figure());
    m_scrub->setText(tr("kernels %1").arg(whenText()));
}

void EpochKernels::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void EpochKernels::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    watch();
}

void EpochKernels::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (isVisible())
        showFigure();
}

} // namespace ui
