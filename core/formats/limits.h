// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <fmt/format.h>
#include <string_view>

namespace core
{

constexpr std::uint64_t kMegabyte = 1024 * 1024;
constexpr std::uint64_t kMostFileBytes = 256 * kMegabyte;
constexpr std::uint64_t kMostMemberBytes = 64 * kMegabyte;
constexpr std::size_t kMostTensors = 20'000;
constexpr std::size_t kMostDimensions = 32;

/// What may be allocated for one file besides its own bytes: inflated members and tensors. Ask
/// before allocating.
class MemoryBudget
{
public:
    explicit MemoryBudget(std::uint64_t bytes = 192 * kMegabyte) : m_total(bytes), m_left(bytes) {}

    /// Throws Error(Input) where `bytes` are more than one part, or all parts together, may take.
    void spend(std::uint64_t bytes, std::string_view what)
    {
        if (bytes > kMostMemberBytes)
            throw Error(ErrorKind::Input, fmt::format("{} takes {} bytes, expected at most {} MB",
                                                      what, bytes, kMostMemberBytes / kMegabyte));
        if (bytes > m_left)
            throw Error(ErrorKind::Input,
                        fmt::format("its parts up to {} take more than the {} MB allowed in all",
                                    what, m_total / kMegabyte));
        m_left -= bytes;
    }
    void giveBack(std::uint64_t bytes) { m_left += bytes; }

private:
    std::uint64_t m_total;
    std::uint64_t m_left;
};

} // namespace core
