// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/train_sweep.h"
#include "ui/jobs/job.h"
#include "ui/jobs/mailbox.h"
#include "ui/sweeps/study_watch.h"

#include <QObject>

namespace ui
{

/// Runs a study's trials in the window's own process, on a worker with its own backends. Any number
/// of other workers may run the same study. GUI thread; the destructor stops what is running, and
/// gives its trial back.
class SweepRunner : public QObject
{
    Q_OBJECT

public:
    /// What a trial is. Blocks; called on the worker.
    using Run =
        std::function<core::SweepResult(core::Study&, core::TrainSweep, const core::RunData&,
                                        const core::SweepObserver&, std::stop_token)>;

    explicit SweepRunner(Run run = core::runTrainSweep, QObject* parent = nullptr);

    void start(const StudyName& name, core::TrainSweep sweep, core::RunData data);
    void stop(); ///< soon; the trial that is running waits for the next worker
    bool running() const { return m_job.running(); }
    bool stopping() const { return m_stopping; }
    const StudyName& name() const { return m_name; }       ///< of what runs, or ran last
    const QString& standing() const { return m_standing; } ///< "trial 17, epoch 3: 97.21 %"

signals:
    void runningChanged();
    void progressed();
    void ended(const core::SweepResult& result);
    void failed(const QString& sentence);

private:
    Run m_run;
    StudyName m_name;
    QString m_standing;
    bool m_stopping = false;
    Mailbox<QString> m_progress;
    Job m_job; ///< last, so that it ends first
};

} // namespace ui
