// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/sweep_form.h"

#include "core/base/error.h"
#include "core/model/architecture_text.h"
#include "core/search/train_objective.h"
#include "ui/panels/form_rows.h"
#include "ui/panels/range_fields.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace ui
{

SweepForm::SweepForm(int threads, QWidget* parent)
    : SideForm(tr("New sweep"), parent), m_storage(new QLineEdit), m_study(new QLineEdit),
      m_preset(choiceBox({})), m_about(formLabel("caption")), m_ranges(new RangeFields),
      m_architecture(new QLineEdit), m_trials(countBox(1, 1'000'000)),
      m_epochs(countBox(1, 100'000)), m_sampler(choiceBox({tr("TPE"), tr("Random"), tr("Grid")})),
      m_pruner(choiceBox(
          {tr("None"), tr("Median"), tr("Percentile"), tr("Successive halving"), tr("Hyperband")})),
      m_seed(countBox(0, std::numeric_limits<int>::max())),
      m_select(choiceBox({tr("Validation"), tr("Test")})),
      m_threads(countBox(1, std::max(1, threads))),
      m_backend(choiceBox({tr("Automatic"), tr("LibTorch"), tr("Fused")}))
{
    m_architecture->setText(QStringLiteral("4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, "
                                           "linear 10"));
    m_architecture->setCursorPosition(0);
    m_trials->setValue(40);
    m_epochs->setValue(core::TrainingOptions().epochs);
    m_pruner->setCurrentIndex(static_cast<int>(core::PrunerKind::Median));
    m_seed->setValue(1);
    for (const core::SearchSpacePreset& preset : core::searchSpacePresets())
        m_preset->addItem(QString::fromStdString(preset.title), QString::fromStdString(preset.id));
    startButton()->setToolTip(tr("Trains a network for each trial"));
    setFocusProxy(m_study);
    layOut(makeFields(), tr("Settings of the sweep"), Place::Over);
    for (QLineEdit* line : {m_storage, m_study, m_architecture})
        connect(line, &QLineEdit::textChanged, this, &SweepForm::showState);
    connect(m_preset, &QComboBox::currentIndexChanged, this, &SweepForm::takePreset);
    connect(m_ranges, &RangeFields::changed, this, &SweepForm::showState);
    connect(startButton(), &QPushButton::clicked, this, &SweepForm::startRequested);
    takePreset();
}

QWidget* SweepForm::makeFields()
{
    auto* fields = new QWidget;
    fields->setProperty("role", "panel");
    auto* margins = new QVBoxLayout(fields);
    margins->setContentsMargins(12, 4, 12, 8);
    auto* grid = new QWidget;
    FormRows rows(grid);
    rows.addWide(tr("Study"), m_study, tr("Its name; one that is there goes on"));
    rows.addWide(tr("Storage"), m_storage,
                 tr("An SQLite file, or postgresql://USER:PASSWORD@HOST/DATABASE, in Optuna's "
                    "tables"));
    rows.addWide(tr("Ranges"), m_preset, tr("Fills in the ranges below"));
    rows.addPlain(m_about);
    rows.addPlain(m_ranges);
    rows.addWide(tr("Architecture"), m_architecture,
                 tr("What the ranges leave open: OUT@KxK with relu, prelu, pool …, linear OUT"));
    rows.addHalf(tr("Trials"), m_trials, tr("That the study is to have, failed ones not counted"));
    rows.addHalf(tr("Epochs a trial"), m_epochs, tr("Passes over the training images"));
    rows.addHalf(tr("Sampler"), m_sampler, tr("What chooses the values"));
    rows.addHalf(tr("Pruner"), m_pruner, tr("What ends trials that promise little"));
    rows.addHalf(tr("Selects on"), m_select,
                 tr("The images that a trial's value is the accuracy on; on the test images it "
                    "looks better than it is"));
    rows.addHalf(tr("Seed"), m_seed, tr("Of the sampler and of each training"));
    rows.addHalf(tr("Threads"), m_threads, tr("Change the speed, never the result"));
    rows.addHalf(tr("Backend"), m_backend,
                 tr("Automatic takes the fused engine where it covers the network"));
    margins->addWidget(grid);
    margins->addStretch();
    return fields;
}

void SweepForm::setStorage(const std::string& url)
{
    m_storage->setText(QString::fromStdString(url));
    m_storage->setCursorPosition(0);
}

void SweepForm::suggestName(const std::vector<core::StudySummary>& taken)
{
    m_base = {};
    for (int i = 1;; ++i) {
        const std::string name = "sweep " + std::to_string(i);
        if (std::ranges::find(taken, name, &core::StudySummary::name) != taken.end())
            continue;
        m_study->setText(QString::fromStdString(name));
        return;
    }
}

void SweepForm::fill(const StudyName& name, const core::TrainStudy& work,
                     const std::optional<core::SweepPlan>& plan)
{
    const auto& train = std::get<core::TrainSpec>(work.spec.work);
    m_base = work.spec;
    setStorage(name.url);
    m_study->setText(QString::fromStdString(name.study));
    m_ranges->setSpace(work.space);
    m_architecture->setText(QString::fromStdString(train.architecture));
    m_architecture->setCursorPosition(0);
    m_epochs->setValue(train.options.epochs);
    m_select->setCurrentIndex(train.options.keep == core::KeptEpoch::BestTest ? 1 : 0);
    m_backend->setCurrentIndex(static_cast<int>(work.spec.backend));
    if (!plan)
        return;
    m_sampler->setCurrentIndex(static_cast<int>(plan->sampler.kind));
    m_pruner->setCurrentIndex(static_cast<int>(plan->pruner.kind));
    m_seed->setValue(static_cast<int>(plan->sampler.seed));
    m_trials->setValue(std::max(1, plan->trials));
}

void SweepForm::takePreset()
{
    const auto* preset =
        core::findSearchSpacePreset(m_preset->currentData().toString().toStdString());
    m_about->setText(QString::fromStdString(preset->about));
    m_ranges->setSpace(preset->space);
}

void SweepForm::setTrials(int trials)
{
    m_trials->setValue(trials);
}

StudyName SweepForm::name() const
{
    return {m_storage->text().trimmed().toStdString(), m_study->text().trimmed().toStdString()};
}

core::TrainSweep SweepForm::sweep() const
{
    core::TrainSweep sweep;
    core::RunSpec& spec = sweep.work.spec;
    spec = m_base;
    auto& train = std::get<core::TrainSpec>(spec.work);
    train.architecture =
        core::toText(core::parseArchitecture(m_architecture->text().trimmed().toStdString()));
    train.options.epochs = m_epochs->value();
    const bool onTest = m_select->currentIndex() == 1;
    if (onTest || train.options.keep != core::KeptEpoch::Last || m_base.data.empty())
        train.options.keep = onTest ? core::KeptEpoch::BestTest : core::KeptEpoch::BestValidation;
    if (m_base.data.empty())
        train.options.seed = static_cast<std::uint64_t>(m_seed->value());
    spec.backend = static_cast<core::BackendChoice>(m_backend->currentIndex());
    sweep.work.space = m_ranges->space();
    core::requireTrainSpace(sweep.work.space);
    sweep.plan.sampler.kind = static_cast<core::SamplerKind>(m_sampler->currentIndex());
    sweep.plan.sampler.seed = static_cast<std::uint64_t>(m_seed->value());
    sweep.plan.pruner.kind = static_cast<core::PrunerKind>(m_pruner->currentIndex());
    sweep.plan.trials = m_trials->value();
    sweep.backend = {.choice = spec.backend, .threads = m_threads->value()};
    sweep.models = core::networksFolder(name().url);
    return sweep;
}

QString SweepForm::error() const
{
    if (!m_obstacle.isEmpty())
        return m_obstacle;
    if (name().study.empty())
        return tr("The study needs a name.");
    if (name().url.empty())
        return tr("The study needs a storage.");
    try {
        sweep();
    } catch (const core::Error& failure) {
        return QString::fromStdString(failure.what());
    }
    return {};
}

bool SweepForm::ready() const
{
    return error().isEmpty();
}

void SweepForm::setObstacle(const QString& sentence)
{
    m_obstacle = sentence;
    showState();
}

void SweepForm::showState()
{
    const QString problem = error();
    startButton()->setEnabled(problem.isEmpty());
    showProblem(problem);
}

void SweepForm::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        emit closeRequested();
    else
        SideForm::keyPressEvent(event);
}

} // namespace ui
