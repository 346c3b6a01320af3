// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/comparison_controls.h"

#include "core/inspect/maximizer.h"
#include "ui/panels/icon_button.h"
#include "ui/session.h"
#include "ui/widgets/choice_bar.h"
#include "ui/widgets/scene_canvas.h"
#include "ui/widgets/wrap_layout.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>

#include <algorithm>
#include <array>

namespace ui
{

namespace
{

/// Of the subjects, in saved sessions.
constexpr std::array kSubjectIds = {"overview", "channels", "kernels", "edges",      "heatmap",
                                    "features", "weights",  "circuit", "predictions"};
constexpr std::array kPresets = {"plain", "smooth", "robust"};
const QString kNeurons = QStringLiteral("neurons");

QComboBox* namedCombo(const QString& name, const QStringList& items)
{
    auto* combo = new QComboBox;
    combo->setAccessibleName(name);
    combo->setToolTip(name);
    combo->addItems(items);
    return combo;
}

QStringList namesOf(const QComboBox& combo)
{
    QStringList names;
    for (int i = 0; i < combo.count(); ++i)
        names << combo.itemText(i);
    return names;
}

} // namespace

ComparisonControls::ComparisonControls(QWidget* parent)
    : QWidget(parent),
      m_subjects(namedCombo(tr("What is compared"),
                            {tr("Overview"), tr("Channels"), tr("Kernels"), tr("Edge detectors"),
                             tr("Class heatmap"), tr("Feature visualisation"), tr("Weights"),
                             tr("Circuit"), tr("Predictions")})),
      m_units(namedCombo(tr("Layer"), {})), m_stages(new ChoiceBar(tr("Stage"))),
      m_presets(new ChoiceBar(tr("Preset of the gradient ascent"))),
      m_filter(namedCombo(tr("Images shown"), {tr("All disagreements"), tr("Only current right"),
                                               tr("Only reference right"), tr("Both wrong")})),
      m_modes(new ChoiceBar(tr("How it is compared"))),
      m_showReference(new QPushButton(tr("Show reference"))), m_shown(new QLabel),
      m_previous(new IconButton("previous", tr("Previous disagreement"))),
      m_next(new IconButton("next", tr("Next disagreement")))
{
    build();
    connectParts();
}

void ComparisonControls::build()
{
    m_subjects->setCurrentIndex(Channels);
    m_stages->setChoices({tr("Before"), tr("After")});
    m_stages->setTip(0, tr("Before the activation function"));
    m_stages->setTip(1, tr("After the activation function"));
    m_presets->setChoices({tr("Plain"), tr("Smooth"), tr("Robust")});
    m_presets->setTip(0, tr("Gradient ascent as it is"));
    m_presets->setTip(1, tr("Penalties and blur against single pixels"));
    m_presets->setTip(2, tr("Images that still work when shifted"));
    m_modes->setChoices({tr("Side by side"), tr("Difference"), tr("Flicker"), tr("Mask")});
    m_modes->setTip(0, tr("Both on one scale"));
    m_modes->setTip(1, tr("Current less reference"));
    m_modes->setTip(2, tr("One in the other's place: hold Shift to see the reference"));
    m_modes->setTip(3, tr("Which weights are there in which model"));
    m_showReference->setCheckable(true);
    m_showReference->setToolTip(tr("The same as holding Shift, and as the key F"));
    m_shown->setProperty("role", "caption");

    auto* row = new WrapLayout(this);
    row->setContentsMargins(SceneCanvas::kMargin, 8, SceneCanvas::kMargin, 0);
    for (QWidget* control :
         std::initializer_list<QWidget*>{m_units, m_stages, m_presets, m_filter, m_previous, m_next,
                                         m_modes, m_showReference, m_shown})
        row->addWidget(control);
}

void ComparisonControls::connectParts()
{
    for (QComboBox* combo : {m_subjects, m_filter})
        connect(combo, &QComboBox::activated, this, &ComparisonControls::changed);
    for (ChoiceBar* bar : {m_modes, m_presets})
        connect(bar, &ChoiceBar::chosen, this, &ComparisonControls::changed);
    connect(m_showReference, &QPushButton::toggled, this, &ComparisonControls::changed);
    connect(m_units, &QComboBox::activated, this, &ComparisonControls::chooseUnit);
    connect(m_stages, &ChoiceBar::chosen, this, [this](int stage) {
        emit stageChosen(stage == 0 ? core::Stage::Pre : core::Stage::Post);
    });
    connect(m_previous, &QToolButton::clicked, this, [this] { emit stepped(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { emit stepped(1); });
}

ComparisonControls::Subject ComparisonControls::subject() const
{
    return static_cast<Subject>(std::max(0, m_subjects->currentIndex()));
}

void ComparisonControls::chooseSubject(Subject subject)
{
    m_subjects->setCurrentIndex(subject);
}

PairMode ComparisonControls::pairMode() const
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

DisagreementFilter ComparisonControls::filter() const
{
    return static_cast<DisagreementFilter>(std::max(0, m_filter->currentIndex()));
}

std::string ComparisonControls::preset() const
{
    return kPresets[static_cast<std::size_t>(std::max(0, m_presets->current()))];
}

std::string ComparisonControls::group(const core::Architecture& architecture, int unit) const
{
    const auto groups = core::maximizerGroups(architecture);
    const std::string neurons = kNeurons.toStdString();
    if (m_neurons && std::ranges::find(groups, neurons) != groups.end())
        return neurons;
    return architecture.units()[static_cast<std::size_t>(unit)].name;
}

/// The units; for feature visualisation the feature neurons too.
void ComparisonControls::fillUnits(const core::Architecture& architecture)
{
    QStringList names;
    if (subject() == Features)
        for (const std::string& group : core::maximizerGroups(architecture))
            names << QString::fromStdString(group);
    else
        for (const core::Unit& unit : architecture.units())
            names << QString::fromStdString(unit.name);
    if (names != namesOf(*m_units)) {
        m_units->clear();
        m_units->addItems(names);
    }
}

void ComparisonControls::chooseUnit(int index)
{
    const int neurons = m_units->findText(kNeurons);
    m_neurons = index == neurons;
    if (m_neurons)
        emit changed();
    else
        emit unitChosen(neurons >= 0 && index > neurons ? index - 1 : index);
}

void ComparisonControls::follow(const Session& session, bool pair)
{
    const Subject what = subject();
    m_units->setVisible(what == Channels || what == Kernels || what == Features);
    m_stages->setVisible(what == Channels || what == Heatmap || what == Edges);
    m_presets->setVisible(what == Features);
    m_modes->button(Mask)->setVisible(what == Weights);
    if (what != Weights && m_modes->current() == Mask)
        m_modes->button(SideBySide)->setChecked(true);
    const bool flickering = m_modes->current() == Flicker;
    m_showReference->setVisible(flickering);
    m_shown->setVisible(flickering && pair);
    for (QWidget* control : std::initializer_list<QWidget*>{m_filter, m_previous, m_next})
        control->setVisible(what == Predictions);
    for (QWidget* control :
         std::initializer_list<QWidget*>{m_subjects, m_units, m_stages, m_presets, m_filter,
                                         m_previous, m_next, m_modes, m_showReference})
        control->setEnabled(pair);
    if (session.current() == nullptr)
        return;
    const core::Architecture& architecture = session.current()->architecture;
    fillUnits(architecture);
    const int units = static_cast<int>(architecture.units().size());
    const int unit = std::clamp(session.selection().unit, 0, std::max(0, units - 1));
    if (units > 0)
        m_units->setCurrentText(QString::fromStdString(
            what == Features ? group(architecture, unit)
                             : architecture.units()[static_cast<std::size_t>(unit)].name));
    m_stages->setCurrent(session.selection().stage == core::Stage::Pre ? 0 : 1);
    tellShown(session, flickering && pair);
}

/// In words and by a filled or a hollow sign.
void ComparisonControls::tellShown(const Session& session, bool flickering)
{
    if (!flickering || session.reference() == nullptr)
        return;
    const bool reference = pairMode() == PairMode::Reference;
    m_shown->setText(reference ? tr("\u25CB reference shown") : tr("\u25CF current shown"));
    const core::ModelPointer model = reference ? session.reference() : session.current();
    m_shown->setToolTip(QString::fromStdString(model->name));
    m_shown->setAccessibleName(
        (reference ? tr("The reference is shown: %1") : tr("The current model is shown: %1"))
            .arg(QString::fromStdString(model->name)));
}

void ComparisonControls::setShift(bool held)
{
    if (held == m_shift)
        return;
    m_shift = held;
    if (m_modes->current() == Flicker)
        emit changed();
}

void ComparisonControls::flicker()
{
    m_modes->setCurrent(Flicker);
    m_showReference->toggle();
}

QJsonObject ComparisonControls::state() const
{
    return {{QStringLiteral("subject"), QLatin1String(kSubjectIds[subject()])},
            {QStringLiteral("mode"), m_modes->current()},
            {QStringLiteral("reference"), m_showReference->isChecked()},
            {QStringLiteral("preset"), m_presets->current()},
            {QStringLiteral("neurons"), m_neurons},
            {QStringLiteral("filter"), m_filter->currentIndex()}};
}

void ComparisonControls::restore(const QJsonObject& state)
{
    const auto choice = [&](const char* key, int most) {
        return std::clamp(state.value(QLatin1String(key)).toInt(0), 0, most);
    };
    const QByteArray subject = state.value(QStringLiteral("subject")).toString().toLatin1();
    const auto found = std::ranges::find(kSubjectIds, std::string_view(subject.constData()));
    m_subjects->setCurrentIndex(
        found == kSubjectIds.end() ? Channels : static_cast<int>(found - kSubjectIds.begin()));
    m_modes->setCurrent(choice("mode", Mask));
    m_showReference->setChecked(state.value(QStringLiteral("reference")).toBool());
    m_presets->setCurrent(choice("preset", static_cast<int>(kPresets.size()) - 1));
    m_neurons = state.value(QStringLiteral("neurons")).toBool();
    m_filter->setCurrentIndex(choice("filter", m_filter->count() - 1));
    emit changed();
}

} // namespace ui
