// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace core
{

/// Reads a file from front to back; gzip, told by its first bytes, is unpacked on the way, members
/// that follow each other as one content (RFC 1952). Holds a few kilobytes whatever the file says.
/// Blocks. Everything throws Error(Input) naming the file: unreadable, truncated, checksum wrong.
class ContentReader
{
public:
    explicit ContentReader(const std::filesystem::path& file);
    ~ContentReader();
    ContentReader(const ContentReader&) = delete;
    ContentReader& operator=(const ContentReader&) = delete;

    /// Fills `buffer`, less only where the content ends; returns how many bytes it holds.
    std::size_t read(std::span<std::byte> buffer);

private:
    class Source;
    class Inflater;

    std::unique_ptr<Source> m_source;
    std::unique_ptr<Inflater> m_inflater; ///< none where the file is not gzip
};

/// SHA-256 of the unpacked content. Throws Error(Input) past `limit` bytes.
std::string contentSha256(const std::filesystem::path& file, std::uint64_t limit);

} // namespace core
