// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/storage/database.h"
#include "core/search/trial.h"

#include <optional>

namespace core
{

/// The statements that change a study. Each call belongs into a transaction of the caller's.
class TrialWriter
{
public:
    TrialWriter(Database& database, std::int64_t study) : m_database(database), m_study(study) {}

    /// Keeps other workers from making trials until the transaction ends.
    void lockStudy();

    /// The next number of the study; needs lockStudy(). Returns the id.
    std::int64_t create(TrialState state);
    /// A copy of parameters and attributes as a new WAITING trial; needs lockStudy().
    std::int64_t createWaiting(const Trial& like);
    /// The oldest WAITING trial, which is RUNNING from now on and nobody else's.
    std::optional<std::int64_t> claimWaiting();

    /// Whether the trial is RUNNING, and stays so until the transaction ends.
    bool holdRunning(std::int64_t trial);
    /// False where it is not RUNNING any more; then nothing is changed.
    bool finish(std::int64_t trial, TrialState state, std::optional<double> value);

    /// From RUNNING to WAITING, without what it reported; likewise.
    bool release(std::int64_t trial);

    void setParameter(std::int64_t trial, const std::string& name, const TrialParameter& parameter);
    void report(std::int64_t trial, std::int64_t step, double value);
    void setUserAttributes(std::int64_t trial, const TrialAttributes& attributes);
    void setSystemAttributes(std::int64_t trial, const TrialAttributes& attributes);
    /// One value, replaced where there is one: "study_user_attributes", "study_id", ...
    void setAttribute(std::string_view table, std::string_view owner, std::int64_t id,
                      const std::string& key, const std::string& json);

    void beat(std::int64_t trial); ///< the worker lives
    std::vector<std::int64_t> staleTrials(double graceSeconds);
    int beatingTrials(); ///< running ones that ever gave a sign of life

private:
    std::string forUpdate() const;

    Database& m_database;
    std::int64_t m_study;
};

/// "2026-11-22 16:21:45.147882", local time as Optuna writes it.
std::string localTimestamp();

} // namespace core
