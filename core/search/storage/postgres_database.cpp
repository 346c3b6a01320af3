// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/search/storage/database.h"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <optional>

namespace core
{

namespace
{

// Types by the numbers that the server's catalogue gives them for good.
constexpr Oid kInt8 = 20;
constexpr Oid kInt2 = 21;
constexpr Oid kInt4 = 23;
constexpr Oid kFloat4 = 700;
constexpr Oid kFloat8 = 701;

struct Close {
    void operator()(PGconn* connection) const { PQfinish(connection); }
    void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, Close>;

/// Each ? becomes $1, $2, ... ; none of our statements has one in a text.
std::string numbered(std::string_view statement)
{
    std::string result;
    int count = 0;
    for (const char c : statement)
        result += c == '?' ? fmt::format("${}", ++count) : std::string(1, c);
    return result;
}

std::optional<std::string> parameterText(const SqlValue& value)
{
    if (const auto* integer = std::get_if<std::int64_t>(&value))
        return std::to_string(*integer);
    if (const auto* number = std::get_if<double>(&value))
        return fmt::format("{}", *number); // the shortest that comes back as the same number
    if (const auto* text = std::get_if<std::string>(&value))
        return *text;
    return std::nullopt;
}

SqlValue valueOf(const PGresult* result, int row, int column)
{
    if (PQgetisnull(result, row, column))
        return {};
    const std::string text = PQgetvalue(result, row, column);
    switch (PQftype(result, column)) {
    case kInt2:
    case kInt4:
    case kInt8:
        return static_cast<std::int64_t>(std::stoll(text));
    case kFloat4:
    case kFloat8:
        return std::stod(text);
    default:
        return text;
    }
}

/// The first line of libpq's message, without its line break.
std::string firstLine(std::string_view message)
{
    return std::string(message.substr(0, message.find('\n')));
}

class PostgresDatabase : public Database
{
public:
    explicit PostgresDatabase(const std::string& url)
        : m_title(databaseTitle(url)), m_connection(PQconnectdb(url.c_str()))
    {
        if (PQstatus(m_connection.get()) != CONNECTION_OK)
            fail(ErrorKind::Input);
        PQsetNoticeProcessor(
            m_connection.get(), [](void*, const char*) {}, nullptr);
    }

    SqlDialect dialect() const override { return SqlDialect::Postgres; }

    std::vector<SqlRow> run(std::string_view statement, std::span<const SqlValue> values) override
    {
        std::vector<std::optional<std::string>> texts;
        for (const SqlValue& value : values)
            texts.push_back(parameterText(value));
        std::vector<const char*> parameters;
        for (const auto& text : texts)
            parameters.push_back(text ? text->c_str() : nullptr);
        const Result result(PQexecParams(m_connection.get(), numbered(statement).c_str(),
                                         static_cast<int>(parameters.size()), nullptr,
                                         parameters.data(), nullptr, nullptr, 0));
        check(result.get());
        std::vector<SqlRow> rows(static_cast<std::size_t>(PQntuples(result.get())));
        for (std::size_t row = 0; row < rows.size(); ++row)
            for (int column = 0; column < PQnfields(result.get()); ++column)
                rows[row].push_back(valueOf(result.get(), static_cast<int>(row), column));
        return rows;
    }

    void runScript(const std::string& statements) override
    {
        check(Result(PQexec(m_connection.get(), statements.c_str())).get());
    }

private:
    void check(const PGresult* result) const
    {
        const ExecStatusType status = PQresultStatus(result);
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            fail(ErrorKind::Output);
    }

    [[noreturn]] void fail(ErrorKind kind) const
    {
        throw Error(kind,
                    fmt::format("{}: {}", m_title, firstLine(PQerrorMessage(m_connection.get()))));
    }

    std::string m_title;
    std::unique_ptr<PGconn, Close> m_connection;
};

} // namespace

std::unique_ptr<Database> openPostgres(const std::string& url)
{
    return std::make_unique<PostgresDatabase>(url);
}

} // namespace core
