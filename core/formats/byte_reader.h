// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace core
{

using Bytes = std::span<const std::byte>;

inline std::string_view asText(Bytes bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// What a stranger's text looks like inside an error message: shortened, no control characters.
std::string inQuotes(std::string_view text);

/// Walks over bytes from a stranger. Every read is checked; past the end it throws Error(Input)
/// saying what ended, where, and how much was expected.
class ByteReader
{
public:
    /// `what` names the bytes in error messages: "the pickle".
    ByteReader(Bytes bytes, std::string what) : m_bytes(bytes), m_what(std::move(what)) {}

    std::size_t position() const { return m_position; }
    std::size_t remaining() const { return m_bytes.size() - m_position; }
    const std::string& what() const { return m_what; }

    Bytes take(std::uint64_t count);
    /// Up to the next line feed, which is consumed and not part of the result.
    std::string_view line();

    /// A little-endian number.
    template<typename T>
    T number()
    {
        static_assert(std::is_arithmetic_v<T>);
        T value;
        std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
        return value;
    }

private:
    Bytes m_bytes;
    std::string m_what;
    std::size_t m_position = 0;
};

} // namespace core
