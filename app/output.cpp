// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/output.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <fmt/format.h>

namespace app
{

namespace
{

/// Characters, not bytes: what a terminal shows in one cell each, near enough.
std::size_t columnsOf(const std::string& text)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

} // namespace

void printResult(const CommonOptions& options, const Json& object, const std::string& text)
{
    const std::string out =
        options.json ? object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n" : text;
    if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size() || std::fflush(stdout) != 0)
        throw core::Error(core::ErrorKind::Output, "stdout: the result could not be written");
}

Json outAsJson(const CommonOptions& options)
{
    return options.out.empty() ? Json() : Json(options.out);
}

std::string outAsText(const CommonOptions& options)
{
    return options.out.empty() ? std::string() : fmt::format("\nwritten to {}\n", options.out);
}

void note(const CommonOptions& options, std::string_view sentence)
{
    if (!options.quiet)
        fmt::print(stderr, "caddie: {}\n", printable(sentence));
}

std::string printable(std::string_view text)
{
    std::string clean(text);
    for (char& c : clean)
        if (static_cast<unsigned char>(c) < 0x20U || c == 0x7F)
            c = ' ';
    return clean;
}

double shortest(float value)
{
    if (!std::isfinite(value))
        return value;
    std::array<char, 64> digits = {};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    double result = value;
    std::from_chars(digits.data(), end, result);
    return result;
}

Json numbers(std::span<const float> values)
{
    Json array = Json::array();
    for (const float value : values)
        array.push_back(shortest(value));
    return array;
}

Json numbers(std::span<const double> values, int columns)
{
    Json rows = Json::array();
    const auto width = static_cast<std::size_t>(columns);
    for (std::size_t i = 0; i + width <= values.size() && width > 0; i += width)
        rows.push_back(
            std::vector<double>(values.begin() + static_cast<std::ptrdiff_t>(i),
                                values.begin() + static_cast<std::ptrdiff_t>(i + width)));
    return rows;
}

Json shapeAsJson(const core::Shape& shape)
{
    return {shape.channels, shape.height, shape.width};
}

std::string rightOn(const core::MeasuredAccuracy& accuracy)
{
    return fmt::format("{} of {} right on {}", core::withThousands(accuracy.correct),
                       core::withThousands(accuracy.images), accuracy.data);
}

std::string percent(double fraction)
{
    return fmt::format("{:.2f} %", 100.0 * fraction);
}

std::string brief(double value)
{
    return fmt::format("{:.4g}", value);
}

Table::Table(std::vector<std::string> header, std::size_t leftColumns)
    : m_leftColumns(leftColumns), m_rows{std::move(header)}
{
}

void Table::add(std::vector<std::string> row)
{
    row.resize(m_rows.front().size());
    for (std::string& cell : row)
        cell = printable(cell);
    m_rows.push_back(std::move(row));
}

std::string Table::text() const
{
    std::vector<std::size_t> widths(m_rows.front().size());
    for (const auto& row : m_rows)
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], columnsOf(row[i]));
    std::string text;
    for (const auto& row : m_rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string padding(widths[i] - columnsOf(row[i]), ' ');
            line += i < m_leftColumns ? row[i] + padding : padding + row[i];
            line += "  ";
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + '\n';
    }
    return text;
}

} // namespace app
