// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/storage/schema.h"

#include "core/base/error.h"

#include <fmt/format.h>

namespace core
{

namespace
{

constexpr const char* kVersions[] = {"v3.0.0.d", "v3.2.0.a"};

// Word for word what SQLAlchemy makes of Optuna's models, but for what the dialects call types.
constexpr std::string_view kTables = R"(
CREATE TABLE studies (
    study_id @KEY NOT NULL, study_name VARCHAR(512) NOT NULL, PRIMARY KEY (study_id) );
CREATE UNIQUE INDEX ix_studies_study_name ON studies (study_name);
CREATE TABLE version_info (
    version_info_id INTEGER NOT NULL, schema_version INTEGER, library_version VARCHAR(256),
    PRIMARY KEY (version_info_id), CHECK (version_info_id=1) );
CREATE TABLE study_directions (
    study_direction_id @KEY NOT NULL, direction @DIRECTION NOT NULL, study_id INTEGER NOT NULL,
    objective INTEGER NOT NULL, PRIMARY KEY (study_direction_id), UNIQUE (study_id, objective),
    FOREIGN KEY(study_id) REFERENCES studies (study_id) );
CREATE TABLE study_user_attributes (
    study_user_attribute_id @KEY NOT NULL, study_id INTEGER, @NAME VARCHAR(512), value_json TEXT,
    PRIMARY KEY (study_user_attribute_id), UNIQUE (study_id, @NAME),
    FOREIGN KEY(study_id) REFERENCES studies (study_id) );
CREATE TABLE study_system_attributes (
    study_system_attribute_id @KEY NOT NULL, study_id INTEGER, @NAME VARCHAR(512), value_json TEXT,
    PRIMARY KEY (study_system_attribute_id), UNIQUE (study_id, @NAME),
    FOREIGN KEY(study_id) REFERENCES studies (study_id) );
CREATE TABLE trials (
    trial_id @KEY NOT NULL, number INTEGER, study_id INTEGER, state @STATE NOT NULL,
    datetime_start @TIME, datetime_complete @TIME, PRIMARY KEY (trial_id),
    FOREIGN KEY(study_id) REFERENCES studies (study_id) );
CREATE TABLE trial_user_attributes (
    trial_user_attribute_id @KEY NOT NULL, trial_id INTEGER, @NAME VARCHAR(512), value_json TEXT,
    PRIMARY KEY (trial_user_attribute_id), UNIQUE (trial_id, @NAME),
    FOREIGN KEY(trial_id) REFERENCES trials (trial_id) );
CREATE TABLE trial_system_attributes (
    trial_system_attribute_id @KEY NOT NULL, trial_id INTEGER, @NAME VARCHAR(512), value_json TEXT,
    PRIMARY KEY (trial_system_attribute_id), UNIQUE (trial_id, @NAME),
    FOREIGN KEY(trial_id) REFERENCES trials (trial_id) );
CREATE TABLE trial_params (
    param_id @KEY NOT NULL, trial_id INTEGER, param_name VARCHAR(512), param_value @REAL,
    distribution_json TEXT, PRIMARY KEY (param_id), UNIQUE (trial_id, param_name),
    FOREIGN KEY(trial_id) REFERENCES trials (trial_id) );
CREATE TABLE trial_values (
    trial_value_id @KEY NOT NULL, trial_id INTEGER NOT NULL, objective INTEGER NOT NULL,
    value @REAL, value_type @VALUETYPE NOT NULL, PRIMARY KEY (trial_value_id),
    UNIQUE (trial_id, objective), FOREIGN KEY(trial_id) REFERENCES trials (trial_id) );
CREATE TABLE trial_intermediate_values (
    trial_intermediate_value_id @KEY NOT NULL, trial_id INTEGER NOT NULL, step INTEGER NOT NULL,
    intermediate_value @REAL, intermediate_value_type @REPORTTYPE NOT NULL,
    PRIMARY KEY (trial_intermediate_value_id), UNIQUE (trial_id, step),
    FOREIGN KEY(trial_id) REFERENCES trials (trial_id) );
CREATE TABLE trial_heartbeats (
    trial_heartbeat_id @KEY NOT NULL, trial_id INTEGER NOT NULL, heartbeat @TIME NOT NULL,
    PRIMARY KEY (trial_heartbeat_id), UNIQUE (trial_id),
    FOREIGN KEY(trial_id) REFERENCES trials (trial_id) );
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num) );
INSERT INTO version_info VALUES (1, 12, '3.1.0');
)";

constexpr std::string_view kPostgresTypes = R"(
CREATE TYPE studydirection AS ENUM ('NOT_SET', 'MINIMIZE', 'MAXIMIZE');
CREATE TYPE trialstate AS ENUM ('RUNNING', 'COMPLETE', 'PRUNED', 'FAIL', 'WAITING');
CREATE TYPE trialvaluetype AS ENUM ('FINITE', 'INF_POS', 'INF_NEG');
CREATE TYPE trialintermediatevaluetype AS ENUM ('FINITE', 'INF_POS', 'INF_NEG', 'NAN');
)";

struct TypeName {
    std::string_view placeholder;
    std::string_view sqlite;
    std::string_view postgres;
};
constexpr TypeName kTypeNames[] = {
    {"@KEY", "INTEGER", "SERIAL"},
    {"@NAME", "\"key\"", "key"},
    {"@TIME", "DATETIME", "TIMESTAMP WITHOUT TIME ZONE"},
    {"@REAL", "FLOAT", "FLOAT(53)"},
    {"@DIRECTION", "VARCHAR(8)", "studydirection"},
    {"@STATE", "VARCHAR(8)", "trialstate"},
    {"@VALUETYPE", "VARCHAR(7)", "trialvaluetype"},
    {"@REPORTTYPE", "VARCHAR(7)", "trialintermediatevaluetype"},
};

std::string tablesFor(SqlDialect dialect)
{
    std::string text(kTables);
    for (const TypeName& type : kTypeNames) {
        const std::string_view name = dialect == SqlDialect::Sqlite ? type.sqlite : type.postgres;
        for (std::size_t at = 0; (at = text.find(type.placeholder, at)) != std::string::npos;)
            text.replace(at, type.placeholder.size(), name);
    }
    return dialect == SqlDialect::Sqlite ? text : std::string(kPostgresTypes) + text;
}

bool hasTable(Database& database, const std::string& name)
{
    const bool sqlite = database.dialect() == SqlDialect::Sqlite;
    return !database
                .run(sqlite ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?"
                            : "SELECT table_name FROM information_schema.tables "
                              "WHERE table_schema = current_schema() AND table_name = ?",
                     {name})
                .empty();
}

} // namespace

void requireSchema(Database& database, const std::string& title)
{
    if (!hasTable(database, "alembic_version"))
        throw Error(ErrorKind::Input, fmt::format("{}: there are no studies in it", title));
    const auto rows = database.run("SELECT version_num FROM alembic_version");
    const std::string found = rows.empty() ? "none" : textOf(rows.front().front());
    if (found != kVersions[0] && found != kVersions[1])
        throw Error(ErrorKind::Input,
                    fmt::format("{}: storage version {}, expected {} or {}; `optuna storage "
                                "upgrade` may help",
                                title, found, kVersions[0], kVersions[1]));
}

void prepareSchema(Database& database, const std::string& title, StorageVersion version)
{
    if (!hasTable(database, "alembic_version")) {
        WriteTransaction transaction(database);
        // Two that make the tables at once would both fail half-way; the number is arbitrary.
        if (database.dialect() == SqlDialect::Postgres)
            database.run("SELECT pg_advisory_xact_lock(20261122)");
        if (!hasTable(database, "alembic_version")) {
            if (hasTable(database, "trials"))
                throw Error(
                    ErrorKind::Input,
                    fmt::format("{}: its tables are not a study storage of Optuna 3", title));
            database.runScript(tablesFor(database.dialect()));
            if (version == StorageVersion::Optuna32)
                database.run("CREATE INDEX trials_study_id_key ON trials (study_id)");
            database.run("INSERT INTO alembic_version VALUES (?)",
                         {kVersions[static_cast<std::size_t>(version)]});
        }
        transaction.commit();
    }
    requireSchema(database, title);
}

} // namespace core
