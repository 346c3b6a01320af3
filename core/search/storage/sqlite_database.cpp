// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/search/storage/database.h"

#include <filesystem>
#include <fmt/format.h>
#include <sqlite3.h>

namespace core
{

namespace
{

constexpr int kPatienceMs = 60000; // for other processes that write

struct Close {
    void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

SqlValue valueOf(sqlite3_stmt* statement, int column)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
        return {};
    case SQLITE_INTEGER:
        return static_cast<std::int64_t>(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT:
        return sqlite3_column_double(statement, column);
    default:
        return std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement, column)),
                           static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
    }
}

class SqliteDatabase : public Database
{
public:
    SqliteDatabase(const std::string& file, OpenMode mode) : m_file(file)
    {
        if (mode == OpenMode::Existing && !std::filesystem::exists(file))
            throw Error(ErrorKind::Input, fmt::format("{}: no such file", file));
        sqlite3* connection = nullptr;
        const int flags =
            SQLITE_OPEN_READWRITE | (mode == OpenMode::Create ? SQLITE_OPEN_CREATE : 0);
        const int code = sqlite3_open_v2(file.c_str(), &connection, flags, nullptr);
        m_connection.reset(connection);
        if (code != SQLITE_OK)
            fail(ErrorKind::Input);
        sqlite3_busy_timeout(connection, kPatienceMs);
        try {
            run("PRAGMA schema_version", {}); // reads the file's header
        } catch (const Error&) {
            throw Error(ErrorKind::Input,
                        fmt::format("{}: expected an SQLite database, found something else", file));
        }
    }

    SqlDialect dialect() const override { return SqlDialect::Sqlite; }

    std::vector<SqlRow> run(std::string_view text, std::span<const SqlValue> values) override
    {
        sqlite3_stmt* prepared = nullptr;
        if (sqlite3_prepare_v2(m_connection.get(), text.data(), static_cast<int>(text.size()),
                               &prepared, nullptr) != SQLITE_OK)
            fail(ErrorKind::Output);
        const std::unique_ptr<sqlite3_stmt, Close> statement(prepared);
        for (std::size_t i = 0; i < values.size(); ++i)
            bind(prepared, static_cast<int>(i + 1), values[i]);
        std::vector<SqlRow> rows;
        int code = 0;
        while ((code = sqlite3_step(prepared)) == SQLITE_ROW) {
            SqlRow& row = rows.emplace_back();
            for (int column = 0; column < sqlite3_column_count(prepared); ++column)
                row.push_back(valueOf(prepared, column));
        }
        if (code != SQLITE_DONE)
            fail(ErrorKind::Output);
        return rows;
    }

    void runScript(const std::string& statements) override
    {
        if (sqlite3_exec(m_connection.get(), statements.c_str(), nullptr, nullptr, nullptr) !=
            SQLITE_OK)
            fail(ErrorKind::Output);
    }

private:
    static void bind(sqlite3_stmt* statement, int place, const SqlValue& value)
    {
        if (const auto* integer = std::get_if<std::int64_t>(&value))
            sqlite3_bind_int64(statement, place, *integer);
        else if (const auto* number = std::get_if<double>(&value))
            sqlite3_bind_double(statement, place, *number);
        else if (const auto* text = std::get_if<std::string>(&value))
            sqlite3_bind_text(statement, place, text->data(), static_cast<int>(text->size()),
                              SQLITE_TRANSIENT);
        else
            sqlite3_bind_null(statement, place);
    }

    [[noreturn]] void fail(ErrorKind kind) const
    {
        throw Error(kind, fmt::format("{}: {}", m_file, sqlite3_errmsg(m_connection.get())));
    }

    std::string m_file;
    std::unique_ptr<sqlite3, Close> m_connection;
};

} // namespace

std::unique_ptr<Database> openSqlite(const std::string& file, OpenMode mode)
{
    return std::make_unique<SqliteDatabase>(file, mode);
}

} // namespace core
