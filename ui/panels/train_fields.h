// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/model.h"
#include "core/runs/run_spec.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QToolButton;

namespace ui
{

class StartModelBox;
class SwitchFields;

/// What a training takes. The fields that matter most; "More" has the rest.
class TrainFields : public QWidget
{
    Q_OBJECT

public:
    explicit TrainFields(QWidget* parent = nullptr);

    void setSpec(const core::TrainSpec& spec);
    core::TrainSpec spec() const;
    void setModel(core::ModelPointer model); ///< that a training may go on from; may be null
    /// The model to begin with, where the person chose so.
    core::ModelPointer start() const;
    /// What is wrong with the fields; empty where a run can start.
    const QString& error() const { return m_error; }

signals:
    void changed();

private:
    void build();
    void check();
    void checkSwitches();
    void showOptions();

    QString m_error;
    QLineEdit* m_architecture;
    QLabel* m_count;
    StartModelBox* m_fromModel;
    QCheckBox* m_keepZeros;
    QSpinBox* m_epochs;
    QSpinBox* m_batch;
    QComboBox* m_optimizer;
    QDoubleSpinBox* m_lr;
    QComboBox* m_schedule;
    QComboBox* m_keep;
    QLabel* m_warning;
    QToolButton* m_disclose;
    QWidget* m_more;
    QDoubleSpinBox* m_weightDecay;
    QDoubleSpinBox* m_labelSmoothing;
    QSpinBox* m_seed;
    QDoubleSpinBox* m_momentum;
    QSpinBox* m_lrStep;
    QDoubleSpinBox* m_lrGamma;
    QDoubleSpinBox* m_lrEnd;
    SwitchFields* m_switches;
};

} // namespace ui
