// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/model.h"
#include "core/runs/run_spec.h"
#include "ui/panels/side_form.h"

#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QStackedWidget;

namespace ui
{

class ChoiceBar;
class GolfFields;
class PruneFields;
class TrainFields;

/// A sheet at the window's side that starts a run: what kind, a preset, the fields that matter.
class RunForm : public SideForm
{
    Q_OBJECT

public:
    RunForm(std::vector<core::RunPreset> presets, int threads, QWidget* parent = nullptr);

    void setKind(core::RunKind kind);
    core::RunKind kind() const;
    void choosePreset(const QString& id);
    void setModel(core::ModelPointer model); ///< the current one; may be null
    /// Why no run can start whatever the fields say, such as missing data; empty: nothing.
    void setObstacle(const QString& sentence);

    core::RunSpec spec() const;
    core::ModelPointer start() const;
    bool ready() const;
    TrainFields* trainFields() const { return m_train; }
    PruneFields* pruneFields() const { return m_prune; }
    GolfFields* golfFields() const { return m_golf; }

signals:
    void startRequested(const core::RunSpec& spec, core::ModelPointer start);

private:
    void build();
    QWidget* makeCommonFields();
    void showKind();
    void takePreset();
    void showState();
    const QString& fieldError() const;

    std::vector<core::RunPreset> m_presets;
    QString m_obstacle;
    ChoiceBar* m_kind;
    QComboBox* m_preset;
    QLabel* m_about;
    QLineEdit* m_title;
    QStackedWidget* m_fields;
    TrainFields* m_train;
    PruneFields* m_prune;
    GolfFields* m_golf;
    QSpinBox* m_threads;
    QComboBox* m_backend;
};

} // namespace ui
