// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/data/dataset.h"
#include "ui/jobs/job.h"
#include "ui/jobs/mailbox.h"

#include <QObject>

#include <filesystem>
#include <functional>

namespace ui
{

/// The core functions behind a data source, so that a test can give small fakes. Called on workers.
struct DataCalls {
    std::function<core::Dataset(const std::filesystem::path&)> load;
    std::function<bool(const std::filesystem::path&, const core::ProgressObserver&,
                       std::stop_token)>
        download;
};
DataCalls coreDataCalls();

/// Brings MNIST: reads it from a folder, or downloads it there first.
class DataSource : public QObject
{
    Q_OBJECT

public:
    enum class State { Idle, Loading, Downloading };

    explicit DataSource(std::filesystem::path downloadFolder, DataCalls calls = coreDataCalls(),
                        QObject* parent = nullptr);

    State state() const { return m_state; }
    const core::Progress& progress() const { return m_progress; }    ///< of a download
    const QString& error() const { return m_error; }                 ///< of the last attempt
    const std::filesystem::path& folder() const { return m_folder; } ///< of what was loaded last
    const std::filesystem::path& downloadFolder() const { return m_downloadFolder; }

    void load(const std::filesystem::path& folder);
    void download();
    void stop(); ///< keeps what has arrived

signals:
    void changed();
    void loaded(core::DatasetPointer dataset);

private:
    void setState(State state);
    void fail(const QString& sentence);

    std::filesystem::path m_downloadFolder;
    DataCalls m_calls;
    std::filesystem::path m_folder;
    State m_state = State::Idle;
    core::Progress m_progress;
    QString m_error;
    Mailbox<core::Progress> m_mailbox;
    Job m_job; ///< last, so that it ends before what it reports to
};

} // namespace ui
