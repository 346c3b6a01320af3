// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/inspector_panel.h"

#include "ui/ablations.h"
#include "ui/models/unit_facts.h"
#include "ui/panels/class_table.h"
#include "ui/panels/examples_panel.h"
#include "ui/panels/explanation_section.h"
#include "ui/panels/field_section.h"
#include "ui/panels/form_rows.h"
#include "ui/panels/unit_section.h"
#include "ui/session.h"
#include "ui/trial_hint.h"
#include "ui/widgets/focus_ring.h"
#include "ui/words.h"

#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui
{

InspectorPanel::InspectorPanel(Session& session, QWidget* parent)
    : Panel(tr("Inspector"), parent), m_session(session), m_title(formLabel("title")),
      m_hint(formLabel("caption")), m_ablate(new QPushButton(tr("Ablate"))), m_details(new QWidget),
      m_unit(new UnitSection(session)), m_field(new FieldSection(session)),
      m_examples(new ExamplesPanel(session)),
      m_digits(new Section(QStringLiteral("digits"), tr("To the digits"))),
      m_classes(new ClassTable), m_classesData(formLabel("caption")),
      m_explanation(new ExplanationSection(session))
{
    auto* scroll = new QScrollArea;
    scroll->setWidget(makeContent());
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->widget()->setAutoFillBackground(false);
    scrollByKeys(scroll, tr("Numbers of what is selected"));
    body()->addWidget(scroll, 1);

    connect(m_ablate, &QPushButton::clicked, this, [&session] {
        const core::ModelPointer model = session.current();
        if (const auto target = ablationTarget(model->architecture, session.selection()))
            session.ablations().ablate(*target);
    });
    connect(m_classes, &ClassTable::classClicked, this, [&session](int digit) {
        Selection selection = session.selection();
        selection.label = digit;
        session.select(selection);
    });
    connect(&session, &Session::selectionChanged, this, &InspectorPanel::showSelection);
    connect(&session, &Session::currentModelChanged, this, &InspectorPanel::showSelection);
    connect(&session, &Session::activationsChanged, this, &InspectorPanel::showValue);
    connect(&session, &Session::classStatisticsChanged, this, &InspectorPanel::showClasses);
    connect(&session.ablations(), &Ablations::changed, this, &InspectorPanel::showAblation);
    showSelection();
}

QWidget* InspectorPanel::makeContent()
{
    m_ablate->setProperty("role", "compact");
    new ButtonTrial(m_session, m_ablate);
    addHeaderWidget(m_ablate);
    m_digits->body()->addWidget(m_classes);
    m_digits->body()->addWidget(m_classesData);

    auto* details = new QVBoxLayout(m_details);
    details->setContentsMargins(0, 0, 0, 0);
    details->setSpacing(6);
    details->addWidget(m_unit);
    details->addWidget(m_field);
    details->addWidget(m_examples);
    details->addWidget(m_digits);

    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 4, 0);
    layout->setSpacing(6);
    layout->addWidget(m_title);
    layout->addWidget(m_hint);
    layout->addWidget(m_details);
    layout->addWidget(m_explanation);
    layout->addStretch();
    return content;
}

std::vector<Section*> InspectorPanel::sections() const
{
    std::vector<Section*> all{m_unit, m_field};
    all.insert(all.end(), m_examples->sections().begin(), m_examples->sections().end());
    all.insert(all.end(), {m_digits, m_explanation});
    return all;
}

QJsonObject InspectorPanel::state() const
{
    QJsonObject folded;
    for (const Section* section : sections())
        folded[section->id()] = section->folded();
    return folded;
}

void InspectorPanel::restore(const QJsonObject& state)
{
    for (Section* section : sections())
        section->setFolded(state.value(section->id()).toBool(section->folded()));
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
    m_explanation->setVisible(model != nullptr);
    showAblation();
    if (!chosen)
        return;
    m_unit->showSelection();
    m_field->showSelection();
    m_examples->showSelected();
    showClasses();
}

void InspectorPanel::showAblation()
{
    const core::ModelPointer model = m_session.current();
    const auto target =
        model ? ablationTarget(model->architecture, m_session.selection()) : std::nullopt;
    m_ablate->setVisible(target.has_value());
    if (!target)
        return;
    const bool done = m_session.ablations().isAblated(*target);
    const bool zero = m_session.ablations().kind() == core::AblationKind::Zero;
    m_ablate->setText(done ? tr("Ablated") : tr("Ablate"));
    m_ablate->setEnabled(!done);
    m_ablate->setToolTip(done   ? tr("Ctrl+Z undoes the last ablation")
                         : zero ? tr("Put zero in its place  (X)")
                                : tr("Put its mean over the data in its place  (X)"));
}

void InspectorPanel::showValue()
{
    if (m_session.current() == nullptr || !m_session.selection().channel)
        return;
    m_unit->showValue();
    m_field->showImage();
}

void InspectorPanel::showClasses()
{
    const core::ModelPointer model = m_session.current();
    const Selection& selection = m_session.selection();
    const auto feature =
        model ? selectedFeature(model->architecture, selection) : std::optional<int>();
    m_digits->setVisible(feature.has_value());
    if (!feature)
        return;
    const auto& statistics = m_session.classStatistics();
    const std::vector<float> weights = weightsToClasses(*model, *feature);
    std::vector<ClassTable::Row> rows(static_cast<std::size_t>(model->architecture.classes()));
    const core::ModelPointer opened = m_session.currentEntry()->opened;
    const bool stale =
        statistics.running && m_classesOf.lock() == opened && m_classesFeature == *feature;
    if (stale) // the means of before the last ablation stay to be seen until the new ones come
        rows = m_classes->rows();
    m_classes->setEnabled(!stale);
    m_classesOf = opened;
    m_classesFeature = *feature;
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
