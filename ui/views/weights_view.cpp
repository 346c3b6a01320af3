// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/weights_view.h"

#include "ui/ablations.h"
#include "ui/figures/scene_walk.h"
#include "ui/models/circuit_choice.h"
#include "ui/models/input_name.h"
#include "ui/models/unit_facts.h"
#include "ui/trial_hint.h"
#include "ui/views/ablation_strip.h"
#include "ui/widgets/choice_bar.h"
#include "ui/widgets/wrap_layout.h"
#include "ui/words.h"

#include <QFrame>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QVBoxLayout>

#include <algorithm>

namespace ui
{

namespace
{

std::optional<Direction> directionOf(int key)
{
    switch (key) {
    case Qt::Key_Left:
        return Direction::Left;
    case Qt::Key_Right:
        return Direction::Right;
    case Qt::Key_Up:
        return Direction::Up;
    case Qt::Key_Down:
        return Direction::Down;
    default:
        return std::nullopt;
    }
}

bool isEnter(int key)
{
    return key == Qt::Key_Return || key == Qt::Key_Enter;
}

} // namespace

WeightsView::WeightsView(Session& session, QWidget* parent)
    : FigureView(session, parent), m_mode(new ChoiceBar(tr("Arrangement"))),
      m_kind(new ChoiceBar(tr("What an ablation puts"))), m_ablate(new QPushButton(tr("Ablate"))),
      m_thresholdText(new QLabel), m_threshold(new QSlider(Qt::Horizontal)),
      m_strip(new AblationStrip(session)), m_hint(new TrialHint(session, canvas()))
{
    build();
    new ButtonTrial(session, m_ablate);
    connect(canvas(), &SceneCanvas::hovered, this, &WeightsView::restOn);
    connect(m_mode, &ChoiceBar::chosen, this, &WeightsView::refreshLater);
    connect(m_kind, &ChoiceBar::chosen, this, [this](int kind) {
        this->session().ablations().setKind(kind == 0 ? core::AblationKind::Zero
                                                      : core::AblationKind::Mean);
    });
    connect(m_ablate, &QPushButton::clicked, this, &WeightsView::ablateSelected);
    connect(m_threshold, &QSlider::valueChanged, this, &WeightsView::refreshLater);
    connect(&session.ablations(), &Ablations::changed, this, [this] {
        refreshNow();
        if (m_cursor && canvas()->hasFocus()) // what the status line says of the weight, too
            emit this->session().statusMessage(hoverText(*m_cursor));
    });
    connect(&session, &Session::selectionChanged, this, &WeightsView::followSelection);
    connect(&session, &Session::activationsChanged, this, [this] {
        if (mode() == Mode::Circuit)
            refreshLater();
    });
}

void WeightsView::build()
{
    m_mode->setChoices({tr("Page"), tr("Circuit")});
    m_mode->setTip(0, tr("Every parameter; a click ablates one"));
    m_mode->setTip(1, tr("Who reads whom; a click leaves the paths through a node"));
    m_kind->setChoices({tr("Zero"), tr("Mean")});
    m_kind->setTip(0, tr("Ablating puts zero"));
    m_kind->setTip(1, tr("Ablating puts the mean over the data: what reads it is not shifted on "
                         "average"));
    m_ablate->setToolTip(tr("The selected channel or neuron  (X)"));
    m_threshold->setRange(0, 100);
    m_threshold->setValue(25);
    m_threshold->setMaximumWidth(110);
    m_threshold->setAccessibleName(tr("Least weight of an edge, percent of the layer's largest"));
    m_threshold->setToolTip(m_threshold->accessibleName());
    m_thresholdText->setProperty("role", "caption");
    m_thresholdText->setMinimumWidth(m_thresholdText->fontMetrics().horizontalAdvance("000 %"));
    toolbar()->addWidget(m_mode);
    toolbar()->addWidget(m_threshold);
    toolbar()->addWidget(m_thresholdText);
    toolbar()->addWidget(m_kind);
    toolbar()->addWidget(m_ablate);
    addExportButton();
    auto* rule = new QFrame;
    rule->setProperty("role", "rule");
    rule->setFixedHeight(1);
    page()->addWidget(rule);
    page()->addWidget(m_strip);
    letFigureTakeFocus();
    canvas()->installEventFilter(this);
}

WeightsView::Mode WeightsView::mode() const
{
    return m_mode->current() == 1 ? Mode::Circuit : Mode::Page;
}

void WeightsView::setMode(Mode mode)
{
    m_mode->setCurrent(mode == Mode::Circuit ? 1 : 0);
    refreshLater();
}

const WeightsFigure* WeightsView::weights() const
{
    return dynamic_cast<const WeightsFigure*>(shown());
}

const CircuitFigure* WeightsView::circuit() const
{
    return dynamic_cast<const CircuitFigure*>(shown());
}

std::unique_ptr<SceneFigure> WeightsView::makeFigure() const
{
    if (session().current() == nullptr)
        return nullptr;
    return mode() == Mode::Circuit ? makeCircuit() : makePage();
}

std::unique_ptr<SceneFigure> WeightsView::makePage() const
{
    const OpenModel* entry = session().currentEntry();
    return std::make_unique<WeightsFigure>(entry->model, entry->opened);
}

std::unique_ptr<SceneFigure> WeightsView::makeCircuit() const
{
    const core::ModelPointer model = session().current();
    CircuitOptions options;
    options.threshold = m_threshold->value() / 100.0;
    options.chosen = chosenNodes(core::circuitOf(model->architecture, model->parameters),
                                 model->architecture, session().selection());
    const auto activations = session().activations();
    if (activations && activations->layers.size() == model->architecture.layers().size())
        options.activations = activations;
    options.input = inputName(session().input(), *session().dataset());
    for (const core::AblationStep& step : session().ablations().done())
        options.ablated.push_back(step.target);
    return std::make_unique<CircuitFigure>(model, std::move(options));
}

QString WeightsView::emptyText() const
{
    return tr("Every weight of a model would be here, and what the network answers without it.\n"
              "Open a model, or drop its file anywhere in the window.");
}

QStringList WeightsView::exportChoices() const
{
    return mode() == Mode::Circuit ? QStringList{tr("Circuit"), tr("All weights")}
                                   : QStringList{tr("All weights"), tr("Circuit")};
}

std::unique_ptr<Figure> WeightsView::exportFigureAt(int choice) const
{
    if (session().current() == nullptr)
        return nullptr;
    const bool circuit = (mode() == Mode::Circuit) == (choice == 0);
    return circuit ? makeCircuit() : makePage();
}

void WeightsView::updateControls()
{
    const core::ModelPointer model = session().current();
    m_kind->setCurrent(session().ablations().kind() == core::AblationKind::Zero ? 0 : 1);
    m_threshold->setVisible(mode() == Mode::Circuit);
    m_thresholdText->setVisible(mode() == Mode::Circuit);
    m_thresholdText->setText(tr("%1 %").arg(m_threshold->value()));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_mode, m_kind, m_threshold})
        widget->setEnabled(model != nullptr);
    m_strip->setVisible(model != nullptr);
    m_ablate->setEnabled(model &&
                         ablationTarget(model->architecture, session().selection()).has_value());
    session().ablations().prepare();
}

void WeightsView::showEvent(QShowEvent* event)
{
    FigureView::showEvent(event);
    session().ablations().prepare();
}

void WeightsView::followSelection()
{
    if (mode() != Mode::Circuit) {
        updateControls();
        return;
    }
    refreshLater();
    if (session().current() != nullptr && canvas()->hasFocus()) // walked there by keys
        m_hint->rest(ablationTarget(session().current()->architecture, session().selection()),
                     unitTitle(session().current()->architecture, session().selection()));
}

void WeightsView::choose(const SceneHit& hit)
{
    if (session().current() == nullptr)
        return;
    if (const WeightsFigure* figure = weights()) {
        m_cursor = hit;
        const std::size_t parameter = figure->page().placeOf(hit).parameter;
        selectOwner(parameter);
        session().ablations().ablate(core::WeightTarget{parameter});
    } else if (const CircuitFigure* drawing = circuit()) {
        chooseInCircuit(*drawing, hit.key);
    }
}

/// Of an edge both ends, as far as they can be selected together.
void WeightsView::chooseInCircuit(const CircuitFigure& figure, MapKey key)
{
    const core::Architecture& network = session().current()->architecture;
    const auto select = [&](int column, int node) {
        session().select(
            selectingNode(figure.circuit(), network, session().selection(), column, node));
    };
    if (!CircuitFigure::isEdge(key)) {
        select(key.group, key.index);
        return;
    }
    const core::CircuitEdge edge = figure.edgeAt(key);
    for (const auto& [column, node] :
         {std::pair(-key.group - 1, edge.from), {-key.group, edge.to}}) {
        const auto chosen = chosenNodes(figure.circuit(), network, session().selection());
        if (column > 0 && chosen[static_cast<std::size_t>(column)] != node)
            select(column, node);
    }
}

void WeightsView::ablateSelected()
{
    if (session().current() == nullptr)
        return;
    const auto target = ablationTarget(session().current()->architecture, session().selection());
    if (target)
        session().ablations().ablate(*target);
}

/// The channel that the parameter belongs to, so that the inspector shows it.
void WeightsView::selectOwner(std::size_t parameter)
{
    const core::Model& model = *session().current();
    Selection selection = session().selection();
    for (const core::ParameterSlice& slice : model.parameters.slices()) {
        if (parameter < slice.offset || parameter >= slice.offset + slice.count)
            continue;
        const auto& units = model.architecture.units();
        for (std::size_t unit = 0; unit < units.size(); ++unit)
            if (slice.layer >= units[unit].weightLayer && slice.layer <= units[unit].postLayer)
                selection.unit = static_cast<int>(unit);
        const std::size_t each = slice.count / static_cast<std::size_t>(slice.shape[0]);
        selection.channel = static_cast<int>((parameter - slice.offset) / each);
        selection.position.reset();
    }
    session().select(selection);
}

/// On the page the arrows move a mark from weight to weight; in the circuit they walk units and
/// channels as everywhere, and the window has them.
bool WeightsView::takesKey(int key) const
{
    if (circuit() != nullptr)
        return isEnter(key);
    return weights() != nullptr && weights()->readable() && (directionOf(key) || isEnter(key));
}

void WeightsView::takeKey(int key)
{
    if (circuit() != nullptr) {
        ablateSelected();
        return;
    }
    const Scene* scene = canvas()->scene();
    if (scene == nullptr || scene->maps().empty())
        return;
    if (isEnter(key)) {
        if (m_cursor)
            choose(*m_cursor);
        return;
    }
    const auto next = m_cursor ? nearestCell(*scene, *m_cursor, *directionOf(key)) : std::nullopt;
    m_cursor = next ? next : cellAt(*scene, scene->maps().front().key, 0, 0);
    emit session().statusMessage(m_cursor ? hoverText(*m_cursor) : QString());
    restOn(m_cursor);
    refreshMarks();
}

bool WeightsView::eventFilter(QObject* object, QEvent* event)
{
    if (object != canvas())
        return FigureView::eventFilter(object, event);
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        refreshMarks();
    if (event->type() == QEvent::FocusOut)
        emit session().statusMessage({}); // of the weight that the arrow keys had reached
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress)
        return FigureView::eventFilter(object, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if ((key->modifiers() & ~Qt::KeypadModifier) || !takesKey(key->key()))
        return false;
    if (event->type() == QEvent::ShortcutOverride)
        event->accept(); // the window walks units with the same keys
    else
        takeKey(key->key());
    return true;
}

QJsonObject WeightsView::state() const
{
    const bool mean = session().ablations().kind() == core::AblationKind::Mean;
    return {{QStringLiteral("mean"), mean},
            {QStringLiteral("mode"), m_mode->current()},
            {QStringLiteral("threshold"), m_threshold->value()}};
}

void WeightsView::restore(const QJsonObject& state)
{
    session().ablations().setKind(state.value(QStringLiteral("mean")).toBool()
                                      ? core::AblationKind::Mean
                                      : core::AblationKind::Zero);
    m_mode->setCurrent(std::clamp(state.value(QStringLiteral("mode")).toInt(0), 0, 1));
    m_threshold->setValue(state.value(QStringLiteral("threshold")).toInt(25));
    refreshLater();
}

} // namespace ui
