// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/storage/trial_writer.h"

#include "core/search/storage/stored_number.h"

#include <chrono>
#include <ctime>
#include <fmt/format.h>

namespace core
{

namespace
{

/// The time at this moment, also within a transaction that had to wait.
const char* now(SqlDialect dialect)
{
    return dialect == SqlDialect::Sqlite ? "CURRENT_TIMESTAMP" : "clock_timestamp()";
}

} // namespace

std::string localTimestamp()
{
    using namespace std::chrono;
    const auto sinceEpoch = duration_cast<microseconds>(system_clock::now().time_since_epoch());
    const auto seconds = static_cast<std::time_t>(sinceEpoch.count() / 1000000);
    std::tm parts = {};
    localtime_r(&seconds, &parts);
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:06}", parts.tm_year + 1900,
                       parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                       sinceEpoch.count() % 1000000);
}

std::string TrialWriter::forUpdate() const
{
    // SQLite's transaction has the whole file.
    return m_database.dialect() == SqlDialect::Sqlite ? "" : " FOR UPDATE";
}

void TrialWriter::lockStudy()
{
    m_database.run("SELECT study_id FROM studies WHERE study_id = ?" + forUpdate(), {m_study});
}

std::int64_t TrialWriter::create(TrialState state)
{
    const SqlValue begun = state == TrialState::Running ? SqlValue(localTimestamp()) : SqlValue();
    const auto rows = m_database.run(
        "INSERT INTO trials (study_id, state, datetime_start) VALUES (?, ?, ?) RETURNING trial_id",
        {m_study, std::string(stateName(state)), begun});
    const std::int64_t id = integerOf(rows.at(0).at(0));
    m_database.run("UPDATE trials SET number = (SELECT count(*) FROM trials AS earlier WHERE "
                   "earlier.study_id = ? AND earlier.trial_id < ?) WHERE trial_id = ?",
                   {m_study, id, id});
    return id;
}

std::int64_t TrialWriter::createWaiting(const Trial& like)
{
    const std::int64_t id = create(TrialState::Waiting);
    for (const auto& [name, parameter] : like.parameters)
        setParameter(id, name, parameter);
    setUserAttributes(id, like.userAttributes);
    setSystemAttributes(id, like.systemAttributes);
    return id;
}

std::optional<std::int64_t> TrialWriter::claimWaiting()
{
    const auto waiting = m_database.run("SELECT trial_id FROM trials WHERE study_id = ? AND "
                                        "state = 'WAITING' ORDER BY trial_id",
                                        {m_study});
    for (const SqlRow& row : waiting) {
        // Optuna's workers don't lock the study for this: whoever changes the state has the trial.
        const auto claimed = m_database.run("UPDATE trials SET state = 'RUNNING', datetime_start = "
                                            "? WHERE trial_id = ? AND state = 'WAITING' "
                                            "RETURNING trial_id",
                                            {localTimestamp(), row[0]});
        if (!claimed.empty())
            return integerOf(row[0]);
    }
    return std::nullopt;
}

bool TrialWriter::holdRunning(std::int64_t trial)
{
    return !m_database
                .run("SELECT trial_id FROM trials WHERE trial_id = ? AND state = 'RUNNING'" +
                         forUpdate(),
                     {trial})
                .empty();
}

bool TrialWriter::finish(std::int64_t trial, TrialState state, std::optional<double> value)
{
    const auto finished =
        m_database.run("UPDATE trials SET state = ?, datetime_complete = ? WHERE trial_id = ? AND "
                       "state = 'RUNNING' RETURNING trial_id",
                       {std::string(stateName(state)), localTimestamp(), trial});
    if (finished.empty())
        return false;
    if (value)
        m_database.run("INSERT INTO trial_values (trial_id, objective, value, value_type) VALUES "
                       "(?, 0, ?, ?)",
                       {trial, storedForm(*value), typeOf(*value)});
    return true;
}

bool TrialWriter::release(std::int64_t trial)
{
    const auto released = m_database.run("UPDATE trials SET state = 'WAITING', datetime_start = "
                                         "NULL WHERE trial_id = ? AND state = 'RUNNING' RETURNING "
                                         "trial_id",
                                         {trial});
    for (const char* from : {"trial_intermediate_values WHERE", "trial_heartbeats WHERE",
                             "trial_system_attributes WHERE key LIKE 'completed_rung_%' AND"})
        if (!released.empty())
            m_database.run(fmt::format("DELETE FROM {} trial_id = ?", from), {trial});
    return !released.empty();
}

void TrialWriter::setParameter(std::int64_t trial, const std::string& name,
                               const TrialParameter& parameter)
{
    m_database.run("INSERT INTO trial_params (trial_id, param_name, param_value, "
                   "distribution_json) VALUES (?, ?, ?, ?)",
                   {trial, name, parameter.internal, toJson(parameter.distribution)});
}

void TrialWriter::report(std::int64_t trial, std::int64_t step, double value)
{
    m_database.run("INSERT INTO trial_intermediate_values (trial_id, step, intermediate_value, "
                   "intermediate_value_type) VALUES (?, ?, ?, ?) ON CONFLICT (trial_id, step) DO "
                   "UPDATE SET intermediate_value = excluded.intermediate_value, "
                   "intermediate_value_type = excluded.intermediate_value_type",
                   {trial, step, storedForm(value), typeOf(value)});
}

void TrialWriter::setUserAttributes(std::int64_t trial, const TrialAttributes& attributes)
{
    for (const auto& [key, json] : attributes)
        setAttribute("trial_user_attributes", "trial_id", trial, key, json);
}

void TrialWriter::setSystemAttributes(std::int64_t trial, const TrialAttributes& attributes)
{
    for (const auto& [key, json] : attributes)
        setAttribute("trial_system_attributes", "trial_id", trial, key, json);
}

void TrialWriter::setAttribute(std::string_view table, std::string_view owner, std::int64_t id,
                               const std::string& key, const std::string& json)
{
    m_database.run(fmt::format("INSERT INTO {0} ({1}, key, value_json) VALUES (?, ?, ?) ON "
                               "CONFLICT ({1}, key) DO UPDATE SET value_json = excluded.value_json",
                               table, owner),
                   {id, key, json});
}

void TrialWriter::beat(std::int64_t trial)
{
    m_database.run(fmt::format("INSERT INTO trial_heartbeats (trial_id, heartbeat) VALUES (?, {0}) "
                               "ON CONFLICT (trial_id) DO UPDATE SET heartbeat = {0}",
                               now(m_database.dialect())),
                   {trial});
}

int TrialWriter::beatingTrials()
{
    const auto rows = m_database.run(
        "SELECT count(*) FROM trials JOIN trial_heartbeats ON trial_heartbeats.trial_id = "
        "trials.trial_id WHERE study_id = ? AND state = 'RUNNING'",
        {m_study});
    return static_cast<int>(integerOf(rows[0][0]));
}

std::vector<std::int64_t> TrialWriter::staleTrials(double graceSeconds)
{
    const char* age = m_database.dialect() == SqlDialect::Sqlite
                          ? "strftime('%s', 'now') - strftime('%s', beats.heartbeat)"
                          : "extract(epoch FROM clock_timestamp()::timestamp - beats.heartbeat)";
    std::vector<std::int64_t> stale;
    for (const SqlRow& row :
         m_database.run(fmt::format("SELECT trials.trial_id FROM trials JOIN trial_heartbeats AS "
                                    "beats ON beats.trial_id = trials.trial_id WHERE "
                                    "trials.study_id = ? AND trials.state = 'RUNNING' AND {} > {} "
                                    "ORDER BY trials.trial_id",
                                    age, graceSeconds),
                        {m_study}))
        stale.push_back(integerOf(row[0]));
    return stale;
}

} // namespace core
