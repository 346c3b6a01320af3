// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace core
{

/// A file that grows at its end, is kept over interruptions and gets its real name once it is
/// whole. One program at a time may write it. Unless said otherwise failures throw Error(Output).
class PartFile
{
public:
    explicit PartFile(std::filesystem::path file); ///< opened or made
    ~PartFile();
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;

    const std::filesystem::path& path() const { return m_path; }
    std::uint64_t size() const { return m_size; }

    /// Throws nothing, so that a C library may call it; check() does afterwards.
    bool append(std::span<const std::byte> bytes);
    void check() const;

    void clear();
    void sync();
    void rename(const std::filesystem::path& target); ///< replaces what is there

private:
    [[noreturn]] void fail(int error) const;

    std::filesystem::path m_path;
    std::uint64_t m_size = 0;
    int m_descriptor = -1;
    int m_error = 0; ///< errno of the append that failed
};

} // namespace core
