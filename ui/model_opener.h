// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/model/model.h"
#include "ui/jobs/job.h"
#include "ui/session_calls.h"

#include <QObject>
#include <QString>

#include <deque>

namespace ui
{

/// Opens model files on a worker, one after the other, in the order in which they were asked for.
class ModelOpener : public QObject
{
    Q_OBJECT

public:
    explicit ModelOpener(SessionCalls calls, QObject* parent = nullptr);

    void open(const QString& file);
    bool opening() const { return !m_waiting.empty(); }
    void setDataset(core::DatasetPointer dataset) { m_dataset = std::move(dataset); }
    ///< on which the layouts of files that don't say theirs are ranked
    void setPaused(bool paused); ///< what is being opened is finished

signals:
    void openingChanged();
    void opened(const core::ModelPointer& model); ///< with its file
    void failed(const QString& file, const QString& sentence);

private:
    void openNext();

    SessionCalls m_calls;
    core::DatasetPointer m_dataset;
    std::deque<QString> m_waiting;
    bool m_paused = false;
    Job m_job;
};

} // namespace ui
