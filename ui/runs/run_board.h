// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/serial_worker.h"
#include "ui/runs/run_pulse.h"
#include "ui/runs/run_source.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ui
{

/// All runs as the window knows them. Asks of the queue go through a worker, so nothing here waits
/// for a disk; what runs report arrives at most 30 times a second. GUI thread. The destructor
/// pauses what is running.
class RunBoard : public QObject
{
    Q_OBJECT

public:
    explicit RunBoard(const RunSourceMaker& source, RunOffer offer = {}, QObject* parent = nullptr);
    ~RunBoard() override;

    /// The newest first, with live progress.
    const std::vector<core::RunSummary>& runs() const { return m_runs; }
    const core::RunSummary* find(const std::string& id) const; ///< nullptr if there is none
    bool listed() const { return m_listed; }                   ///< runs() has been read once

    const RunOffer& offer() const { return m_offer; }

    void setData(core::RunData data);
    const core::RunData& data() const { return m_data; }

    /// How many images of the data at hand decide in this pruning or game; 0 where that can't be
    /// known.
    int imagesThatSelect(const core::RunSpec& spec) const;

    /// `start` may be null for a training. added() or failed() answers.
    void add(const core::RunSpec& spec, core::ModelPointer start);
    void resume(const std::string& id);
    void pause(const std::string& id);
    void stopAndKeep(const std::string& id);
    void remove(const std::string& id);

    /// What a run has recorded, and goes on to record. The first ask reads it from disk: null until
    /// historyChanged() tells.
    const RunHistory* history(const std::string& id);
    QString historyError(const std::string& id) const; ///< why there is none
    /// Why a run has nothing to show: its history can't be read, or it failed; empty: nothing
    /// amiss.
    QString whyNothing(const std::string& id) const;
    /// What an epoch ended with; empty where it isn't there.
    void readParameters(const std::string& id, int epoch,
                        std::function<void(std::vector<float>)> done);
    /// The best so far of a game, with its file; null where there is none.
    void readBest(const std::string& id, std::function<void(core::ModelPointer)> done);

    /// Whose parameters come while they change; one run at a time, empty for none.
    void watchParameters(const std::string& id);
    const std::vector<float>& watchedParameters() const { return m_parameters; }

signals:
    void runsChanged(); ///< the list, or a status in it
    void dataChanged();
    void added(const std::string& id);
    void progressed(const std::string& id);
    void historyChanged(const std::string& id);
    void parametersChanged(); ///< of the watched run
    void modelReady(const core::RunSummary& run);
    void failed(const QString& sentence);

private:
    struct Known {
        RunHistory history;
        bool asked = false;
        bool read = false;
        QString error;
    };

    void wake();
    void deliver();
    void refresh();
    void takeList(std::vector<core::RunSummary> runs);
    void takeHistory(const std::string& id, RunHistory history);
    void takeEpoch(const std::string& id, const core::EpochResult& epoch);
    void takeVisit(const std::string& id, const core::PruneVisit& visit);
    void takeStep(const std::string& id, const core::GolfStep& step);
    void command(std::function<void(RunSource&)> call);
    void tell(const QString& sentence);

    RunOffer m_offer;
    RunPulse m_pulse;
    QTimer m_timer;
    QElapsedTimer m_sinceDelivery;
    std::vector<core::RunSummary> m_runs;
    std::map<std::string, Known> m_known;
    core::RunData m_data;
    std::set<std::string> m_begun; ///< runs that have reported since they are listed
    std::string m_watched;
    std::vector<float> m_parameters;
    bool m_listed = false;
    bool m_refreshing = false;
    std::shared_ptr<RunSource> m_source;
    SerialWorker m_worker; ///< last, so that it ends first
};

} // namespace ui
