// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace core
{

using SqlValue = std::variant<std::monostate, std::int64_t, double, std::string>;
using SqlRow = std::vector<SqlValue>;

enum class SqlDialect { Sqlite, Postgres };

/// One connection. Calls block, waiting for other connections up to a minute; every failure is
/// Error(Input) before anything was opened, else Error(Output). One thread at a time.
class Database
{
public:
    virtual ~Database() = default;

    virtual SqlDialect dialect() const = 0;
    /// One statement; each ? in it stands for one of `values`.
    virtual std::vector<SqlRow> run(std::string_view statement,
                                    std::span<const SqlValue> values) = 0;
    virtual void runScript(const std::string& statements) = 0;

    std::vector<SqlRow> run(std::string_view statement, std::initializer_list<SqlValue> values = {})
    {
        return run(statement, std::span(values.begin(), values.size()));
    }
};

enum class OpenMode { Existing, Create };

/// "sqlite:///study.db", "postgresql://user:password@host/database", or simply a file's path.
/// Throws Error(Input) where there is nothing to open, Error(Usage) where the URL is of another
/// kind.
std::unique_ptr<Database> openDatabase(const std::string& url, OpenMode mode = OpenMode::Create);

/// The URL without a password, for messages and lists.
std::string databaseTitle(const std::string& url);
/// The file of an SQLite URL; empty for a server.
std::string databaseFile(const std::string& url);

/// Everything until commit() happens or nothing does. Waits for other writers, so that what is read
/// in it stays true.
class WriteTransaction
{
public:
    explicit WriteTransaction(Database& database);
    ~WriteTransaction();
    WriteTransaction(const WriteTransaction&) = delete;
    WriteTransaction& operator=(const WriteTransaction&) = delete;

    void commit();

private:
    Database& m_database;
    bool m_open = true;
};

std::int64_t integerOf(const SqlValue& value); ///< throws Error(Input) where it is none
double numberOf(const SqlValue& value);        ///< likewise
std::string textOf(const SqlValue& value);     ///< empty for null

std::unique_ptr<Database> openSqlite(const std::string& file, OpenMode mode);
std::unique_ptr<Database> openPostgres(const std::string& url);

} // namespace core
