// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

namespace core
{

/// A file that only grows, piece by piece: a piece that can't be written whole (disk full) leaves
/// no trace, one that a kill cut off is removed when it is opened again. Throws Error(Output).
class AppendFile
{
public:
    /// Opens or creates the file and cuts it to `length`, which it must have at least: throws
    /// Error(Input) where it is shorter.
    AppendFile(std::filesystem::path file, std::uint64_t length);
    ~AppendFile();
    AppendFile(const AppendFile&) = delete;
    AppendFile& operator=(const AppendFile&) = delete;

    void append(std::span<const std::byte> piece);
    void append(std::string_view piece);
    void sync(); ///< until the disk has it
    std::uint64_t length() const { return m_length; }

private:
    std::filesystem::path m_file;
    int m_descriptor = -1;
    std::uint64_t m_length = 0;
    bool m_synced = true;
};

} // namespace core
