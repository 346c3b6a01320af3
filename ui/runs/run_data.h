// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/run_directory.h"
#include "ui/jobs/job.h"

#include <QObject>

#include <filesystem>
#include <functional>
#include <optional>

namespace ui
{

/// Brings the images that runs work on: those of the window's data set, and the training images
/// that belong to them.
class RunDataLoader : public QObject
{
    Q_OBJECT

public:
    /// Called on a worker; with no folder it makes the sample digits.
    using Load = std::function<core::RunData(const std::optional<std::filesystem::path>&,
                                             core::DatasetPointer)>;
    explicit RunDataLoader(Load load = loadRunData, QObject* parent = nullptr);

    /// `test` is what has been read from the folder already.
    void load(const std::optional<std::filesystem::path>& folder, core::DatasetPointer test);
    bool running() const { return m_job.running(); }

    static core::RunData loadRunData(const std::optional<std::filesystem::path>& folder,
                                     core::DatasetPointer test);

signals:
    void loaded(core::RunData data);
    void failed(const QString& sentence);

private:
    Load m_load;
    Job m_job;
};

} // namespace ui
