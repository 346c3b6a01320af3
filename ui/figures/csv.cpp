// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/csv.h"

#include <array>
#include <charconv>
#include <type_traits>

namespace ui
{

void CsvWriter::line(std::span<const Field> fields)
{
    bool first = true;
    for (const Field& field : fields) {
        if (!first)
            m_text += ',';
        append(field);
        first = false;
    }
    m_text += '\n';
}

void CsvWriter::append(const Field& field)
{
    std::visit(
        [this]<typename T>(const T& value) {
            if constexpr (std::is_same_v<T, std::string_view>) {
                if (value.find_first_of(",\"\n\r") == std::string_view::npos) {
                    m_text += value;
                    return;
                }
                m_text += '"';
                for (const char letter : value)
                    m_text.append(letter == '"' ? 2 : 1, letter);
                m_text += '"';
            } else {
                std::array<char, 32> digits{};
                const auto end =
                    std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
                m_text.append(digits.data(), end);
            }
        },
        field);
}

} // namespace ui
