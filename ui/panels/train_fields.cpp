// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/train_fields.h"

#include "core/model/architecture_text.h"
#include "ui/panels/architecture_check.h"
#include "ui/panels/form_rows.h"
#include "ui/panels/start_model_box.h"
#include "ui/panels/switch_fields.h"
#include "ui/words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

#include <limits>

namespace ui
{

TrainFields::TrainFields(QWidget* parent)
    : QWidget(parent), m_architecture(new QLineEdit), m_count(formLabel("caption")),
      m_fromModel(new StartModelBox),
      m_keepZeros(new QCheckBox(tr("Keep removed weights at zero"))), m_epochs(countBox(1, 100000)),
      m_batch(countBox(1, 1024)), m_optimizer(choiceBox({tr("AdamW"), tr("Adam"), tr("SGD")})),
      m_lr(numberBox(0, 10, 6, 0.0001)),
      m_schedule(choiceBox({tr("Constant"), tr("Step"), tr("Cosine")})),
      m_keep(choiceBox({tr("Last"), tr("Best on test"), tr("Best on validation")})),
      m_warning(formLabel("warning")), m_disclose(new QToolButton), m_more(new QWidget),
      m_weightDecay(numberBox(0, 10, 5, 0.001)), m_labelSmoothing(numberBox(0, 0.99, 3, 0.01)),
      m_seed(countBox(0, std::numeric_limits<int>::max())),
      m_momentum(numberBox(0, 0.9999, 4, 0.1)), m_lrStep(countBox(1, 100000)),
      m_lrGamma(numberBox(0, 10, 4, 0.01)), m_lrEnd(numberBox(0, 10, 6, 0.0001)),
      m_switches(new SwitchFields(SwitchFields::Start::Sparse))
{
    build();
    for (const QWidget* part : {static_cast<QWidget*>(this), m_more}) {
        constexpr auto kOwn = Qt::FindDirectChildrenOnly; // the switches speak for themselves
        for (QSpinBox* box : part->findChildren<QSpinBox*>(QString(), kOwn))
            connect(box, &QSpinBox::valueChanged, this, &TrainFields::check);
        for (QDoubleSpinBox* box : part->findChildren<QDoubleSpinBox*>(QString(), kOwn))
            connect(box, &QDoubleSpinBox::valueChanged, this, &TrainFields::check);
        for (QComboBox* box : part->findChildren<QComboBox*>(QString(), kOwn))
            connect(box, &QComboBox::currentIndexChanged, this, &TrainFields::check);
    }
    connect(m_architecture, &QLineEdit::textChanged, this, &TrainFields::check);
    connect(m_fromModel, &QCheckBox::toggled, this, &TrainFields::check);
    connect(m_keepZeros, &QCheckBox::toggled, this, &TrainFields::check);
    connect(m_switches, &SwitchFields::changed, this, &TrainFields::check);
    connect(m_disclose, &QToolButton::toggled, m_more, &QWidget::setVisible);
    setSpec({"4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10", {}});
    setModel(nullptr);
}

void TrainFields::build()
{
    FormRows rows(this);
    rows.addWide(tr("Architecture"), m_architecture,
                 tr("Stages: OUT@KxK with relu, prelu, pool …, linear OUT"));
    rows.addPlain(m_count);
    rows.addPlain(m_fromModel);
    rows.addPlain(m_keepZeros);
    rows.addHalf(tr("Epochs"), m_epochs, tr("Passes over the training images"));
    rows.addHalf(tr("Batch"), m_batch, tr("Images a step, 1 to 1024"));
    rows.addHalf(tr("Learning rate"), m_lr, tr("Step size of the optimiser, at the start"));
    rows.addHalf(tr("Schedule"), m_schedule, tr("How the learning rate falls"));
    rows.addHalf(tr("Optimiser"), m_optimizer, tr("What turns gradients into steps"));
    rows.addHalf(tr("Keep the epoch"), m_keep,
                 tr("Which epoch's weights become the result; best on validation trains without "
                    "the validation images"));
    rows.addPlain(m_warning);
    m_warning->setText(tr("Selects on the test set: its accuracy will look better than it is."));
    m_disclose->setText(tr("More"));
    m_disclose->setCheckable(true);
    m_disclose->setToolTip(tr("Every setting of the training"));
    rows.addPlain(m_disclose);
    rows.addPlain(m_more);
    m_more->hide();

    FormRows more(m_more);
    more.addHalf(tr("Weight decay"), m_weightDecay,
                 tr("Decoupled in AdamW, added to the gradient in Adam and SGD"));
    more.addHalf(tr("Label smoothing"), m_labelSmoothing,
                 tr("Share of the target that is spread over all classes"));
    more.addHalf(tr("Seed"), m_seed, tr("The same seed gives the same network, bit for bit"));
    more.addHalf(tr("Momentum"), m_momentum, tr("Of SGD"));
    more.addHalf(tr("Step: every … epochs"), m_lrStep, tr("Of the step schedule"));
    more.addHalf(tr("Step: times"), m_lrGamma, tr("Of the step schedule"));
    more.addHalf(tr("Cosine: down to"), m_lrEnd, tr("Learning rate at the end of the cosine"));
    more.addPlain(m_switches);
}

void TrainFields::setSpec(const core::TrainSpec& spec)
{
    {
        const QSignalBlocker quiet(this);
        const core::TrainingOptions& options = spec.options;
        m_architecture->setText(QString::fromStdString(spec.architecture));
        m_architecture->setCursorPosition(0); // a long text is read from its beginning
        m_epochs->setValue(options.epochs);
        m_batch->setValue(options.batch);
        m_optimizer->setCurrentIndex(static_cast<int>(options.optimizer));
        m_lr->setValue(options.lr);
        m_schedule->setCurrentIndex(static_cast<int>(options.schedule));
        m_keep->setCurrentIndex(static_cast<int>(options.keep));
        m_weightDecay->setValue(options.weightDecay);
        m_labelSmoothing->setValue(options.labelSmoothing);
        m_seed->setValue(static_cast<int>(options.seed));
        m_momentum->setValue(options.momentum);
        m_lrStep->setValue(options.lrStep);
        m_lrGamma->setValue(options.lrGamma);
        m_lrEnd->setValue(options.lrEnd);
        m_switches->setSwitches(options.switches);
    }
    check();
}

core::TrainSpec TrainFields::spec() const
{
    core::TrainSpec spec;
    const core::ModelPointer from = start();
    spec.architecture =
        from ? core::toText(from->architecture) : m_architecture->text().trimmed().toStdString();
    core::TrainingOptions& options = spec.options;
    options.epochs = m_epochs->value();
    options.batch = m_batch->value();
    options.optimizer = static_cast<core::OptimizerKind>(m_optimizer->currentIndex());
    options.lr = m_lr->value();
    options.schedule = static_cast<core::ScheduleKind>(m_schedule->currentIndex());
    options.keep = static_cast<core::KeptEpoch>(m_keep->currentIndex());
    options.weightDecay = m_weightDecay->value();
    options.labelSmoothing = m_labelSmoothing->value();
    options.seed = static_cast<std::uint64_t>(m_seed->value());
    options.momentum = m_momentum->value();
    options.lrStep = m_lrStep->value();
    options.lrGamma = m_lrGamma->value();
    options.lrEnd = m_lrEnd->value();
    options.switches = m_switches->switches();
    if (from && m_keepZeros->isChecked())
        for (const float value : from->parameters.values())
            options.mask.push_back(value == 0.0F ? 0 : 1);
    return spec;
}

void TrainFields::setModel(core::ModelPointer model)
{
    m_fromModel->setModel(std::move(model));
    check();
}

core::ModelPointer TrainFields::start() const
{
    return m_fromModel->start();
}

/// Says in place how large the network is, or what is wrong with its text.
void TrainFields::check()
{
    m_error.clear();
    const core::ModelPointer from = start();
    m_architecture->setEnabled(from == nullptr);
    const std::size_t removed =
        from == nullptr ? 0 : from->parameters.count() - from->parameters.nonzero();
    m_keepZeros->setVisible(removed > 0);
    if (from != nullptr) {
        m_count->setText(
            tr("%1 of %2 parameters non-zero")
                .arg(withThousands(static_cast<std::int64_t>(from->parameters.nonzero())),
                     withThousands(static_cast<std::int64_t>(from->parameters.count()))));
    } else {
        const CheckedArchitecture checked = checkArchitecture(m_architecture->text());
        m_count->setText(checked.countText());
        m_error = checked.error;
    }
    if (m_lr->value() <= 0)
        m_error = tr("The learning rate has to be above 0.");
    if (m_error.isEmpty())
        checkSwitches();
    if (!m_error.isEmpty())
        m_count->setText(breakable(m_error));
    const char* role = m_error.isEmpty() ? "caption" : "error";
    if (m_count->property("role") != role)
        changeRole(m_count, role);
    showOptions();
    emit changed();
}

void TrainFields::checkSwitches()
{
    const core::TrainSpec made = spec();
    if (made.options.switches.sparse == core::SparseMethod::None)
        return;
    const auto all = core::parseArchitecture(made.architecture).trainableCount();
    const int nonzero = made.options.switches.nonzero;
    if (nonzero < 1 || static_cast<std::size_t>(nonzero) > all)
        m_error = tr("A sparse training has 1 to %1 non-zero parameters.")
                      .arg(withThousands(static_cast<std::int64_t>(all)));
}

/// What the other choices leave without effect can't be edited.
void TrainFields::showOptions()
{
    m_warning->setVisible(m_keep->currentIndex() == static_cast<int>(core::KeptEpoch::BestTest));
    const auto schedule = static_cast<core::ScheduleKind>(m_schedule->currentIndex());
    m_lrStep->setEnabled(schedule == core::ScheduleKind::Step);
    m_lrGamma->setEnabled(schedule == core::ScheduleKind::Step);
    m_lrEnd->setEnabled(schedule == core::ScheduleKind::Cosine);
    m_momentum->setEnabled(m_optimizer->currentIndex() ==
                           static_cast<int>(core::OptimizerKind::Sgd));
}

} // namespace ui
