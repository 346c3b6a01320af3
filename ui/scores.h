// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/scoreboard.h"
#include "ui/figures/scoreboard_figure.h"
#include "ui/jobs/job.h"
#include "ui/session.h"

#include <QObject>
#include <QStringList>

#include <filesystem>
#include <map>
#include <utility>
#include <vector>

namespace ui
{

class RunBoard;

/// Where scores come from beside the open models and the runs.
struct ScorePlaces {
    QStringList shipped;               ///< model files
    std::filesystem::path submissions; ///< folder of those that were checked; empty: none
};

/// Every network that the program knows with its score: the published ones, the open models, those
/// that come with the program, results of runs, and submissions. Files are read and evaluated on a
/// worker, and only while somebody looks; a network that is there more than once counts once.
class Scores : public QObject
{
    Q_OBJECT

public:
    Scores(Session& session, RunBoard& runs, ScorePlaces places, QObject* parent = nullptr);

    void setActive(bool active);
    const std::vector<KnownScore>& entries() const { return m_entries; }
    bool reading() const { return m_readJob.running(); }

    void exportSubmission(const QString& file); ///< of the current model
    void importSubmission(const QString& file);
    void openSubmission(const QString& file); ///< its model becomes the current one

signals:
    void changed();
    void readingChanged();
    void done(const QString& sentence);    ///< an import or export
    void refused(const QString& sentence); ///< why there is none

private:
    struct Wanted {
        QString file;
        ScoreOrigin origin = ScoreOrigin::Shipped;
    };

    void forget();
    void update();
    void readFiles();
    void gather();
    core::Score scoreOf(const OpenModel& entry);
    std::vector<Wanted> wantedFiles() const;

    Session& m_session;
    RunBoard& m_runs;
    ScorePlaces m_places;
    bool m_active = false;
    std::map<QString, KnownScore> m_read; ///< by file
    std::map<std::pair<const core::Model*, const core::Evaluation*>, core::Score> m_open;
    std::vector<KnownScore> m_entries;
    Job m_readJob;
    Job m_submissionJob;
};

} // namespace ui
