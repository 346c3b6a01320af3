// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace core
{

// The textual parts of a pickle: numbers as lines, and Python's escapes.

inline bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::optional<std::int64_t>
parseInteger(std::string_view line); ///< absent where it is none or too big
std::optional<double> parseReal(std::string_view line);

/// Up to 8 bytes, two's complement.
std::int64_t signedLittleEndian(std::string_view bytes);

/// 'it\'s' with its quotes, as repr() writes a Python 2 str. Absent where the quotes are wrong.
std::optional<std::string> unquotePythonString(std::string_view line);

/// Python's raw-unicode-escape, as UTF-8.
std::string decodeUnicodeEscapes(std::string_view line);

/// UTF-8 whose characters are all below 256, as one byte each: how Python 3 hides bytes in a
/// protocol 2 pickle. Absent where a character is larger.
std::optional<std::string> latin1Bytes(std::string_view utf8);

} // namespace core
