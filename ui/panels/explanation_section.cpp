// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/explanation_section.h"

#include "ui/models/input_name.h"
#include "ui/panels/form_rows.h"
#include "ui/session.h"
#include "ui/widgets/pixel_grid.h"
#include "ui/widgets/waterfall_plot.h"
#include "ui/words.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace ui
{

ExplanationSection::ExplanationSection(Session& session, QWidget* parent)
    : Section(QStringLiteral("explanation"), tr("This image"), parent), m_session(session),
      m_explanation(session), m_logit(new QComboBox), m_terms(new WaterfallPlot),
      m_text(formLabel("caption"))
{
    m_logit->setAccessibleName(tr("Explained logit"));
    body()->addWidget(m_logit);
    body()->addWidget(m_terms);
    body()->addWidget(makeMaps());
    body()->addWidget(m_text);
    connect(this, &Section::openChanged, this, [this] { m_explanation.setWanted(open()); });
    connect(m_logit, &QComboBox::activated, this, [this](int index) {
        m_explanation.setLabel(index == 0 ? std::nullopt : std::optional(index - 1));
    });
    connect(m_terms, &WaterfallPlot::featureChosen, this, &ExplanationSection::selectFeature);
    connect(&m_explanation, &Explanation::changed, this, &ExplanationSection::showResult);
    connect(&session, &Session::currentModelChanged, this, &ExplanationSection::fillChoices);
    fillChoices();
    showResult();
}

QWidget* ExplanationSection::makeMaps()
{
    const std::array names = {tr("Occlusion"), tr("Gradient"), tr("Gradient \u00D7 pixel")};
    const std::array tips = {
        tr("How much the logit falls when a square of 5 by 5 pixels is covered with paper, mean "
           "over the squares on a pixel"),
        tr("How much the logit rises per unit of a pixel's ink"),
        tr("The gradient times the pixel: what ink that is there contributes, to first order")};
    auto* widget = new QWidget;
    auto* grid = new QGridLayout(widget);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(2);
    for (int map = 0; map < MapCount; ++map) {
        const auto at = static_cast<std::size_t>(map);
        m_maps[at] = new PixelGrid(names[at]);
        m_maps[at]->setSide(56);
        m_maps[at]->setChoosable(false);
        m_maps[at]->setToolTip(tips[at]);
        m_ranges[at] = formLabel("caption");
        grid->addWidget(m_maps[at], 0, map, Qt::AlignLeft | Qt::AlignTop);
        grid->addWidget(m_ranges[at], 1, map, Qt::AlignTop);
        connect(m_maps[at], &PixelGrid::hovered, this,
                [this, at, name = names[at]](int row, int column) {
                    emit m_session.statusMessage(
                        tr("%1 (%2, %3) = %4")
                            .arg(name)
                            .arg(row)
                            .arg(column)
                            .arg(fixed(double(m_maps[at]->map().at(row, column)))));
                });
    }
    grid->setColumnStretch(MapCount, 1);
    return widget;
}

void ExplanationSection::fillChoices()
{
    const core::ModelPointer model = m_session.current();
    const int classes = model ? model->architecture.classes() : 0;
    if (m_logit->count() != classes + 1) {
        m_logit->clear();
        m_logit->addItem(tr("Predicted logit"));
        for (int label = 0; label < classes; ++label)
            m_logit->addItem(tr("Logit %1").arg(label));
        m_explanation.setLabel(std::nullopt);
    }
    m_logit->setEnabled(model != nullptr);
}

void ExplanationSection::showMap(Map map, std::vector<float> values)
{
    const auto at = static_cast<std::size_t>(map);
    const core::InputSpec& input = m_session.current()->architecture.input();
    const double bound = largestMagnitude(values);
    HeatMap shown{input.height, input.width, std::move(values), signedScale(bound), {}, {}};
    shown.numbers = false;
    m_maps[at]->setMap(std::move(shown));
    static const std::array names = {QT_TR_NOOP("occlusion"), QT_TR_NOOP("gradient"),
                                     QT_TR_NOOP("\u00D7 pixel")};
    m_ranges[at]->setText(tr("%1\n\u00B1%2").arg(tr(names[at]), shortNumber(bound, 2)));
}

void ExplanationSection::showResult()
{
    const auto& result = m_explanation.result();
    const bool known = result.value != nullptr && m_session.current() != nullptr;
    for (std::size_t map = 0; map < MapCount; ++map) {
        m_maps[map]->setVisible(known);
        m_ranges[map]->setVisible(known);
        m_maps[map]->setStale(result.running);
    }
    m_terms->setVisible(known && result.value->terms);
    m_terms->setEnabled(!result.running);
    if (!known) {
        m_text->setText(!result.error.isEmpty() ? result.error
                        : result.running
                            ? tr("Computing\u2026")
                            : tr("What makes a logit of the current image would be here."));
        return;
    }
    const LogitExplanation& shown = *result.value;
    if (m_explanation.label() == std::nullopt)
        m_logit->setItemText(0, tr("Predicted logit: %1").arg(shown.label));
    if (shown.terms)
        m_terms->show(*shown.terms, shown.label);
    showMap(Occlusion, {shown.occlusion.perPixel.begin(), shown.occlusion.perPixel.end()});
    showMap(Gradient, shown.gradient.gradient);
    showMap(TimesInput, shown.gradient.timesInput);
    m_text->setText(tr("Logit %1 of %2. Maps: blue lowers it, orange raises it.")
                        .arg(shown.label)
                        .arg(inputName(m_session.input(), *m_session.dataset())));
}

void ExplanationSection::selectFeature(int feature)
{
    const core::Architecture& network = m_session.current()->architecture;
    const auto unit = network.featureUnit();
    if (!unit)
        return;
    const int area = network.featureShape().area();
    Selection selection = m_session.selection();
    selection.unit = *unit;
    selection.channel = feature / area;
    selection.position = feature % area;
    m_session.select(selection);
}

} // namespace ui
