// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/model.h"
#include "core/runs/run_spec.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QSpinBox;

namespace ui
{

/// What a pruning of the current model takes.
class PruneFields : public QWidget
{
    Q_OBJECT

public:
    explicit PruneFields(QWidget* parent = nullptr);

    void setSpec(const core::PruneSpec& spec);
    core::PruneSpec spec() const;
    void setModel(core::ModelPointer model); ///< may be null
    core::ModelPointer start() const { return m_model; }
    const QString& error() const { return m_error; } ///< empty where a run can start

signals:
    void changed();

private:
    void build();
    void check();

    core::ModelPointer m_model;
    QString m_error;
    QLabel* m_name;
    QComboBox* m_method;
    QComboBox* m_order;
    QDoubleSpinBox* m_threshold;
    QComboBox* m_split;
    QLabel* m_warning;
    QSpinBox* m_passes;
    QSpinBox* m_seed;
    QCheckBox* m_biases;
    QCheckBox* m_slopes;
};

} // namespace ui
