// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/train_sweep.h"
#include "ui/panels/side_form.h"
#include "ui/sweeps/study_watch.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace ui
{

class RangeFields;

/// A sheet that begins a sweep, or goes on with one: which study, what its trials vary, how they
/// are chosen.
class SweepForm : public SideForm
{
    Q_OBJECT

public:
    explicit SweepForm(int threads, QWidget* parent = nullptr);

    void setStorage(const std::string& url);
    /// As a study was begun, to go on with it.
    void fill(const StudyName& name, const core::TrainStudy& work,
              const std::optional<core::SweepPlan>& plan);
    void setTrials(int trials);
    /// A name that none of these has.
    void suggestName(const std::vector<core::StudySummary>& taken);
    void setObstacle(const QString& sentence); ///< why no sweep can start; empty: nothing

    StudyName name() const;
    core::TrainSweep sweep() const; ///< throws core::Error where error() says something
    bool ready() const;
    RangeFields* ranges() const { return m_ranges; }
    QSpinBox* trials() const { return m_trials; }
    QSpinBox* epochs() const { return m_epochs; }
    QLineEdit* architecture() const { return m_architecture; }
    QLineEdit* studyField() const { return m_study; }

signals:
    void startRequested();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeFields();
    void takePreset();
    void showState();
    QString error() const;

    QString m_obstacle;
    core::RunSpec m_base; ///< of a study that goes on: what no field has
    QLineEdit* m_storage;
    QLineEdit* m_study;
    QComboBox* m_preset;
    QLabel* m_about;
    RangeFields* m_ranges;
    QLineEdit* m_architecture;
    QSpinBox* m_trials;
    QSpinBox* m_epochs;
    QComboBox* m_sampler;
    QComboBox* m_pruner;
    QSpinBox* m_seed;
    QComboBox* m_select;
    QSpinBox* m_threads;
    QComboBox* m_backend;
};

} // namespace ui
