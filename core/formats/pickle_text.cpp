// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/pickle_text.h"

#include <charconv>

namespace core
{

namespace
{

template<typename T>
std::optional<T> parsed(std::string_view text, int base)
{
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.back() == '\r' || text.back() == ' '))
        text.remove_suffix(1);
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    return text;
}

void appendUtf8(std::string& text, std::uint32_t code)
{
    const auto byte = [&text](std::uint32_t value) { text += static_cast<char>(value); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xc0 | code >> 6);
        byte(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        byte(0xe0 | code >> 12);
        byte(0x80 | (code >> 6 & 0x3f));
        byte(0x80 | (code & 0x3f));
    } else {
        byte(0xf0 | (code >> 18 & 0x07));
        byte(0x80 | (code >> 12 & 0x3f));
        byte(0x80 | (code >> 6 & 0x3f));
        byte(0x80 | (code & 0x3f));
    }
}

std::optional<char> simpleEscape(char c)
{
    switch (c) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case 'r':
        return '\r';
    case 'a':
        return '\a';
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'v':
        return '\v';
    case '\\':
    case '\'':
    case '"':
        return c;
    default:
        return std::nullopt;
    }
}

/// Decodes the escape behind a backslash and returns how many characters it took; 0: none.
std::size_t decodeByteEscape(std::string_view rest, std::string& into)
{
    if (rest.empty())
        return 0;
    if (const auto plain = simpleEscape(rest[0])) {
        into += *plain;
        return 1;
    }
    if (rest[0] == 'x' && rest.size() >= 3)
        if (const auto value = parsed<unsigned>(rest.substr(1, 2), 16)) {
            into += static_cast<char>(*value);
            return 3;
        }
    std::size_t digits = 0;
    unsigned value = 0;
    while (digits < 3 && digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '7')
        value = value * 8 + static_cast<unsigned>(rest[digits++] - '0');
    if (digits > 0)
        into += static_cast<char>(value);
    return digits;
}

} // namespace

std::optional<std::int64_t> parseInteger(std::string_view line)
{
    return parsed<std::int64_t>(trimmed(line), 10);
}

std::optional<double> parseReal(std::string_view line)
{
    line = trimmed(line);
    double value = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
    if (error != std::errc() || end != line.data() + line.size())
        return std::nullopt;
    return value;
}

std::int64_t signedLittleEndian(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    const bool negative = !bytes.empty() && (static_cast<unsigned char>(bytes.back()) & 0x80U) != 0;
    if (negative && bytes.size() < 8)
        value |= ~std::uint64_t{0} << (8 * bytes.size());
    return static_cast<std::int64_t>(value);
}

std::optional<std::string> unquotePythonString(std::string_view line)
{
    line = trimmed(line);
    if (line.size() < 2 || line.front() != line.back() ||
        (line.front() != '\'' && line.front() != '"'))
        return std::nullopt;
    line = line.substr(1, line.size() - 2);
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\\') {
            const std::size_t taken = decodeByteEscape(line.substr(i + 1), text);
            i += taken;
            if (taken > 0)
                continue;
        }
        text += line[i];
    }
    return text;
}

std::string decodeUnicodeEscapes(std::string_view line)
{
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const std::size_t digits = line.substr(i).starts_with("\\u")   ? 4
                                   : line.substr(i).starts_with("\\U") ? 8
                                                                       : 0;
        if (digits > 0 && i + 2 + digits <= line.size())
            if (const auto code = parsed<std::uint32_t>(line.substr(i + 2, digits), 16)) {
                appendUtf8(text, *code);
                i += 1 + digits;
                continue;
            }
        // The rest is Latin-1.
        appendUtf8(text, static_cast<unsigned char>(line[i]));
    }
    return text;
}

std::optional<std::string> latin1Bytes(std::string_view utf8)
{
    std::string bytes;
    bytes.reserve(utf8.size());
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto c = static_cast<unsigned char>(utf8[i]);
        if (c < 0x80) {
            bytes += static_cast<char>(c);
        } else if ((c == 0xc2 || c == 0xc3) && i + 1 < utf8.size()) {
            const auto low = static_cast<unsigned char>(utf8[++i]);
            bytes += static_cast<char>((c & 0x03U) << 6 | (low & 0x3fU));
        } else {
            return std::nullopt;
        }
    }
    return bytes;
}

} // namespace core
