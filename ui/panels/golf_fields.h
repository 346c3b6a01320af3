// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"
#include "core/model/model.h"
#include "core/runs/run_spec.h"

#include <QWidget>

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

/// What a game of golf takes. The fields that matter most; "More" has the course of its rounds.
/// What no field shows stays as the spec had it.
class GolfFields : public QWidget
{
    Q_OBJECT

public:
    explicit GolfFields(QWidget* parent = nullptr);

    void setSpec(const core::GolfSpec& spec);
    core::GolfSpec spec() const;
    void setModel(core::ModelPointer model); ///< that a game may go on from; may be null
    /// The model to begin with instead of dense networks, where the person chose so.
    core::ModelPointer start() const;
    const QString& error() const { return m_error; } ///< empty where a run can start

signals:
    void changed();

private:
    void build();
    void buildMore();
    void check();
    void checkDense();
    void takeInput();
    void showInput(const core::InputSpec& input);

    core::GolfOptions m_rest; ///< what no field shows
    QString m_error;
    StartModelBox* m_fromModel;
    QLineEdit* m_architecture;
    QLabel* m_count;
    QComboBox* m_input; ///< the words `deskew` and `shifts` of the architecture
    QDoubleSpinBox* m_target;
    QComboBox* m_select;
    QLabel* m_warning;
    QDoubleSpinBox* m_budget; ///< minutes
    QSpinBox* m_starts;
    QSpinBox* m_seed;
    QToolButton* m_disclose;
    QWidget* m_more;
    QSpinBox* m_heat;
    QSpinBox* m_startEpochs;
    QSpinBox* m_denseEpochs;
    QSpinBox* m_epochs;
    QDoubleSpinBox* m_share;
    QSpinBox* m_trials;
    QSpinBox* m_swaps;
    QSpinBox* m_swapEpochs;
    QSpinBox* m_swapBelow;
    QSpinBox* m_patience;
    QComboBox* m_criterion;
    QComboBox* m_rewind;
    QSpinBox* m_polish;
    QSpinBox* m_refit;
    SwitchFields* m_switches;
};

} // namespace ui
