// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/storage/database.h"

#include "core/base/error.h"

#include <fmt/format.h>

namespace core
{

namespace
{

constexpr std::string_view kSqlitePrefix = "sqlite:///";

bool isPostgres(std::string_view url)
{
    return url.starts_with("postgresql://") || url.starts_with("postgresql+") ||
           url.starts_with("postgres://");
}

/// libpq's form: SQLAlchemy's names a Python driver besides ("postgresql+psycopg2://").
std::string libpqUrl(std::string_view url)
{
    return "postgresql" + std::string(url.substr(url.find("://")));
}

[[noreturn]] void refuseType(const char* expected)
{
    throw Error(ErrorKind::Input, fmt::format("study storage: expected {} in a column that has "
                                              "something else",
                                              expected));
}

} // namespace

std::string databaseFile(const std::string& url)
{
    if (url.starts_with(kSqlitePrefix))
        return url.substr(kSqlitePrefix.size());
    return url.find("://") == std::string::npos ? url : "";
}

std::string databaseTitle(const std::string& url)
{
    const std::size_t scheme = url.find("://");
    if (scheme == std::string::npos)
        return url;
    const std::size_t begin = scheme + 3;
    const std::size_t at = url.rfind('@', url.find_first_of("/?", begin));
    const std::size_t colon = url.find(':', begin);
    if (at == std::string::npos || colon >= at)
        return url;
    return url.substr(0, colon) + url.substr(at);
}

std::unique_ptr<Database> openDatabase(const std::string& url, OpenMode mode)
{
    if (isPostgres(url))
        return openPostgres(libpqUrl(url));
    const std::string file = databaseFile(url);
    if (file.empty())
        throw Error(ErrorKind::Usage, fmt::format("storage {}: expected a file, sqlite:///FILE or "
                                                  "postgresql://USER:PASSWORD@HOST/DATABASE",
                                                  databaseTitle(url)));
    return openSqlite(file, mode);
}

WriteTransaction::WriteTransaction(Database& database) : m_database(database)
{
    // SQLite would take the lock at the first write, when what was read may be old.
    database.run(database.dialect() == SqlDialect::Sqlite ? "BEGIN IMMEDIATE" : "BEGIN");
}

WriteTransaction::~WriteTransaction()
{
    if (!m_open)
        return;
    try {
        m_database.run("ROLLBACK");
    } catch (const Error&) { // the connection is gone, and with it the transaction
    }
}

void WriteTransaction::commit()
{
    m_database.run("COMMIT");
    m_open = false;
}

std::int64_t integerOf(const SqlValue& value)
{
    if (const auto* integer = std::get_if<std::int64_t>(&value))
        return *integer;
    refuseType("a whole number");
}

double numberOf(const SqlValue& value)
{
    if (const auto* number = std::get_if<double>(&value))
        return *number;
    if (const auto* integer = std::get_if<std::int64_t>(&value))
        return static_cast<double>(*integer);
    refuseType("a number");
}

std::string textOf(const SqlValue& value)
{
    if (std::holds_alternative<std::monostate>(value))
        return {};
    if (const auto* text = std::get_if<std::string>(&value))
        return *text;
    refuseType("text");
}

} // namespace core
