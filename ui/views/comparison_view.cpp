// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/comparison_view.h"

#include "ui/figures/pair_heatmap.h"
#include "ui/figures/pair_predictions.h"
#include "ui/figures/pair_units.h"
#include "ui/figures/pair_weights.h"
#include "ui/models/input_name.h"
#include "ui/panels/icon_button.h"
#include "ui/views/reference_offer.h"
#include "ui/widgets/choice_bar.h"
#include "ui/widgets/wrap_layout.h"

#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QPushButton>

#include <algorithm>

namespace ui
{

namespace
{

QComboBox* namedCombo(const QString& name, const QStringList& items)
{
    auto* combo = new QComboBox;
    combo->setAccessibleName(name);
    combo->setToolTip(name);
    combo->addItems(items);
    return combo;
}

} // namespace

ComparisonView::ComparisonView(Session& session, QWidget* parent)
    : FigureView(session, parent), m_analysis(new PairAnalysis(session, this)),
      m_offer(new ReferenceOffer(session)),
      m_subjects(
          namedCombo(tr("What is compared"), {tr("Channels"), tr("Kernels"), tr("Class heatmap"),
                                              tr("Weights"), tr("Predictions")})),
      m_units(namedCombo(tr("Layer"), {})), m_stages(new ChoiceBar(tr("Stage"))),
      m_modes(new ChoiceBar(tr("How it is compared"))),
      m_showReference(new QPushButton(tr("Show the reference"))),
      m_filter(namedCombo(tr("Images shown"), {tr("All disagreements"), tr("Only current right"),
                                               tr("Only reference right"), tr("Both wrong")})),
      m_previous(new IconButton("previous", tr("Previous disagreement"))),
      m_next(new IconButton("next", tr("Next disagreement")))
{
    buildToolbar();
    connectParts();
}

void ComparisonView::buildToolbar()
{
    m_stages->setChoices({tr("Before"), tr("After")});
    m_stages->setTip(0, tr("Before the activation function"));
    m_stages->setTip(1, tr("After the activation function"));
    m_modes->setChoices({tr("Side by side"), tr("Difference"), tr("Flicker"), tr("Mask")});
    m_modes->setTip(0, tr("Both on one colour scale"));
    m_modes->setTip(1, tr("Current less reference"));
    m_modes->setTip(2, tr("One in the other's place: hold Shift to see the reference"));
    m_modes->setTip(3, tr("Which weights are there in which model"));
    m_showReference->setCheckable(true);
    m_showReference->setToolTip(tr("The same as holding Shift"));

    toolbar()->addWidget(m_subjects);
    toolbar()->addWidget(m_offer->combo());
    addExportButton();

    auto* second = new WrapLayout;
    second->setContentsMargins(SceneCanvas::kMargin, 8, SceneCanvas::kMargin, 0);
    for (QWidget* control : std::initializer_list<QWidget*>{
             m_units, m_stages, m_modes, m_showReference, m_filter, m_previous, m_next})
        second->addWidget(control);
    page()->insertLayout(page()->indexOf(toolbar()) + 1, second);
    page()->addWidget(m_offer);
}

void ComparisonView::connectParts()
{
    const auto refresh = [this] { refreshLater(); };
    for (QComboBox* combo : {m_subjects, m_filter})
        connect(combo, &QComboBox::activated, this, refresh);
    connect(m_modes, &ChoiceBar::chosen, this, refresh);
    connect(m_showReference, &QPushButton::toggled, this, refresh);
    connect(m_units, &QComboBox::activated, this, [this](int index) {
        Selection selection = session().selection();
        selection.unit = index;
        selection.channel.reset();
        selection.position.reset();
        session().select(selection);
    });
    connect(m_stages, &ChoiceBar::chosen, this, [this](int stage) {
        Selection selection = session().selection();
        selection.stage = stage == 0 ? core::Stage::Pre : core::Stage::Post;
        session().select(selection);
    });
    connect(m_previous, &QToolButton::clicked, this, [this] { walkDisagreements(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { walkDisagreements(1); });
    connect(m_analysis, &PairAnalysis::comparisonChanged, this, refresh);
    connect(m_analysis, &PairAnalysis::statisticsChanged, this, refresh);
    connect(m_analysis, &PairAnalysis::activationsChanged, this, [this] {
        if (subject() == Channels)
            refreshLater();
    });
    connect(&session(), &Session::activationsChanged, this, [this] {
        if (subject() == Channels)
            refreshLater();
    });
    connect(&session(), &Session::inputChanged, this, &ComparisonView::refreshMarks);
    connect(&session(), &Session::referenceChanged, this, refresh);
    connect(&session(), &Session::selectionChanged, this, &ComparisonView::followSelection);
}

void ComparisonView::followSelection()
{
    const Selection& selection = session().selection();
    if (selection.unit != m_seen.unit || selection.stage != m_seen.stage)
        refreshLater();
    m_seen = selection;
}

ComparisonView::Subject ComparisonView::subject() const
{
    return static_cast<Subject>(std::max(0, m_subjects->currentIndex()));
}

PairMode ComparisonView::pairMode() const
{
    switch (m_modes->current()) {
    case Difference:
        return PairMode::Difference;
    case Flicker:
        return m_shift || m_showReference->isChecked() ? PairMode::Reference : PairMode::Current;
    case Mask:
        return subject() == Weights ? PairMode::Mask : PairMode::SideBySide;
    default:
        return PairMode::SideBySide;
    }
}

int ComparisonView::unitIndex() const
{
    const int units = static_cast<int>(session().current()->architecture.units().size());
    return std::clamp(session().selection().unit, 0, units - 1);
}

std::unique_ptr<SceneFigure> ComparisonView::makeFigure() const
{
    const ModelPair pair{session().current(), session().reference(),
                         m_analysis->comparison().value};
    if (!pair.current || !pair.reference || !pair.comparison || !m_analysis->obstacle().isEmpty())
        return nullptr;
    switch (subject()) {
    case Channels: {
        const auto current = session().activations();
        const auto reference = m_analysis->referenceActivations();
        if (!current || !reference ||
            current->layers.size() != pair.current->architecture.layers().size() ||
            reference->layers.size() != pair.reference->architecture.layers().size())
            return nullptr;
        return std::make_unique<PairChannelsFigure>(
            pair, pairMode(), unitIndex(), session().selection().stage,
            PairActivations{current, reference,
                            inputName(session().input(), *session().dataset())});
    }
    case Kernels:
        return std::make_unique<PairKernelsFigure>(pair, pairMode(), unitIndex());
    case Heatmap:
        if (!m_analysis->statistics().value)
            return nullptr;
        return std::make_unique<PairHeatmapFigure>(pair, pairMode(),
                                                   m_analysis->statistics().value);
    case Weights:
        if (!PairWeightsFigure::fits(pair))
            return nullptr;
        return std::make_unique<PairWeightsFigure>(pair, pairMode());
    case Predictions:
        return std::make_unique<PairPredictionsFigure>(
            pair, session().dataset(), static_cast<DisagreementFilter>(m_filter->currentIndex()));
    }
    return nullptr;
}

QString ComparisonView::emptyText() const
{
    if (session().current() == nullptr)
        return tr("Two models side by side would be here, on one scale, and where they differ.\n"
                  "Open two models, or drop their files anywhere in the window.");
    if (session().reference() == nullptr)
        return session().models().size() < 2
                   ? tr("Two models side by side would be here, on one scale, and where they "
                        "differ.\nOpen another model to compare %1 with it.")
                         .arg(QString::fromStdString(session().current()->name))
                   : tr("%1 beside a reference would be here, on one scale, and where they "
                        "differ.\nThere is no reference yet. Which model is it?")
                         .arg(QString::fromStdString(session().current()->name));
    if (const QString obstacle = m_analysis->obstacle(); !obstacle.isEmpty())
        return obstacle + u'\n' + tr("Choose another one to compare it with.");
    for (const QString& error : {m_analysis->comparison().error, m_analysis->statistics().error})
        if (!error.isEmpty())
            return error;
    if (m_analysis->comparison().value && subject() == Weights)
        return tr("These networks have too many parameters for a page.");
    return tr("Comparing on %1\u2026")
        .arg(QString::fromStdString(session().dataset()->description()));
}

void ComparisonView::updateControls()
{
    const core::ModelPointer model = session().current();
    const bool pair = model && session().reference() && m_analysis->obstacle().isEmpty();
    m_offer->setOffering(!pair);
    const bool units = subject() == Channels || subject() == Kernels;
    const bool predictions = subject() == Predictions;
    m_units->setVisible(units);
    m_stages->setVisible(subject() == Channels || subject() == Heatmap);
    m_modes->setVisible(!predictions);
    m_modes->button(Mask)->setVisible(subject() == Weights);
    m_showReference->setVisible(!predictions && m_modes->current() == Flicker);
    for (QWidget* control : std::initializer_list<QWidget*>{m_filter, m_previous, m_next})
        control->setVisible(predictions);
    for (QWidget* control : std::initializer_list<QWidget*>{
             m_subjects, m_units, m_stages, m_modes, m_showReference, m_filter, m_previous, m_next})
        control->setEnabled(pair);
    setStale(pair && (m_analysis->comparison().running ||
                      (subject() == Heatmap && m_analysis->statistics().running)));
    if (model == nullptr)
        return;
    QStringList names;
    for (const core::Unit& one : model->architecture.units())
        names << QString::fromStdString(one.name);
    QStringList present;
    for (int i = 0; i < m_units->count(); ++i)
        present << m_units->itemText(i);
    if (names != present) {
        m_units->clear();
        m_units->addItems(names);
    }
    m_units->setCurrentIndex(unitIndex());
    m_stages->setCurrent(session().selection().stage == core::Stage::Pre ? 0 : 1);
}

const PairFigure* ComparisonView::pairFigure() const
{
    return dynamic_cast<const PairFigure*>(shown());
}

const PairPredictionsFigure* ComparisonView::predictions() const
{
    return dynamic_cast<const PairPredictionsFigure*>(shown());
}

QString ComparisonView::hoverText(const SceneHit& hit) const
{
    return pairFigure()->hoverText(hit);
}

std::vector<SceneMark> ComparisonView::selectionMarks() const
{
    std::vector<SceneMark> marks;
    if (const PairFigure* figure = pairFigure())
        for (const PairMark& mark : figure->marksOf(session().selection()))
            marks.push_back({mark.key, mark.cells, MarkKind::Selected});
    if (const PairPredictionsFigure* figure = predictions(); figure && session().input().index)
        if (const auto mark = figure->markOf(*session().input().index))
            marks.push_back({mark->key, mark->cells, MarkKind::Selected});
    return marks;
}

std::vector<SceneMark> ComparisonView::hoverMarks(const SceneHit& hit) const
{
    if (predictions() != nullptr && predictions()->imageAt(hit))
        return {{hit.key, {}, MarkKind::Hovered}};
    return {{hit.key, QRect(hit.column, hit.row, 1, 1), MarkKind::Hovered}};
}

void ComparisonView::choose(const SceneHit& hit)
{
    if (const auto image = predictions() ? predictions()->imageAt(hit) : std::nullopt)
        session().showImage(*image);
    else
        session().select(pairFigure()->chosen(hit, session().selection()));
}

/// To the next image, or the one before, that both answer differently; round at the ends.
void ComparisonView::walkDisagreements(int step)
{
    const PairPredictionsFigure* figure = predictions();
    if (figure == nullptr || figure->disagreements().empty())
        return;
    const auto& images = figure->disagreements();
    const int from = session().input().index.value_or(-1);
    const auto after = std::ranges::upper_bound(images, from, {}, &core::Disagreement::image);
    const auto here = std::ranges::lower_bound(images, from, {}, &core::Disagreement::image);
    if (step > 0)
        session().showImage((after == images.end() ? images.front() : *after).image);
    else
        session().showImage((here == images.begin() ? images.back() : *(here - 1)).image);
}

std::vector<ActionSpec> ComparisonView::actionSpecs()
{
    const QString group = tr("Compare");
    const auto flicker = [this] {
        m_modes->setCurrent(Flicker);
        m_showReference->toggle();
        refreshLater();
    };
    const auto walk = [this](int step) {
        return [this, step] {
            m_subjects->setCurrentIndex(Predictions);
            refreshNow();
            walkDisagreements(step);
        };
    };
    return {{"compare.flicker",
             group,
             tr("Show the reference in place, and back"),
             {QKeySequence("F")},
             flicker},
            {"compare.next",
             group,
             tr("Next image with different answers"),
             {QKeySequence("Ctrl+PgDown")},
             walk(1)},
            {"compare.previous",
             group,
             tr("Previous image with different answers"),
             {QKeySequence("Ctrl+PgUp")},
             walk(-1)}};
}

void ComparisonView::setShift(bool held)
{
    if (held == m_shift)
        return;
    m_shift = held;
    if (m_modes->current() == Flicker)
        refreshLater();
}

void ComparisonView::showEvent(QShowEvent* event)
{
    m_analysis->setActive(true);
    qApp->installEventFilter(this);
    FigureView::showEvent(event);
}

void ComparisonView::hideEvent(QHideEvent* event)
{
    m_analysis->setActive(false);
    qApp->removeEventFilter(this);
    setShift(false);
    FigureView::hideEvent(event);
}

/// Shift counts wherever the focus is.
bool ComparisonView::eventFilter(QObject* object, QEvent* event)
{
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::KeyRelease) {
        if (static_cast<QKeyEvent*>(event)->key() == Qt::Key_Shift)
            setShift(event->type() == QEvent::KeyPress);
    } else if (event->type() == QEvent::ApplicationDeactivate) {
        setShift(false);
    }
    return FigureView::eventFilter(object, event);
}

QJsonObject ComparisonView::state() const
{
    return {{QStringLiteral("subject"), m_subjects->currentIndex()},
            {QStringLiteral("mode"), m_modes->current()},
            {QStringLiteral("filter"), m_filter->currentIndex()}};
}

void ComparisonView::restore(const QJsonObject& state)
{
    const auto choice = [&](const char* key, int most) {
        return std::clamp(state.value(QLatin1String(key)).toInt(0), 0, most);
    };
    m_subjects->setCurrentIndex(choice("subject", Predictions));
    m_modes->setCurrent(choice("mode", Mask));
    m_filter->setCurrentIndex(choice("filter", 3));
    refreshLater();
}

} // namespace ui
