// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/byte_reader.h"

#include "core/base/error.h"

#include <fmt/format.h>

namespace core
{

std::string inQuotes(std::string_view text)
{
    constexpr std::size_t kMost = 60;
    std::string shown(text.substr(0, kMost));
    for (char& c : shown)
        if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f)
            c = '?';
    return '"' + shown + (text.size() > kMost ? "...\"" : "\"");
}

Bytes ByteReader::take(std::uint64_t count)
{
    if (count > remaining())
        throw Error(ErrorKind::Input,
                    fmt::format("{} ends after {} bytes, expected {} more at byte {}", m_what,
                                m_bytes.size(), count, m_position));
    const Bytes taken = m_bytes.subspan(m_position, static_cast<std::size_t>(count));
    m_position += taken.size();
    return taken;
}

std::string_view ByteReader::line()
{
    const std::string_view rest = asText(m_bytes.subspan(m_position));
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos)
        throw Error(ErrorKind::Input,
                    fmt::format("{} ends after {} bytes, expected the end of the line that begins "
                                "at byte {}",
                                m_what, m_bytes.size(), m_position));
    m_position += end + 1;
    return rest.substr(0, end);
}

} // namespace core
