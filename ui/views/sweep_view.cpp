// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/sweep_view.h"

#include "core/search/storage/database.h"
#include "ui/figures/sweep_figures.h"
#include "ui/panels/sweep_form.h"
#include "ui/sweeps/sweep_analysis.h"
#include "ui/views/sweep_control.h"
#include "ui/views/sweep_trials.h"
#include "ui/wanted_model.h"
#include "ui/widgets/choice_bar.h"
#include "ui/widgets/plane_steering.h"
#include "ui/widgets/wrap_layout.h"
#include "ui/words.h"

#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace ui
{

SweepView::SweepView(Session& session, RunBoard& board, std::string storage, QWidget* parent,
                     SweepRunner::Run run)
    : FigureView(session, parent), m_usualStorage(storage),
      m_control(new SweepControl(board, std::move(storage), std::move(run), this)),
      m_analysis(new SweepAnalysis(this)), m_wanted(new WantedModel(session, this)),
      m_trials(new SweepTrials), m_plots(new ChoiceBar(tr("Picture of the study"))),
      m_axes(new QWidget), m_across(new QComboBox), m_up(new QComboBox), m_message(new QLabel),
      m_standing(new QLabel)
{
    buildToolbar();
    buildTrials();
    canvas()->keepPicture();
    letFigureTakeFocus();
    connectParts();
    for (QWidget* later : std::initializer_list<QWidget*>{m_plots, m_axes, m_trials})
        later->hide(); // until there is a study
}

void SweepView::buildToolbar()
{
    m_control->addTo(toolbar());
    m_plots->setChoices({tr("History"), tr("Intermediate"), tr("Parallel"), tr("Slices"),
                         tr("Contour"), tr("Distribution"), tr("Importance")});
    m_plots->setTip(Intermediate, tr("What trials reported after each epoch"));
    m_plots->setTip(Parallel, tr("Parallel coordinates: a line a trial through all it varied"));
    m_plots->setTip(Distribution, tr("Empirical distribution of the results"));
    m_plots->setTip(Importance, tr("How much of the variance each parameter explains"));
    toolbar()->addWidget(m_plots);
    auto* row = new QHBoxLayout(m_axes); // so that both go to the next line
    row->setContentsMargins({});
    for (QComboBox* box : {m_across, m_up}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        row->addWidget(box);
        connect(box, &QComboBox::activated, this, &SweepView::refreshLater);
    }
    toolbar()->addWidget(m_axes);
    m_across->setAccessibleName(tr("Parameter across"));
    m_across->setToolTip(m_across->accessibleName());
    m_up->setAccessibleName(tr("Parameter up"));
    m_up->setToolTip(m_up->accessibleName());
    addExportButton();
    m_message->setWordWrap(true);
    m_message->setContentsMargins(SceneCanvas::kMargin, 8, SceneCanvas::kMargin, 0);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->hide();
    m_standing->setContentsMargins(SceneCanvas::kMargin, 8, SceneCanvas::kMargin, 0);
    m_standing->hide();
    page()->insertWidget(page()->indexOf(toolbar()) + 1, m_message);
    page()->insertWidget(page()->indexOf(toolbar()) + 1, m_standing);
}

void SweepView::buildTrials()
{
    auto* row = new QVBoxLayout;
    row->setContentsMargins(SceneCanvas::kMargin, 0, SceneCanvas::kMargin, 12);
    row->addWidget(m_trials);
    page()->addLayout(row);
}

void SweepView::connectParts()
{
    connect(m_control, &SweepControl::formShownChanged, this, &SweepView::formShownChanged);
    connect(m_plots, &ChoiceBar::chosen, this, &SweepView::refreshLater);
    connect(m_control, &SweepControl::changed, this, &SweepView::refreshLater);
    connect(m_control, &SweepControl::said, this, &SweepView::say);
    connect(m_control, &SweepControl::queueRequested, this, [this] {
        const SweepDataPointer& study = m_control->watch()->data();
        m_control->queueTrial(study && m_trials->selected() ? study->find(*m_trials->selected())
                                                            : nullptr);
    });
    connect(m_control->watch(), &StudyWatch::changed, this, &SweepView::takeStudy);
    connect(m_analysis, &SweepAnalysis::changed, this, &SweepView::refreshLater);
    connect(m_trials, &SweepTrials::selectionChanged, this, &SweepView::refreshMarks);
    connect(m_trials, &SweepTrials::modelRequested, this, &SweepView::openModel);
    auto* steering =
        new PlaneSteering(canvas(), [this](const QPointF& place) { return shareOf(place); });
    connect(steering, &PlaneSteering::zoomed, this, &SweepView::zoom);
    connect(steering, &PlaneSteering::moved, this, &SweepView::move);
    connect(steering, &PlaneSteering::released, this, &SweepView::showUsual);
}

void SweepView::takeStudy()
{
    const SweepDataPointer& study = m_control->watch()->data();
    if (!study) { // another study is about to come
        m_ranges.clear();
        m_analysis->forget();
    }
    m_trials->setData(study);
    fillParameters();
    refreshLater();
}

/// Keeps what is chosen while it is there.
void SweepView::fillParameters()
{
    const SweepDataPointer& study = m_control->watch()->data();
    QStringList names;
    if (study)
        for (const core::Dimension& dimension : study->space.dimensions)
            names << QString::fromStdString(dimension.name);
    int otherwise = 0;
    for (QComboBox* box : {m_across, m_up}) {
        const QString before = box->currentText();
        const QSignalBlocker quiet(box);
        box->clear();
        box->addItems(names);
        const int index = static_cast<int>(names.indexOf(before));
        box->setCurrentIndex(
            index >= 0 ? index : std::min<int>(otherwise, static_cast<int>(names.size()) - 1));
        ++otherwise;
    }
}

SweepView::Plot SweepView::plot() const
{
    return static_cast<Plot>(m_plots->current());
}

void SweepView::showPlot(Plot plot)
{
    m_plots->setCurrent(plot);
    refreshLater();
}

std::unique_ptr<SceneFigure> SweepView::makeFigure() const
{
    const SweepDataPointer& study = m_control->watch()->data();
    if (!study || study->trials.empty())
        return nullptr;
    switch (plot()) {
    case History:
        return std::make_unique<SweepHistoryFigure>(study, *range());
    case Intermediate:
        return std::make_unique<SweepCurvesFigure>(study, *range());
    case Distribution:
        return std::make_unique<SweepDistributionFigure>(study, *range());
    case Parallel:
        return std::make_unique<SweepParallelFigure>(study);
    case Slices:
        return std::make_unique<SweepSlicesFigure>(study);
    case Contour:
        return study->space.dimensions.empty()
                   ? nullptr
                   : m_analysis->contour(study, m_across->currentText().toStdString(),
                                         m_up->currentText().toStdString());
    case Importance:
        return m_analysis->importance(study);
    case kPlots:
        break;
    }
    return nullptr;
}

QString SweepView::emptyText() const
{
    const StudyWatch& watch = *m_control->watch();
    if (m_analysis->busy())
        return tr("This takes a moment\u2026");
    if (watch.data() && watch.data()->trials.empty())
        return tr("The trials of %1 would be here: none has begun.")
            .arg(QString::fromStdString(watch.data()->study));
    if (watch.data())
        return tr("What the trials varied would be here: they varied nothing.");
    if (!watch.name().study.empty())
        return tr("The trials of %1 would be here. Reading them\u2026")
            .arg(QString::fromStdString(watch.name().study));
    const QString begin = tr("Begin one with New sweep, or open a storage in which caddie sweep or "
                             "Optuna keeps studies.");
    if (watch.storage() == m_usualStorage)
        return tr("The trials of a search for hyper-parameters would be here.") + u'\n' + begin;
    return tr("There are no studies in %1 yet.")
               .arg(QString::fromStdString(core::databaseTitle(watch.storage()))) +
           u'\n' + begin;
}

void SweepView::updateControls()
{
    const SweepRunner& runner = *m_control->runner();
    const SweepDataPointer& study = m_control->watch()->data();
    const bool here = m_control->runsShown();
    std::optional<double> share;
    if (m_analysis->busy() && (plot() == Contour || plot() == Importance))
        share = -1;
    else if (here && study && m_control->watch()->plan() && m_control->watch()->plan()->trials > 0)
        share = std::min(1.0, static_cast<double>(core::countedTrials(study->history())) /
                                  m_control->watch()->plan()->trials);
    else if (runner.running())
        share = -1;
    setProgress(share);
    m_standing->setVisible(runner.running());
    m_standing->setText(
        runner.stopping() ? tr("Stopping\u2026")
        : here            ? runner.standing()
                          : tr("%1 runs: %2")
                     .arg(QString::fromStdString(runner.name().study), runner.standing()));
    const bool planes = plot() == Contour && study && study->space.dimensions.size() > 1;
    m_axes->setVisible(planes);
    m_plots->setVisible(study != nullptr);
    m_trials->setVisible(study != nullptr);
}

const SweepFigure* SweepView::sweep() const
{
    return dynamic_cast<const SweepFigure*>(shown());
}

QString SweepView::hoverText(const SceneHit& hit) const
{
    return sweep() == nullptr ? QString() : sweep()->describe(hit);
}

std::vector<SceneMark> SweepView::marksOf(std::optional<int> trial, MarkKind kind) const
{
    std::vector<SceneMark> marks;
    if (trial && sweep() != nullptr)
        for (const MapKey& key : sweep()->keysOf(*trial))
            marks.push_back({key, {}, kind});
    return marks;
}

std::vector<SceneMark> SweepView::selectionMarks() const
{
    return marksOf(m_trials->selected(), MarkKind::Selected);
}

std::vector<SceneMark> SweepView::hoverMarks(const SceneHit& hit) const
{
    return marksOf(SweepFigure::trialOf(hit.key), MarkKind::Hovered);
}

void SweepView::choose(const SceneHit& hit)
{
    if (const auto trial = SweepFigure::trialOf(hit.key))
        select(trial);
}

void SweepView::select(std::optional<int> trial)
{
    m_trials->select(trial);
    refreshMarks();
}

void SweepView::openModel(const QString& file)
{
    if (QFileInfo::exists(file))
        m_wanted->show(file);
    else
        say(tr("The trial's network is not there any more: %1").arg(file), true);
}

PlotRange SweepView::usualRange() const
{
    const SweepData& study = *m_control->watch()->data();
    return plot() == History        ? SweepHistoryFigure::usualRange(study)
           : plot() == Intermediate ? SweepCurvesFigure::usualRange(study)
                                    : SweepDistributionFigure::usualRange(study);
}

std::optional<PlotRange> SweepView::range() const
{
    const bool isPlane = plot() == History || plot() == Intermediate || plot() == Distribution;
    if (!isPlane || !m_control->watch()->data())
        return std::nullopt;
    const auto chosen = m_ranges.find(plot());
    return chosen == m_ranges.end() ? usualRange() : chosen->second;
}

void SweepView::zoom(double factor, double across, double up)
{
    if (const auto now = range()) {
        m_ranges[plot()] = now->zoomed(factor, across, up);
        refreshLater();
    }
}

void SweepView::move(double across, double up)
{
    if (const auto now = range()) {
        m_ranges[plot()] = now->moved(across, up);
        refreshNow();
    }
}

void SweepView::showUsual()
{
    m_ranges.erase(plot());
    refreshLater();
}

std::optional<QPointF> SweepView::shareOf(const QPointF& place) const
{
    const Scene* scene = canvas()->scene();
    return scene == nullptr
               ? std::nullopt
               : scene->shareOf({SweepFigure::kPlane, 0},
                                place - QPointF(SceneCanvas::kMargin, SceneCanvas::kMargin));
}

void SweepView::say(const QString& sentence, bool refused)
{
    m_message->setText(breakable(sentence));
    m_message->setProperty("role", refused ? "error" : "caption");
    m_message->style()->unpolish(m_message);
    m_message->style()->polish(m_message);
    m_message->setVisible(!sentence.isEmpty());
}

std::vector<ActionSpec> SweepView::actionSpecs()
{
    const QString group = tr("Sweep");
    const auto showNext = [this] { showPlot(static_cast<Plot>((plot() + 1) % kPlots)); };
    return {
        {"sweep.new", group, tr("New sweep\u2026"), {}, [this] { m_control->newSweep(); }},
        {"sweep.toggle",
         group,
         tr("Stop or resume the sweep"),
         {},
         [this] { m_control->toggle(); }},
        {"sweep.queue",
         group,
         tr("Queue a trial\u2026"),
         {},
         [this] { emit m_control->queueRequested(); }},
        {"sweep.storage",
         group,
         tr("Open a storage of studies\u2026"),
         {},
         [this] { m_control->openStorage(); }},
        {"sweep.next", group, tr("Next picture of the sweep"), {}, showNext},
        {"sweep.all", group, tr("Show the usual range of the sweep"), {}, [this] { showUsual(); }},
    };
}

void SweepView::showEvent(QShowEvent* event)
{
    m_control->watch()->setActive(true);
    FigureView::showEvent(event);
}

void SweepView::hideEvent(QHideEvent* event)
{
    m_control->watch()->setActive(false);
    FigureView::hideEvent(event);
}

bool SweepView::showsForm() const
{
    return !m_control->form()->isHidden();
}

void SweepView::closeForm()
{
    m_control->showForm(false);
}

void SweepView::resizeEvent(QResizeEvent* event)
{
    FigureView::resizeEvent(event);
    m_control->placeForm();
}

QJsonObject SweepView::state() const
{
    QJsonObject state = m_trials->state();
    const StudyName name = m_control->watch()->name();
    state.insert(QStringLiteral("plot"), plot());
    // A password has no place in a file of settings.
    if (name.url == core::databaseTitle(name.url)) {
        state.insert(QStringLiteral("storage"), QString::fromStdString(name.url));
        state.insert(QStringLiteral("study"), QString::fromStdString(name.study));
    }
    return state;
}

void SweepView::restore(const QJsonObject& state)
{
    m_plots->setCurrent(
        std::clamp(state.value(QStringLiteral("plot")).toInt(), 0, static_cast<int>(kPlots) - 1));
    m_trials->restore(state);
    const StudyName name{state.value(QStringLiteral("storage")).toString().toStdString(),
                         state.value(QStringLiteral("study")).toString().toStdString()};
    if (!name.url.empty())
        m_control->showStudy(name);
    refreshLater();
}

} // namespace ui
