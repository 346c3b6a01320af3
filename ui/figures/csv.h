// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace ui
{

/// Builds comma-separated lines. Numbers are written with the fewest digits that read back as the
/// same number, whatever the locale; text is quoted where it has to be.
class CsvWriter
{
public:
    using Field = std::variant<std::string_view, int, float, double>;

    explicit CsvWriter(std::string_view header) : m_text(header) { m_text += '\n'; }

    void line(std::initializer_list<Field> fields)
    {
        line(std::span(fields.begin(), fields.size()));
    }
    void line(std::span<const Field> fields);
    std::string text() && { return std::move(m_text); }

private:
    void append(const Field& field);

    std::string m_text;
};

} // namespace ui
