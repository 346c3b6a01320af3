// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/byte_reader.h"
#include "core/formats/limits.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace core
{

/// The members of a zip archive (stored and deflated, zip64) by its central directory. Looks at
/// nothing else before it is asked; refers to `content`, which must outlive it.
class ZipReader
{
public:
    /// Throws Error(Input) where the archive is cut off or its directory is broken.
    explicit ZipReader(Bytes content);

    std::vector<std::string> names() const; ///< in the order of the directory
    bool contains(std::string_view name) const { return find(name) != nullptr; }

    /// A member's bytes, checked against its CRC-32. Stays valid as long as the reader. Deflated
    /// members are inflated once, within `budget`. Throws Error(Input).
    Bytes read(std::string_view name, MemoryBudget& budget);

private:
    struct Member {
        std::string name;
        std::uint16_t flags = 0;
        std::uint16_t method = 0;
        std::uint32_t crc = 0;
        std::uint64_t packed = 0;
        std::uint64_t unpacked = 0;
        std::uint64_t header = 0; ///< offset of the local header
    };
    struct Directory {
        std::uint64_t offset = 0;
        std::uint64_t size = 0;
        std::uint64_t members = 0;
    };

    const Member* find(std::string_view name) const;
    Directory findDirectory() const;
    Directory findDirectory64(std::size_t endRecord) const;
    void readDirectory(const Directory& directory);
    Bytes packedBytes(const Member& member) const;

    Bytes m_content;
    std::vector<Member> m_members;
    std::map<std::string, std::size_t, std::less<>> m_byName;
    std::map<std::string, std::vector<std::byte>, std::less<>> m_inflated;
};

} // namespace core
