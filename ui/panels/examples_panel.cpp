// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/examples_panel.h"

#include "ui/panels/form_rows.h"
#include "ui/panels/section.h"
#include "ui/session.h"
#include "ui/widgets/distribution_plot.h"
#include "ui/widgets/image_strip.h"
#include "ui/words.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace ui
{

ExamplesPanel::ExamplesPanel(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_examples(session), m_plot(new DistributionPlot),
      m_strongest(new ImageStrip(tr("Strongest images"))),
      m_weakest(new ImageStrip(tr("Weakest images")))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(makeSection(QStringLiteral("values"), tr("Values per class"), m_plot));
    layout->addWidget(
        makeSection(QStringLiteral("strongest"), tr("Strongest images"), m_strongest));
    layout->addWidget(makeSection(QStringLiteral("weakest"), tr("Weakest images"), m_weakest));
    m_sections.back()->setFolded(true);
    m_strongest->setScale(2);
    m_weakest->setScale(2);

    connect(m_plot, &DistributionPlot::classClicked, this, [this](int label) {
        Selection selection = m_session.selection();
        selection.label = label;
        m_session.select(selection);
    });
    connect(m_strongest, &ImageStrip::chosen, this, [this](int index) {
        if (m_examples.result().value)
            choose(m_examples.result().value->strongest, index);
    });
    connect(m_weakest, &ImageStrip::chosen, this, [this](int index) {
        if (m_examples.result().value)
            choose(m_examples.result().value->weakest, index);
    });
    connect(&m_examples, &UnitExamples::changed, this, &ExamplesPanel::showResult);
    showResult();
}

/// A widget that goes hides its children, which would still ask for examples.
ExamplesPanel::~ExamplesPanel()
{
    for (Section* section : m_sections)
        section->disconnect(this);
}

Section* ExamplesPanel::makeSection(const QString& id, const QString& title, QWidget* content)
{
    auto* section = new Section(id, title);
    auto* text = formLabel("caption");
    section->body()->addWidget(content);
    section->body()->addWidget(text);
    m_sections.push_back(section);
    m_texts.push_back(text);
    connect(section, &Section::openChanged, this, [this] {
        m_examples.setWanted(
            std::ranges::any_of(m_sections, [](const Section* one) { return one->open(); }));
    });
    return section;
}

void ExamplesPanel::choose(const std::vector<core::Example>& examples, int index)
{
    if (index < static_cast<int>(examples.size()))
        m_session.showImage(examples[static_cast<std::size_t>(index)].image);
}

QString ExamplesPanel::subject() const
{
    const core::ModelPointer model = m_session.current();
    const Selection& selection = m_session.selection();
    if (model == nullptr || !selection.channel)
        return {};
    const auto& unit = model->architecture.units()[static_cast<std::size_t>(selection.unit)];
    const bool stages = unit.preLayer != unit.postLayer;
    const QString stage = !stages                               ? QString()
                          : selection.stage == core::Stage::Pre ? tr(" before activation")
                                                                : tr(" after activation");
    if (unit.shape.area() == 1)
        return tr("Output%1").arg(stage);
    return selection.position ? tr("Output at (%1, %2)%3")
                                    .arg(*selection.position / unit.shape.width)
                                    .arg(*selection.position % unit.shape.width)
                                    .arg(stage)
                              : tr("Highest output of the map%1").arg(stage);
}

void ExamplesPanel::showResult()
{
    const auto& result = m_examples.result();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_plot, m_strongest, m_weakest})
        widget->setEnabled(!result.running);
    if (result.value) {
        m_plot->show(result.value->distribution, m_session.selection().label);
        showStrip(m_strongest, result.value->strongest);
        showStrip(m_weakest, result.value->weakest);
    } else {
        m_plot->clear();
        m_strongest->show({});
        m_weakest->show({});
    }
    const QString measured = result.value ? QString::fromStdString(result.value->data) : QString();
    const QString text = !result.error.isEmpty() ? result.error
                         : result.running
                             ? tr("Computing on %1\u2026")
                                   .arg(QString::fromStdString(m_session.dataset()->description()))
                         : result.value ? tr("%1, %2").arg(subject(), measured)
                                        : tr("Select a channel or a neuron.");
    for (QLabel* label : m_texts)
        label->setText(text);
}

void ExamplesPanel::showSelected()
{
    if (m_examples.result().value)
        m_plot->show(m_examples.result().value->distribution, m_session.selection().label);
}

void ExamplesPanel::showStrip(ImageStrip* strip, const std::vector<core::Example>& examples)
{
    const core::Dataset& dataset = *m_session.dataset();
    std::vector<ImageStrip::Item> items;
    for (const core::Example& one : examples) {
        if (one.image >= dataset.size())
            break;
        const core::PixelWindow& window = one.window;
        items.push_back({ImageStrip::digit(dataset.image(one.image), dataset.height, dataset.width),
                         tr("%1: %2").arg(one.label).arg(fixed(double(one.value), 2)),
                         tr("Image %1, label %2: %3 at (%4, %5)")
                             .arg(one.image)
                             .arg(one.label)
                             .arg(fixed(double(one.value)))
                             .arg(one.row)
                             .arg(one.column),
                         QRect(window.left, window.top, window.width, window.height), false});
    }
    strip->show(std::move(items));
}

} // namespace ui
