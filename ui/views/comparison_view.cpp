// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/comparison_view.h"

#include "ui/figures/pair_circuit.h"
#include "ui/figures/pair_predictions.h"
#include "ui/models/circuit_choice.h"
#include "ui/views/comparison_controls.h"
#include "ui/views/reference_offer.h"
#include "ui/widgets/wrap_layout.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace ui
{

namespace
{

/// There Shift writes capitals and selects.
bool takesText(const QWidget* widget)
{
    return qobject_cast<const QLineEdit*>(widget) != nullptr ||
           qobject_cast<const QAbstractSpinBox*>(widget) != nullptr ||
           qobject_cast<const QTextEdit*>(widget) != nullptr ||
           qobject_cast<const QPlainTextEdit*>(widget) != nullptr;
}

} // namespace

ComparisonView::ComparisonView(Session& session, QWidget* parent)
    : FigureView(session, parent), m_analysis(new PairAnalysis(session, this)),
      m_edges(new PairEdges(session.calls(), this)),
      m_features(new PairFeatures(session.calls(), this)), m_offer(new ReferenceOffer(session)),
      m_controls(new ComparisonControls)
{
    buildToolbar();
    connectParts();
}

void ComparisonView::buildToolbar()
{
    toolbar()->addWidget(m_controls->subjects());
    toolbar()->addWidget(m_offer->combo());
    addExportButton();
    page()->insertWidget(page()->indexOf(toolbar()) + 1, m_controls);
    page()->addWidget(m_offer);
}

void ComparisonView::connectParts()
{
    const auto refresh = [this] { refreshLater(); };
    connect(m_controls, &ComparisonControls::changed, this, refresh);
    connect(m_controls, &ComparisonControls::unitChosen, this, [this](int unit) {
        Selection selection = session().selection();
        selection.unit = unit;
        selection.channel.reset();
        selection.position.reset();
        session().select(selection);
        refreshLater(); // from the feature neurons back to the unit that is selected already
    });
    connect(m_controls, &ComparisonControls::stageChosen, this, [this](core::Stage stage) {
        Selection selection = session().selection();
        selection.stage = stage;
        session().select(selection);
    });
    connect(m_controls, &ComparisonControls::stepped, this, &ComparisonView::walkDisagreements);
    connect(m_analysis, &PairAnalysis::comparisonChanged, this, refresh);
    connect(m_analysis, &PairAnalysis::statisticsChanged, this, refresh);
    connect(m_edges, &PairEdges::changed, this, refresh);
    connect(m_features, &PairFeatures::changed, this, [this] {
        if (m_controls->subject() == ComparisonControls::Features)
            refreshLater();
    });
    const auto showImage = [this] {
        if (m_controls->subject() == ComparisonControls::Channels)
            refreshLater();
    };
    connect(m_analysis, &PairAnalysis::activationsChanged, this, showImage);
    connect(&session(), &Session::activationsChanged, this, showImage);
    connect(&session(), &Session::inputChanged, this, &ComparisonView::refreshMarks);
    connect(&session(), &Session::referenceChanged, this, refresh);
    connect(&session(), &Session::modelsChanged, this, [this] {
        if (!comparable()) // what is said in the figure's place depends on them
            refreshLater();
    });
    connect(&session(), &Session::selectionChanged, this, &ComparisonView::followSelection);
}

void ComparisonView::followSelection()
{
    const Selection& selection = session().selection();
    if (selection.unit != m_seen.unit || selection.stage != m_seen.stage ||
        m_controls->subject() == ComparisonControls::Circuit)
        refreshLater();
    m_seen = selection;
}

bool ComparisonView::comparable() const
{
    return session().current() && session().reference() && m_analysis->obstacle().isEmpty();
}

int ComparisonView::unitIndex() const
{
    const int units = static_cast<int>(session().current()->architecture.units().size());
    return std::clamp(session().selection().unit, 0, units - 1);
}

FigureOrigin ComparisonView::origin() const
{
    FigureOrigin origin = FigureView::origin();
    origin.backend = joinedBackends({origin.backend, m_analysis->referenceBackendName()});
    return origin;
}

/// Starts what only the subject that is shown needs.
void ComparisonView::measure()
{
    if (!comparable())
        return;
    if (m_controls->subject() == ComparisonControls::Edges)
        m_edges->show(session().current(), session().reference());
    if (m_controls->subject() == ComparisonControls::Features)
        m_features->show(session().current(), session().reference(), m_controls->preset());
}

void ComparisonView::updateControls()
{
    const bool pair = comparable();
    m_offer->setOffering(!pair);
    m_controls->follow(session(), pair);
    measure();
    const ComparisonControls::Subject subject = m_controls->subject();
    const bool waits =
        m_analysis->comparison().running ||
        (subject == ComparisonControls::Heatmap && m_analysis->statistics().running) ||
        (subject == ComparisonControls::Edges && m_edges->result().running);
    setStale(pair && waits);
    if (pair && !waits && subject == ComparisonControls::Features)
        setProgress(m_features->progress());
}

const PairFigure* ComparisonView::pairFigure() const
{
    return dynamic_cast<const PairFigure*>(shown());
}

const PairPredictionsFigure* ComparisonView::predictions() const
{
    return dynamic_cast<const PairPredictionsFigure*>(shown());
}

QString ComparisonView::captionText(const SceneFigure& figure) const
{
    return static_cast<const PairFigure&>(figure).shortCaption();
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
    if (const auto* circuits = dynamic_cast<const PairCircuitFigure*>(shown())) {
        if (const auto node = circuits->nodeAt(hit); node && node->column > 0)
            session().select(selectingNode(circuit(), session().current()->architecture,
                                           session().selection(), node->column, node->node));
        return;
    }
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
        m_controls->flicker();
        refreshLater();
    };
    const auto walk = [this](int step) {
        return [this, step] {
            m_controls->chooseSubject(ComparisonControls::Predictions);
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
    m_controls->setShift(false);
    FigureView::hideEvent(event);
}

/// Shift counts wherever the focus is, but not while somebody writes, or as a part of other keys.
bool ComparisonView::eventFilter(QObject* object, QEvent* event)
{
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::KeyRelease) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool alone = (key->modifiers() & ~Qt::ShiftModifier) == Qt::NoModifier;
        if (key->key() == Qt::Key_Shift)
            m_controls->setShift(event->type() == QEvent::KeyPress && alone &&
                                 !takesText(QApplication::focusWidget()));
    } else if (event->type() == QEvent::ApplicationDeactivate) {
        m_controls->setShift(false);
    }
    return FigureView::eventFilter(object, event);
}

QJsonObject ComparisonView::state() const
{
    return m_controls->state();
}

void ComparisonView::restore(const QJsonObject& state)
{
    m_controls->restore(state);
}

} // namespace ui
