// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/byte_reader.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace core
{

/// Makes a zip archive of stored members. The same members give the same bytes: no time stamps.
class ZipWriter
{
public:
    /// `alignment`: the content begins at a multiple of it in the archive.
    void add(const std::string& name, Bytes content, std::size_t alignment);
    std::vector<std::byte> finish();

private:
    struct Member {
        std::string name;
        std::uint32_t crc = 0;
        std::uint32_t size = 0;
        std::uint32_t offset = 0;
    };

    void number16(std::uint16_t value) { number(value, 2); }
    void number32(std::uint32_t value) { number(value, 4); }
    void number(std::uint32_t value, int bytes);
    void text(std::string_view value);
    void commonFields(const Member& member);

    std::vector<std::byte> m_bytes;
    std::vector<Member> m_members;
};

} // namespace core
