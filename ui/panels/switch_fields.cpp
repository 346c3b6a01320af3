// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/switch_fields.h"

#include "ui/panels/form_rows.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>

namespace ui
{

namespace
{

constexpr int kUsualNonzero = 400; ///< about half of the published networks

template<typename Enum>
Enum chosen(const QComboBox* box)
{
    return static_cast<Enum>(box->currentIndex());
}

} // namespace

SwitchFields::SwitchFields(Start start, QWidget* parent)
    : QWidget(parent), m_augment(choiceBox({tr("None"), tr("Shift"), tr("Affine"), tr("Elastic")})),
      m_augmentStrength(numberBox(0.01, 10, 2, 0.1)),
      m_sample(choiceBox({tr("Each once"), tr("By their loss")})),
      m_samplePressure(numberBox(1, 100000, 1, 1)), m_teacher(new QLineEdit),
      m_temperature(numberBox(0.1, 1000, 1, 1)), m_teacherWeight(numberBox(0, 1, 2, 0.1)),
      m_average(choiceBox({tr("None"), tr("EMA"), tr("SWA")})),
      m_averageDecay(numberBox(0, 0.99999, 5, 0.001)), m_averageShare(numberBox(0.01, 1, 2, 0.05)),
      m_sparsity(new QWidget),
      m_sparse(choiceBox({tr("Dense"), tr("Random"), tr("Erdős–Rényi"), tr("Magnitude"), tr("SNIP"),
                          tr("GraSP"), tr("SynFlow"), tr("SET"), tr("RigL")})),
      m_nonzero(countBox(0, 10'000'000)), m_moveShare(numberBox(0.01, 1, 2, 0.05)),
      m_moveInterval(countBox(1, 1'000'000))
{
    FormRows rows(this);
    addImages(rows);
    addWeights(rows);
    addSparsity();
    rows.addPlain(m_sparsity);
    m_sparsity->setHidden(start == Start::Dense);
    for (QSpinBox* box : findChildren<QSpinBox*>())
        connect(box, &QSpinBox::valueChanged, this, &SwitchFields::changed);
    for (QDoubleSpinBox* box : findChildren<QDoubleSpinBox*>())
        connect(box, &QDoubleSpinBox::valueChanged, this, &SwitchFields::changed);
    for (QComboBox* box : findChildren<QComboBox*>())
        connect(box, &QComboBox::currentIndexChanged, this, &SwitchFields::changed);
    connect(m_sparse, &QComboBox::currentIndexChanged, this, [this](int method) {
        if (method != 0 && m_nonzero->value() == 0)
            m_nonzero->setValue(kUsualNonzero);
    });
    connect(m_teacher, &QLineEdit::textChanged, this, &SwitchFields::changed);
    connect(this, &SwitchFields::changed, this, &SwitchFields::showOptions);
    setSwitches({});
}

void SwitchFields::addImages(FormRows& rows)
{
    rows.addHalf(tr("Transform images"), m_augment,
                 tr("Moves each image's strokes at random before it is trained on: by whole "
                    "pixels, by a turn, shear and scale, or each pixel by a smooth field"));
    rows.addHalf(tr("Transform: strength"), m_augmentStrength,
                 tr("Times the usual distances and angles"));
    rows.addHalf(tr("Draw images"), m_sample,
                 tr("Each once an epoch, or the more often the higher their loss"));
    rows.addHalf(tr("Draw: pressure"), m_samplePressure,
                 tr("How much likelier the image with the highest loss is than that with the "
                    "lowest"));
    m_teacher->setPlaceholderText(tr("A model's file; none"));
    rows.addWide(tr("Teacher"), m_teacher,
                 tr("Learns from this model's answers, too (distillation)"));
    rows.addHalf(tr("Teacher: temperature"), m_temperature,
                 tr("What the logits of both are divided by where they are compared"));
    rows.addHalf(tr("Teacher: weight"), m_teacherWeight,
                 tr("Of the teacher's answers in the loss; the labels have the rest"));
}

void SwitchFields::addWeights(FormRows& rows)
{
    rows.addWide(tr("Average weights"), m_average,
                 tr("Measures and keeps a mean of the weights: exponential over the steps, or of "
                    "the last epochs"));
    rows.addHalf(tr("EMA: decay"), m_averageDecay, tr("What the mean keeps of itself at a step"));
    rows.addHalf(tr("SWA: share"), m_averageShare,
                 tr("Share of the epochs, the last, that are averaged"));
}

void SwitchFields::addSparsity()
{
    FormRows rows(m_sparsity);
    rows.addHalf(tr("Sparse"), m_sparse,
                 tr("Trains only so many parameters, chosen at the initialisation; SET and RigL "
                    "move them while training"));
    rows.addHalf(tr("Sparse: non-zero"), m_nonzero,
                 tr("Parameters that are trained; all others are zero"));
    rows.addHalf(tr("Sparse: moved"), m_moveShare,
                 tr("Share of a tensor's parameters that SET and RigL move, RigL at first"));
    rows.addHalf(tr("RigL: every … steps"), m_moveInterval, tr("Steps between two moves"));
}

void SwitchFields::setSwitches(const core::TrainingSwitches& switches)
{
    {
        const QSignalBlocker quiet(this);
        m_augment->setCurrentIndex(static_cast<int>(switches.augment));
        m_augmentStrength->setValue(switches.augmentStrength);
        m_sample->setCurrentIndex(static_cast<int>(switches.sample));
        m_samplePressure->setValue(switches.samplePressure);
        m_teacher->setText(QString::fromStdString(switches.teacher));
        m_temperature->setValue(switches.temperature);
        m_teacherWeight->setValue(switches.teacherWeight);
        m_average->setCurrentIndex(static_cast<int>(switches.average));
        m_averageDecay->setValue(switches.averageDecay);
        m_averageShare->setValue(switches.averageShare);
        m_sparse->setCurrentIndex(static_cast<int>(switches.sparse));
        m_nonzero->setValue(switches.nonzero);
        m_moveShare->setValue(switches.moveShare);
        m_moveInterval->setValue(switches.moveInterval);
    }
    showOptions();
}

core::TrainingSwitches SwitchFields::switches() const
{
    core::TrainingSwitches switches;
    switches.augment = chosen<core::Augmentation>(m_augment);
    switches.augmentStrength = m_augmentStrength->value();
    switches.sample = chosen<core::Sampling>(m_sample);
    switches.samplePressure = m_samplePressure->value();
    switches.teacher = m_teacher->text().trimmed().toStdString();
    switches.temperature = m_temperature->value();
    switches.teacherWeight = m_teacherWeight->value();
    switches.average = chosen<core::Averaging>(m_average);
    switches.averageDecay = m_averageDecay->value();
    switches.averageShare = m_averageShare->value();
    switches.sparse = chosen<core::SparseMethod>(m_sparse);
    if (switches.sparse != core::SparseMethod::None)
        switches.nonzero = m_nonzero->value();
    switches.moveShare = m_moveShare->value();
    switches.moveInterval = m_moveInterval->value();
    return switches;
}

/// What the other choices leave without effect can't be edited.
void SwitchFields::showOptions()
{
    const auto average = chosen<core::Averaging>(m_average);
    const auto sparse = chosen<core::SparseMethod>(m_sparse);
    const bool isTaught = !m_teacher->text().trimmed().isEmpty();
    const bool isRigL = sparse == core::SparseMethod::RigL;
    m_augmentStrength->setEnabled(chosen<core::Augmentation>(m_augment) !=
                                  core::Augmentation::None);
    m_samplePressure->setEnabled(chosen<core::Sampling>(m_sample) == core::Sampling::Loss);
    m_temperature->setEnabled(isTaught);
    m_teacherWeight->setEnabled(isTaught);
    m_averageDecay->setEnabled(average == core::Averaging::Ema);
    m_averageShare->setEnabled(average == core::Averaging::Swa);
    m_nonzero->setEnabled(sparse != core::SparseMethod::None);
    m_moveShare->setEnabled(isRigL || sparse == core::SparseMethod::Set);
    m_moveInterval->setEnabled(isRigL);
}

} // namespace ui
