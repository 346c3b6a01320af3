// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>
#include <vector>

namespace core
{

/// Numbers and vectors of numbers as bytes, as they lie in memory: for checkpoints, which the
/// machine that wrote them reads again. A StateReader takes them out in the same order.
class StateWriter
{
public:
    template<typename T>
    requires std::is_arithmetic_v<T>
    void put(T value) { append(std::as_bytes(std::span(&value, 1))); }

    template<typename T>
    requires std::is_arithmetic_v<T>
    void put(const std::vector<T>& values)
    {
        put(static_cast<std::uint64_t>(values.size()));
        append(std::as_bytes(std::span(values)));
    }

    const std::vector<std::byte>& bytes() const { return m_bytes; }
    void clear() { m_bytes.clear(); } ///< keeps the memory

private:
    void append(std::span<const std::byte> bytes)
    {
        m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
    }

    std::vector<std::byte> m_bytes;
};

/// Throws Error(Input) where the bytes end too early; checks lengths before it allocates.
class StateReader
{
public:
    explicit StateReader(std::span<const std::byte> bytes) : m_bytes(bytes) {}

    template<typename T>
    requires std::is_arithmetic_v<T>
    void take(T& value) { copy(&value, sizeof(T)); }

    template<typename T>
    requires std::is_arithmetic_v<T>
    void take(std::vector<T>& values)
    {
        std::uint64_t count = 0;
        take(count);
        if (count > m_bytes.size() / sizeof(T))
            fail();
        values.resize(static_cast<std::size_t>(count));
        copy(values.data(), values.size() * sizeof(T));
    }

    bool atEnd() const { return m_bytes.empty(); }
    std::span<const std::byte> rest() const { return m_bytes; }

private:
    [[noreturn]] static void fail()
    {
        throw Error(ErrorKind::Input, "ends too early, expected the whole state of a run");
    }

    void copy(void* target, std::size_t size)
    {
        if (size > m_bytes.size())
            fail();
        if (size > 0)
            std::memcpy(target, m_bytes.data(), size);
        m_bytes = m_bytes.subspan(size);
    }

    std::span<const std::byte> m_bytes;
};

} // namespace core
