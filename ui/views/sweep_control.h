// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/sweeps/study_watch.h"
#include "ui/sweeps/sweep_runner.h"

#include <QObject>

class QComboBox;
class QPushButton;

namespace ui
{

class RunBoard;
class SweepForm;
class WrapLayout;

/// The deeds of the sweep view: which study, begin, stop, go on, queue a trial. Makes the controls
/// and the form; the view places them.
class SweepControl : public QObject
{
    Q_OBJECT

public:
    SweepControl(RunBoard& board, std::string storage, SweepRunner::Run run, QWidget* view);

    ~SweepControl() override;

    void addTo(WrapLayout* toolbar);
    void placeForm(); ///< at the view's right edge, beside all else where there is room
    SweepForm* form() const { return m_form; }
    StudyWatch* watch() const { return m_watch; }
    SweepRunner* runner() const { return m_runner; }
    bool runsShown() const; ///< the study that is shown runs here

    void newSweep();
    void showForm(bool shown);
    void toggle(); ///< stops what runs here, or goes on with the study that is shown
    void queueTrial(const core::Trial* like);
    void openStorage();
    void showStudy(const StudyName& name);
    void update();

    QPushButton* toggleButton() const { return m_toggle; }
    QPushButton* queueButton() const { return m_queue; }
    QComboBox* studyChoice() const { return m_study; }

signals:
    void queueRequested(); ///< the person pressed the button
    void said(const QString& sentence, bool refused);
    void changed(); ///< what is shown of a run
    void formShownChanged();

private:
    void makeControls();
    void takeStudies();
    void start();
    void begin(const StudyName& name, core::TrainSweep sweep);
    void takeEnd(const core::SweepResult& result);
    bool hasData() const;

    RunBoard& m_board;
    QWidget* m_view;
    StudyWatch* m_watch;
    SweepRunner* m_runner;
    SweepForm* m_form;
    QComboBox* m_study;
    QPushButton* m_storage;
    QPushButton* m_new;
    QPushButton* m_toggle;
    QPushButton* m_queue;
};

} // namespace ui
