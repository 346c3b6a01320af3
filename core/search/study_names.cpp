// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/study_names.h"

#include "core/base/error.h"
#include "core/search/storage/schema.h"
#include "core/search/study.h"

#include <fmt/format.h>

namespace core
{

std::optional<std::int64_t> findStudy(Database& database, const std::string& name)
{
    const auto rows = database.run("SELECT study_id FROM studies WHERE study_name = ?", {name});
    return rows.empty() ? std::nullopt : std::optional(integerOf(rows[0][0]));
}

std::int64_t existingStudy(Database& database, const std::string& title, const std::string& name)
{
    if (const auto id = findStudy(database, name))
        return *id;
    std::string names;
    for (const SqlRow& row : database.run("SELECT study_name FROM studies ORDER BY study_name"))
        names += (names.empty() ? "" : ", ") + textOf(row[0]);
    throw Error(ErrorKind::Input, fmt::format("{}: no study \"{}\"; there is {}", title, name,
                                              names.empty() ? "none" : names));
}

std::int64_t findOrCreateStudy(Database& database, const std::string& name, Direction direction)
{
    if (const auto id = findStudy(database, name))
        return *id;
    WriteTransaction transaction(database);
    const auto made = database.run("INSERT INTO studies (study_name) VALUES (?) ON CONFLICT "
                                   "(study_name) DO NOTHING RETURNING study_id",
                                   {name});
    if (!made.empty())
        database.run("INSERT INTO study_directions (direction, study_id, objective) VALUES "
                     "(?, ?, 0)",
                     {direction == Direction::Minimize ? "MINIMIZE" : "MAXIMIZE", made[0][0]});
    transaction.commit();
    return made.empty() ? *findStudy(database, name) : integerOf(made[0][0]);
}

std::vector<Direction> directionsOfStudy(Database& database, std::int64_t study)
{
    std::vector<Direction> directions;
    for (const SqlRow& row : database.run(
             "SELECT direction FROM study_directions WHERE study_id = ? ORDER BY objective",
             {study}))
        directions.push_back(textOf(row[0]) == "MAXIMIZE" ? Direction::Maximize
                                                          : Direction::Minimize);
    return directions;
}

Direction directionOfStudy(Database& database, std::int64_t study, const std::string& name)
{
    const auto directions = directionsOfStudy(database, study);
    if (directions.size() != 1)
        throw Error(ErrorKind::Usage,
                    fmt::format("study {}: {} objectives, expected one", name, directions.size()));
    return directions.front();
}

std::vector<StudySummary> listStudies(const std::string& url)
{
    const auto database = openDatabase(url, OpenMode::Existing);
    requireSchema(*database, databaseTitle(url));
    std::vector<StudySummary> studies;
    for (const SqlRow& row :
         database->run("SELECT studies.study_id, study_name, count(trial_id), "
                       "sum(CASE WHEN state = 'COMPLETE' THEN 1 ELSE 0 END), min(datetime_start) "
                       "FROM studies LEFT JOIN trials ON trials.study_id = studies.study_id "
                       "GROUP BY studies.study_id, study_name ORDER BY study_name"))
        studies.push_back({textOf(row[1]), directionsOfStudy(*database, integerOf(row[0])),
                           static_cast<int>(integerOf(row[2])), static_cast<int>(integerOf(row[3])),
                           textOf(row[4])});
    return studies;
}

void removeStudy(const std::string& url, const std::string& name)
{
    const auto database = openDatabase(url, OpenMode::Existing);
    requireSchema(*database, databaseTitle(url));
    WriteTransaction transaction(*database);
    const std::int64_t id = existingStudy(*database, databaseTitle(url), name);
    for (const char* table :
         {"trial_params", "trial_values", "trial_intermediate_values", "trial_user_attributes",
          "trial_system_attributes", "trial_heartbeats"})
        database->run(fmt::format("DELETE FROM {} WHERE trial_id IN (SELECT trial_id FROM trials "
                                  "WHERE study_id = ?)",
                                  table),
                      {id});
    for (const char* table : {"trials", "study_directions", "study_user_attributes",
                              "study_system_attributes", "studies"})
        database->run(fmt::format("DELETE FROM {} WHERE study_id = ?", table), {id});
    transaction.commit();
}

} // namespace core
