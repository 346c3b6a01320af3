// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sweeps/sweep_runner.h"

#include "core/search/storage/database.h"
#include "ui/words.h"

#include <filesystem>
#include <system_error>

namespace ui
{

namespace
{

/// The user's data folder may not be there yet. Where it can't be made, opening the file says so.
void makeFolderOf(const std::string& url)
{
    const std::filesystem::path file = core::databaseFile(url);
    std::error_code ignored;
    if (file.has_parent_path())
        std::filesystem::create_directories(file.parent_path(), ignored);
}

core::SweepObserver observerOf(Mailbox<QString>& progress)
{
    core::SweepObserver observer;
    observer.begun = [&progress](const core::Trial& trial) {
        progress.post(QObject::tr("trial %1 begins").arg(trial.number));
    };
    observer.reported = [&progress](const core::Trial& trial) {
        progress.post(QObject::tr("trial %1, epoch %2: %3")
                          .arg(trial.number)
                          .arg(trial.reported.rbegin()->first)
                          .arg(percent(trial.reported.rbegin()->second)));
    };
    observer.waiting = [&progress](int others) {
        progress.post(others == 1
                          ? QObject::tr("waiting for a trial of another worker")
                          : QObject::tr("waiting for %1 trials of other workers").arg(others));
    };
    return observer;
}

} // namespace

SweepRunner::SweepRunner(Run run, QObject* parent)
    : QObject(parent), m_run(std::move(run)), m_progress(this, [this](const QString& standing) {
          m_standing = standing;
          emit progressed();
      })
{
    connect(&m_job, &Job::started, this, &SweepRunner::runningChanged);
    connect(&m_job, &Job::finished, this, &SweepRunner::runningChanged);
    connect(&m_job, &Job::failed, this, &SweepRunner::failed);
}

void SweepRunner::start(const StudyName& name, core::TrainSweep sweep, core::RunData data)
{
    if (running())
        return;
    m_name = name;
    m_stopping = false;
    m_standing.clear();
    const auto work = [this, run = m_run, name, sweep = std::move(sweep),
                       data = std::move(data)](std::stop_token stop) {
        makeFolderOf(name.url);
        core::Study study({name.url}, name.study, core::Direction::Maximize);
        return run(study, sweep, data, observerOf(m_progress), stop);
    };
    m_job.start(work, [this](const core::SweepResult& result) { emit ended(result); });
}

void SweepRunner::stop()
{
    m_stopping = running();
    m_job.stop();
    emit progressed();
}

} // namespace ui
