// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/training_switches.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QSpinBox;

namespace ui
{

class FormRows;

/// What a training may do besides the recipe; each is off until it is chosen.
class SwitchFields : public QWidget
{
    Q_OBJECT

public:
    enum class Start { Sparse, Dense }; ///< Dense: it can't be sparse from the start

    explicit SwitchFields(Start start, QWidget* parent = nullptr);

    void setSwitches(const core::TrainingSwitches& switches);
    core::TrainingSwitches switches() const;

signals:
    void changed();

private:
    void addImages(FormRows& rows);
    void addWeights(FormRows& rows);
    void addSparsity();
    void showOptions();

    QComboBox* m_augment;
    QDoubleSpinBox* m_augmentStrength;
    QComboBox* m_sample;
    QDoubleSpinBox* m_samplePressure;
    QLineEdit* m_teacher;
    QDoubleSpinBox* m_temperature;
    QDoubleSpinBox* m_teacherWeight;
    QComboBox* m_average;
    QDoubleSpinBox* m_averageDecay;
    QDoubleSpinBox* m_averageShare;
    QWidget* m_sparsity;
    QComboBox* m_sparse;
    QSpinBox* m_nonzero;
    QDoubleSpinBox* m_moveShare;
    QSpinBox* m_moveInterval;
};

} // namespace ui
