// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/zip_writer.h"

#include <zlib.h>

namespace core
{

namespace
{

constexpr std::size_t kLocalHeaderBytes = 30;
constexpr std::size_t kExtraHeaderBytes = 4;
/// "FB": the id under which PyTorch pads, too.
constexpr std::uint16_t kPaddingField = 0x4246;
constexpr std::uint16_t kVersion = 20;
constexpr std::uint16_t kNoTime = 0;
constexpr std::uint16_t kFirstDay = 0x21; // 1 January 1980, the earliest there is

} // namespace

void ZipWriter::number(std::uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; ++i)
        m_bytes.push_back(static_cast<std::byte>(value >> (8 * i) & 0xffU));
}

void ZipWriter::text(std::string_view value)
{
    const auto bytes = std::as_bytes(std::span(value));
    m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
}

void ZipWriter::commonFields(const Member& member)
{
    number16(kVersion);
    number16(0); // flags
    number16(0); // stored
    number16(kNoTime);
    number16(kFirstDay);
    number32(member.crc);
    number32(member.size);
    number32(member.size);
    number16(static_cast<std::uint16_t>(member.name.size()));
}

void ZipWriter::add(const std::string& name, Bytes content, std::size_t alignment)
{
    Member member{.name = name,
                  .crc = static_cast<std::uint32_t>(
                      crc32_z(0, reinterpret_cast<const Bytef*>(content.data()), content.size())),
                  .size = static_cast<std::uint32_t>(content.size()),
                  .offset = static_cast<std::uint32_t>(m_bytes.size())};
    const std::size_t start = m_bytes.size() + kLocalHeaderBytes + name.size() + kExtraHeaderBytes;
    const std::size_t padding = (alignment - start % alignment) % alignment;
    text("PK\x03\x04");
    commonFields(member);
    number16(static_cast<std::uint16_t>(kExtraHeaderBytes + padding));
    text(name);
    number16(kPaddingField);
    number16(static_cast<std::uint16_t>(padding));
    text(std::string(padding, 'Z'));
    m_bytes.insert(m_bytes.end(), content.begin(), content.end());
    m_members.push_back(std::move(member));
}

std::vector<std::byte> ZipWriter::finish()
{
    const std::size_t start = m_bytes.size();
    for (const Member& member : m_members) {
        text("PK\x01\x02");
        number16(kVersion);
        commonFields(member);
        number16(0); // extra
        number16(0); // comment
        number16(0); // disk
        number16(0);
        number32(0); // attributes
        number32(member.offset);
        text(member.name);
    }
    const std::size_t size = m_bytes.size() - start;
    text("PK\x05\x06");
    number32(0); // disks
    number16(static_cast<std::uint16_t>(m_members.size()));
    number16(static_cast<std::uint16_t>(m_members.size()));
    number32(static_cast<std::uint32_t>(size));
    number32(static_cast<std::uint32_t>(start));
    number16(0); // comment
    return std::move(m_bytes);
}

} // namespace core
