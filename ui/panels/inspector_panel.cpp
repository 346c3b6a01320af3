// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/inspector_panel.h"

#include "core/inspect/receptive_field.h"
#include "ui/models/unit_facts.h"
#include "ui/panels/class_table.h"
#include "ui/panels/weight_grid.h"
#include "ui/session.h"
#include "ui/theme.h"
#include "ui/words.h"

#include <QFormLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace ui
{

namespace
{

QLabel* label(const char* role)
{
    auto* made = new QLabel;
    made->setProperty("role", role);
    made->setWordWrap(true);
    made->setTextFormat(Qt::PlainText);
    return made;
}

} // namespace

InspectorPanel::InspectorPanel(Session& session, QWidget* parent)
    : Panel(tr("Inspector"), parent), m_session(session), m_title(label("title")),
      m_hint(label("caption")), m_details(new QWidget), m_facts(new QFormLayout),
      m_weightsTitle(label("heading")), m_weights(new WeightGrid), m_classesTitle(label("heading")),
      m_classes(new ClassTable), m_classesData(label("caption"))
{
    makeFacts();
    m_classesTitle->setText(tr("Per class"));

    auto* details = new QVBoxLayout(m_details);
    details->setContentsMargins(0, 0, 0, 0);
    details->setSpacing(8);
    details->addLayout(m_facts);
    details->addWidget(m_weightsTitle);
    details->addWidget(m_weights);
    details->addWidget(m_classesTitle);
    details->addWidget(m_classes);
    details->addWidget(m_classesData);

    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_hint);
    layout->addWidget(m_details);
    layout->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    body()->addWidget(scroll, 1);

    connect(m_classes, &ClassTable::classClicked, this, [&session](int digit) {
        Selection selection = session.selection();
        selection.label = digit;
        session.select(selection);
    });
    connect(&session, &Session::selectionChanged, this, &InspectorPanel::showSelection);
    connect(&session, &Session::currentModelChanged, this, &InspectorPanel::showSelection);
    connect(&session, &Session::activationsChanged, this, &InspectorPanel::showValue);
    connect(&session, &Session::classStatisticsChanged, this, &InspectorPanel::showClasses);
    showSelection();
}

void InspectorPanel::showSelection()
{
    const core::ModelPointer model = m_session.current();
    const Selection& selection = m_session.selection();
    const bool chosen = model && selection.channel.has_value();
    m_title->setText(model ? unitTitle(model->architecture, selection) : tr("Nothing open"));
    m_hint->setText(model ? tr("Click a channel, a neuron or a cell in any view to see its numbers "
                               "here. The arrow keys walk through them.")
                          : tr("The numbers of what is selected in a model would be here."));
    m_hint->setVisible(!chosen);
    m_details->setVisible(chosen);
    if (!chosen)
        return;
    showFacts();
    showWeights();
    showClasses();
}

void InspectorPanel::makeFacts()
{
    m_facts->setContentsMargins(0, 0, 0, 0);
    m_facts->setVerticalSpacing(4);
    m_facts->setHorizontalSpacing(12);
    for (const QString& name : {tr("Feature"), tr("Layer"), tr("Output"), tr("Field"), tr("Sees"),
                                tr("Bias"), tr("Slope"), tr("Value")}) {
        auto* nameLabel = label("caption");
        nameLabel->setText(name);
        auto* value = new QLabel;
        value->setFont(numberFont());
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_facts->addRow(nameLabel, value);
    }
}

void InspectorPanel::setFact(Fact fact, const QString& value)
{
    static_cast<QLabel*>(m_facts->itemAt(fact, QFormLayout::FieldRole)->widget())->setText(value);
    m_facts->setRowVisible(fact, !value.isEmpty());
}

void InspectorPanel::showFacts()
{
    const core::Model& model = *m_session.current();
    const core::Architecture& network = model.architecture;
    const Selection& selection = m_session.selection();
    const core::Unit& unit = network.units()[static_cast<std::size_t>(selection.unit)];

    const auto feature = selectedFeature(network, selection);
    setFact(Feature, feature ? tr("neuron %1").arg(*feature) : QString());
    setFact(Layer, QString::fromStdString(core::describe(
                       network.layers()[static_cast<std::size_t>(unit.weightLayer)])));
    setFact(Output, QString::fromStdString(core::describe(unit.shape)));
    const core::ReceptiveField field = core::receptiveField(network, unit.weightLayer);
    setFact(Field, tr("%1×%2 px, stride %3").arg(field.height).arg(field.width).arg(field.stride));

    QString sees;
    if (selection.position && unit.shape.area() > 1) {
        const core::PixelWindow window =
            core::receptiveWindow(network, unit.weightLayer, *selection.position / unit.shape.width,
                                  *selection.position % unit.shape.width);
        sees = tr("rows %1–%2, cols %3–%4")
                   .arg(window.top)
                   .arg(window.top + window.height - 1)
                   .arg(window.left)
                   .arg(window.left + window.width - 1);
    }
    setFact(Sees, sees);
    const auto bias = biasOf(model, selection.unit, *selection.channel);
    const auto slope = slopeOf(model, selection.unit, *selection.channel);
    setFact(Bias, bias ? fixed(*bias) : QString());
    setFact(Slope, slope ? fixed(*slope) : QString());
    showValue();
}

void InspectorPanel::showWeights()
{
    const Selection& selection = m_session.selection();
    std::vector<WeightMap> maps =
        weightMaps(*m_session.current(), selection.unit, *selection.channel);
    std::size_t removed = 0;
    std::size_t count = 0;
    for (const WeightMap& map : maps) {
        removed += static_cast<std::size_t>(std::ranges::count(map.values, 0.0F));
        count += map.values.size();
    }
    m_weightsTitle->setText(
        removed == 0 ? tr("Weights · %1").arg(count)
                     : tr("Weights · %1 of %2 non-zero").arg(count - removed).arg(count));
    m_weights->setMaps(std::move(maps));
}

void InspectorPanel::showValue()
{
    const core::ModelPointer model = m_session.current();
    const Selection& selection = m_session.selection();
    const auto activations = m_session.activations();
    if (!model || !selection.channel)
        return;
    const core::Unit& unit = model->architecture.units()[static_cast<std::size_t>(selection.unit)];
    const auto at = [&](core::Stage stage) {
        const core::LayerOutput& output = activations->of(unit, stage);
        const int index = *selection.channel * unit.shape.area() + selection.position.value_or(0);
        return fixed(output.values[static_cast<std::size_t>(index)]);
    };
    if (!activations)
        setFact(Value, tr("not computed"));
    else if (!selection.position && unit.shape.area() > 1)
        setFact(Value, tr("choose a position"));
    else if (unit.preLayer == unit.postLayer)
        setFact(Value, at(core::Stage::Post));
    else
        setFact(Value, tr("%1 → %2").arg(at(core::Stage::Pre), at(core::Stage::Post)));
}

void InspectorPanel::showClasses()
{
    const core::ModelPointer model = m_session.current();
    const Selection& selection = m_session.selection();
    const auto feature =
        model ? selectedFeature(model->architecture, selection) : std::optional<int>();
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_classesTitle, m_classes, m_classesData})
        widget->setVisible(feature.has_value());
    if (!feature)
        return;
    const auto& statistics = m_session.classStatistics();
    const std::vector<float> weights = weightsToClasses(*model, *feature);
    std::vector<ClassTable::Row> rows(static_cast<std::size_t>(model->architecture.classes()));
    for (std::size_t label = 0; label < rows.size(); ++label) {
        const int digit = static_cast<int>(label);
        if (statistics.value && digit < statistics.value->classes()) {
            rows[label].mean = statistics.value->meanOf(digit, *feature);
            rows[label].deviation = statistics.value->deviationOf(digit, *feature);
        }
        if (label < weights.size())
            rows[label].weight = weights[label];
    }
    m_classes->setRows(std::move(rows), selection.label);
    if (statistics.value)
        m_classesData->setText(
            tr("Means on %1").arg(QString::fromStdString(statistics.value->data)));
    else
        m_classesData->setText(statistics.running ? tr("Computing the means…") : statistics.error);
}

} // namespace ui
