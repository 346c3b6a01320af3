// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/train_sweep.h"
#include "ui/figures/sweep_data.h"
#include "ui/jobs/serial_worker.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ui
{

/// Where a study is.
struct StudyName {
    std::string url; ///< a file or a URL (core::openDatabase)
    std::string study;
    bool operator==(const StudyName&) const = default;
};

/// Follows one study, whoever works on it, and lists its storage's others. Asks the storage on a
/// worker and only while somebody looks. GUI thread.
class StudyWatch : public QObject
{
    Q_OBJECT

public:
    explicit StudyWatch(QObject* parent = nullptr);
    ~StudyWatch() override;

    void setActive(bool active);

    /// Reads the studies of a storage; one whose file is not there yet has none.
    void setStorage(const std::string& url);
    const std::string& storage() const { return m_storage; }
    const std::vector<core::StudySummary>& studies() const { return m_studies; }
    bool listed() const { return m_listed; } ///< studies() has been read

    enum class Presence { Known, ToCome };
    /// One of the storage. One that somebody is about to make is waited for.
    void open(const std::string& study, Presence presence = Presence::Known);
    StudyName name() const { return {m_storage, m_study}; }
    void refresh(); ///< soon; without being asked twice a second

    /// Null until it is read.
    const SweepDataPointer& data() const { return m_data; }
    /// What its trials have in common; absent where another program began it.
    const std::optional<core::TrainStudy>& work() const { return m_work; }
    const std::optional<core::SweepPlan>& plan() const { return m_plan; }

    /// Queues a trial with these values.
    void enqueue(const std::map<std::string, core::SearchValue>& values);

signals:
    void studiesChanged();
    void changed(); ///< data(), after a trial has or somebody opened another study
    void enqueued(int number);
    void failed(const QString& sentence);

private:
    struct Line; ///< to the storage; only on the worker
    struct News;

    void poll();
    void take(std::optional<News> news);
    void list();

    std::string m_storage;
    std::string m_study;
    std::vector<core::StudySummary> m_studies;
    SweepDataPointer m_data;
    std::optional<core::TrainStudy> m_work;
    std::optional<core::SweepPlan> m_plan;
    QTimer m_timer;
    bool m_active = false;
    bool m_asking = false;
    bool m_listed = false;
    bool m_patient = false; ///< until the study that is to come is there
    int m_polls = 0;
    int m_opened = 0; ///< how often another study was: late answers are dropped
    std::shared_ptr<Line> m_line;
    SerialWorker m_worker; ///< last, so that it ends first
};

} // namespace ui
