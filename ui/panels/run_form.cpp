// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/run_form.h"

#include "ui/panels/form_rows.h"
#include "ui/panels/golf_fields.h"
#include "ui/panels/prune_fields.h"
#include "ui/panels/train_fields.h"
#include "ui/widgets/choice_bar.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui
{

RunForm::RunForm(std::vector<core::RunPreset> presets, int threads, QWidget* parent)
    : SideForm(tr("New run"), parent), m_presets(std::move(presets)),
      m_kind(new ChoiceBar(tr("Kind of run"))), m_preset(choiceBox({})),
      m_about(formLabel("caption")), m_title(new QLineEdit), m_fields(new QStackedWidget),
      m_train(new TrainFields), m_prune(new PruneFields), m_golf(new GolfFields),
      m_threads(countBox(1, std::max(1, threads))),
      m_backend(choiceBox({tr("Automatic"), tr("LibTorch"), tr("Fused")}))
{
    build();
    connect(m_kind, &ChoiceBar::chosen, this, &RunForm::showKind);
    connect(m_preset, &QComboBox::currentIndexChanged, this, &RunForm::takePreset);
    connect(m_train, &TrainFields::changed, this, &RunForm::showState);
    connect(m_prune, &PruneFields::changed, this, &RunForm::showState);
    connect(m_golf, &GolfFields::changed, this, &RunForm::showState);
    connect(startButton(), &QPushButton::clicked, this,
            [this] { emit startRequested(spec(), start()); });
    showKind();
}

void RunForm::build()
{
    m_kind->setChoices({tr("Train"), tr("Prune"), tr("Golf")});
    startButton()->setShortcut(QKeySequence("Ctrl+Return"));
    startButton()->setToolTip(tr("Queues the run  (Ctrl+Return)"));
    setFocusProxy(m_preset);
    m_fields->addWidget(m_train);
    m_fields->addWidget(m_prune);
    m_fields->addWidget(m_golf);

    auto* inner = new QWidget;
    inner->setProperty("role", "panel");
    auto* fields = new QVBoxLayout(inner);
    fields->setContentsMargins(12, 4, 12, 8);
    fields->setSpacing(8);
    fields->addWidget(m_kind, 0, Qt::AlignLeft);
    fields->addWidget(makeCommonFields());
    fields->addWidget(m_fields);
    auto* machine = new QWidget;
    FormRows rows(machine);
    rows.addHalf(tr("Threads"), m_threads, tr("Change the speed, never the result"));
    rows.addHalf(tr("Backend"), m_backend,
                 tr("Automatic takes the fused engine where it covers the network"));
    fields->addWidget(machine);
    fields->addStretch();
    layOut(inner, tr("Settings of the run"), Place::Beside);
}

QWidget* RunForm::makeCommonFields()
{
    auto* widget = new QWidget;
    FormRows rows(widget);
    rows.addWide(tr("Preset"), m_preset, tr("Fills in every field below"));
    rows.addPlain(m_about);
    m_title->setMaxLength(80);
    rows.addWide(tr("Title"), m_title, tr("What the list of runs calls it"));
    return widget;
}

core::RunKind RunForm::kind() const
{
    return static_cast<core::RunKind>(m_kind->current());
}

void RunForm::setKind(core::RunKind kind)
{
    m_kind->setCurrent(static_cast<int>(kind));
    showKind();
}

void RunForm::showKind()
{
    m_preset->clear();
    for (const core::RunPreset& preset : m_presets)
        if (core::kindOf(preset.spec) == kind())
            m_preset->addItem(QString::fromStdString(preset.title),
                              QString::fromStdString(preset.id));
    m_preset->setEnabled(m_preset->count() > 0);
    const int page = m_kind->current();
    m_fields->setCurrentIndex(page);
    // A stack is as high as its highest page; the hidden ones may not stretch the form.
    for (int i = 0; i < m_fields->count(); ++i)
        m_fields->widget(i)->setSizePolicy(
            QSizePolicy::Preferred, i == page ? QSizePolicy::Preferred : QSizePolicy::Ignored);
    takePreset();
}

void RunForm::choosePreset(const QString& id)
{
    for (const core::RunPreset& preset : m_presets)
        if (QString::fromStdString(preset.id) == id)
            setKind(core::kindOf(preset.spec));
    m_preset->setCurrentIndex(m_preset->findData(id));
}

void RunForm::takePreset()
{
    const std::string id = m_preset->currentData().toString().toStdString();
    const auto preset = std::ranges::find(m_presets, id, &core::RunPreset::id);
    if (preset != m_presets.end()) {
        m_about->setText(QString::fromStdString(preset->about));
        m_title->setText(QString::fromStdString(preset->spec.title.empty() ? preset->title
                                                                           : preset->spec.title));
        if (const auto* train = std::get_if<core::TrainSpec>(&preset->spec.work))
            m_train->setSpec(*train);
        else if (const auto* prune = std::get_if<core::PruneSpec>(&preset->spec.work))
            m_prune->setSpec(*prune);
        else if (const auto* golf = std::get_if<core::GolfSpec>(&preset->spec.work))
            m_golf->setSpec(*golf);
    }
    showState();
}

void RunForm::setModel(core::ModelPointer model)
{
    m_train->setModel(model);
    m_golf->setModel(model);
    m_prune->setModel(std::move(model));
}

void RunForm::setObstacle(const QString& sentence)
{
    m_obstacle = sentence;
    showState();
}

core::RunSpec RunForm::spec() const
{
    core::RunSpec spec;
    spec.title = m_title->text().trimmed().toStdString();
    switch (kind()) {
    case core::RunKind::Train:
        spec.work = m_train->spec();
        break;
    case core::RunKind::Prune:
        spec.work = m_prune->spec();
        break;
    case core::RunKind::Golf:
        spec.work = m_golf->spec();
        break;
    }
    spec.threads = m_threads->value();
    spec.backend = static_cast<core::BackendChoice>(m_backend->currentIndex());
    return spec;
}

core::ModelPointer RunForm::start() const
{
    switch (kind()) {
    case core::RunKind::Train:
        return m_train->start();
    case core::RunKind::Prune:
        return m_prune->start();
    case core::RunKind::Golf:
        return m_golf->start();
    }
    return nullptr;
}

bool RunForm::ready() const
{
    return m_obstacle.isEmpty() && fieldError().isEmpty();
}

const QString& RunForm::fieldError() const
{
    switch (kind()) {
    case core::RunKind::Prune:
        return m_prune->error();
    case core::RunKind::Golf:
        return m_golf->error();
    case core::RunKind::Train:
        break;
    }
    return m_train->error();
}

/// What is wrong with an architecture stands below it already.
void RunForm::showState()
{
    startButton()->setEnabled(ready());
    const QString& error = kind() == core::RunKind::Prune ? m_prune->error() : QString();
    showProblem(m_obstacle.isEmpty() ? error : m_obstacle);
}

} // namespace ui
