// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/unit_section.h"

#include "core/inspect/receptive_field.h"
#include "ui/models/unit_facts.h"
#include "ui/panels/form_rows.h"
#include "ui/panels/weight_grid.h"
#include "ui/session.h"
#include "ui/theme.h"
#include "ui/words.h"

#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace ui
{

UnitSection::UnitSection(Session& session, QWidget* parent)
    : Section(QStringLiteral("unit"), tr("Weights"), parent), m_session(session),
      m_facts(new QFormLayout), m_weightsTitle(formLabel("caption")), m_weights(new WeightGrid)
{
    makeFacts();
    body()->addLayout(m_facts);
    body()->addWidget(m_weightsTitle);
    body()->addWidget(m_weights);
}

void UnitSection::showSelection()
{
    showFacts();
    showWeights();
}

void UnitSection::makeFacts()
{
    m_facts->setContentsMargins(0, 0, 0, 0);
    m_facts->setVerticalSpacing(4);
    m_facts->setHorizontalSpacing(12);
    for (const QString& name : {tr("Feature"), tr("Layer"), tr("Output"), tr("Field"), tr("Sees"),
                                tr("Bias"), tr("Slope"), tr("Value")}) {
        auto* nameLabel = formLabel("caption");
        nameLabel->setText(name);
        auto* value = new QLabel;
        value->setFont(numberFont());
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_facts->addRow(nameLabel, value);
    }
}

void UnitSection::setFact(Fact fact, const QString& value)
{
    static_cast<QLabel*>(m_facts->itemAt(fact, QFormLayout::FieldRole)->widget())->setText(value);
    m_facts->setRowVisible(fact, !value.isEmpty());
}

void UnitSection::showFacts()
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

void UnitSection::showWeights()
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
    m_weightsTitle->setText(removed == 0
                                ? tr("%1 weights").arg(count)
                                : tr("%1 of %2 weights non-zero").arg(count - removed).arg(count));
    m_weights->setMaps(std::move(maps));
}

void UnitSection::showValue()
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

} // namespace ui
