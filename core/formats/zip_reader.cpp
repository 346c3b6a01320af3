// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/zip_reader.h"

#include <algorithm>
#include <zlib.h>

namespace core
{

namespace
{

constexpr std::uint32_t kLocalHeader = 0x04034b50;
constexpr std::uint32_t kDirectoryEntry = 0x02014b50;
constexpr std::string_view kEndRecord{"PK\x05\x06", 4};
constexpr std::uint32_t kEndRecord64 = 0x06064b50;
constexpr std::uint32_t kEndLocator64 = 0x07064b50;
constexpr std::size_t kEndRecordBytes = 22;
constexpr std::size_t kLocatorBytes = 20;
constexpr std::size_t kDirectoryEntryBytes = 46;
constexpr std::uint64_t kMostMembers = 65'536;
constexpr std::uint32_t kSeeZip64 = 0xffffffff;
constexpr std::uint16_t kZip64Field = 1;

[[noreturn]] void refuse(const std::string& sentence)
{
    throw Error(ErrorKind::Input, sentence);
}

/// Exactly `unpacked` bytes, or an error.
std::vector<std::byte> inflated(Bytes packed, std::uint64_t unpacked, const std::string& what)
{
    std::vector<std::byte> result(static_cast<std::size_t>(unpacked));
    z_stream stream = {};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        throw Error(ErrorKind::Unexpected, "zlib could not be started");
    // Sizes are checked to be below 4 GB before.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    std::byte none{};
    stream.next_out = reinterpret_cast<Bytef*>(result.empty() ? &none : result.data());
    stream.avail_out = static_cast<uInt>(result.size());
    const int status = inflate(&stream, Z_FINISH);
    const std::uint64_t written = stream.total_out;
    inflateEnd(&stream);
    if (status == Z_STREAM_END && written == unpacked)
        return result;
    refuse(status == Z_BUF_ERROR && written == unpacked
               ? fmt::format("{} unpacks to more than the {} bytes that the archive says", what,
                             unpacked)
               : fmt::format("{} can't be unpacked to the {} bytes that the archive says", what,
                             unpacked));
}

} // namespace

ZipReader::ZipReader(Bytes content) : m_content(content)
{
    readDirectory(findDirectory());
}

std::vector<std::string> ZipReader::names() const
{
    std::vector<std::string> names;
    for (const Member& member : m_members)
        names.push_back(member.name);
    return names;
}

const ZipReader::Member* ZipReader::find(std::string_view name) const
{
    const auto found = m_byName.find(name);
    return found == m_byName.end() ? nullptr : &m_members[found->second];
}

ZipReader::Directory ZipReader::findDirectory() const
{
    const std::string_view text = asText(m_content);
    std::size_t at = text.rfind(kEndRecord);
    // A comment may hold the signature too: the real one's comment ends with the file.
    while (at != std::string_view::npos) {
        if (text.size() - at >= kEndRecordBytes) {
            ByteReader length(m_content.subspan(at + 20, 2), "the zip comment");
            if (at + kEndRecordBytes + length.number<std::uint16_t>() <= text.size())
                break;
        }
        at = at == 0 ? std::string_view::npos : text.rfind(kEndRecord, at - 1);
    }
    constexpr std::size_t kLongestComment = 65'535;
    if (at == std::string_view::npos || text.size() - at > kEndRecordBytes + kLongestComment)
        refuse(fmt::format("is a zip archive of {} bytes without a directory at its end (cut off?)",
                           m_content.size()));
    ByteReader end(m_content.subspan(at + 8), "the zip end record");
    end.take(2); // members on this disk
    Directory directory;
    directory.members = end.number<std::uint16_t>();
    directory.size = end.number<std::uint32_t>();
    directory.offset = end.number<std::uint32_t>();
    if (directory.members == 0xffff || directory.size == kSeeZip64 || directory.offset == kSeeZip64)
        return findDirectory64(at);
    return directory;
}

ZipReader::Directory ZipReader::findDirectory64(std::size_t endRecord) const
{
    if (endRecord < kLocatorBytes)
        refuse("is a zip archive that announces a zip64 directory and has none");
    ByteReader locator(m_content.subspan(endRecord - kLocatorBytes), "the zip64 locator");
    if (locator.number<std::uint32_t>() != kEndLocator64)
        refuse("is a zip archive that announces a zip64 directory and has none");
    locator.take(4); // disk
    const auto offset = locator.number<std::uint64_t>();
    if (offset > m_content.size())
        refuse("is a zip archive whose zip64 directory lies behind its end");
    ByteReader end(m_content.subspan(static_cast<std::size_t>(offset)), "the zip64 end record");
    if (end.number<std::uint32_t>() != kEndRecord64)
        refuse("is a zip archive whose zip64 directory is not where it says");
    end.take(8 + 2 + 2 + 4 + 4 + 8); // size, versions, disks, members on this disk
    Directory directory;
    directory.members = end.number<std::uint64_t>();
    directory.size = end.number<std::uint64_t>();
    directory.offset = end.number<std::uint64_t>();
    return directory;
}

void ZipReader::readDirectory(const Directory& directory)
{
    if (directory.offset > m_content.size() || directory.size > m_content.size() - directory.offset)
        refuse(fmt::format("is a zip archive whose directory lies at bytes {} to {} of {}",
                           directory.offset, directory.offset + directory.size, m_content.size()));
    if (directory.members > kMostMembers ||
        directory.members > directory.size / kDirectoryEntryBytes)
        refuse(
            fmt::format("is a zip archive that says it has {} members in a directory of {} bytes",
                        directory.members, directory.size));
    ByteReader reader(m_content.subspan(static_cast<std::size_t>(directory.offset),
                                        static_cast<std::size_t>(directory.size)),
                      "the zip directory");
    for (std::uint64_t i = 0; i < directory.members; ++i) {
        if (reader.number<std::uint32_t>() != kDirectoryEntry)
            refuse(fmt::format("is a zip archive whose directory is broken at entry {}", i + 1));
        Member member;
        reader.take(4); // versions
        member.flags = reader.number<std::uint16_t>();
        member.method = reader.number<std::uint16_t>();
        reader.take(4); // time and date
        member.crc = reader.number<std::uint32_t>();
        member.packed = reader.number<std::uint32_t>();
        member.unpacked = reader.number<std::uint32_t>();
        const auto nameBytes = reader.number<std::uint16_t>();
        const auto extraBytes = reader.number<std::uint16_t>();
        const auto commentBytes = reader.number<std::uint16_t>();
        reader.take(8); // disk and attributes
        member.header = reader.number<std::uint32_t>();
        member.name = asText(reader.take(nameBytes));
        ByteReader extra(reader.take(extraBytes), "the extra field of a zip entry");
        reader.take(commentBytes);
        while (extra.remaining() >= 4) {
            const auto id = extra.number<std::uint16_t>();
            const auto size = extra.number<std::uint16_t>();
            ByteReader field(extra.take(std::min<std::size_t>(size, extra.remaining())),
                             "the zip64 field of a zip entry");
            if (id != kZip64Field)
                continue;
            for (std::uint64_t* value : {&member.unpacked, &member.packed, &member.header})
                if (*value == kSeeZip64)
                    *value = field.number<std::uint64_t>();
        }
        if (!m_byName.emplace(member.name, m_members.size()).second)
            refuse("is a zip archive with two members named " + inQuotes(member.name));
        m_members.push_back(std::move(member));
    }
}

Bytes ZipReader::packedBytes(const Member& member) const
{
    const std::string what = "zip member " + inQuotes(member.name);
    if (member.header >= m_content.size())
        refuse(fmt::format("{} begins at byte {} of {}", what, member.header, m_content.size()));
    ByteReader local(m_content.subspan(static_cast<std::size_t>(member.header)), what);
    if (local.number<std::uint32_t>() != kLocalHeader)
        refuse(what + " is not where the archive's directory says");
    local.take(22); // version to sizes: the directory's are the ones that count
    const auto nameBytes = local.number<std::uint16_t>();
    const auto extraBytes = local.number<std::uint16_t>();
    local.take(nameBytes);
    local.take(extraBytes);
    return local.take(member.packed);
}

Bytes ZipReader::read(std::string_view name, MemoryBudget& budget)
{
    if (const auto done = m_inflated.find(name); done != m_inflated.end())
        return done->second;
    const Member* member = find(name);
    if (member == nullptr)
        refuse("is a zip archive without the member " + inQuotes(name));
    const std::string what = "zip member " + inQuotes(name);
    if ((member->flags & 1U) != 0)
        refuse(what + " is encrypted");
    constexpr std::uint16_t kStored = 0;
    constexpr std::uint16_t kDeflated = 8;
    if (member->method != kStored && member->method != kDeflated)
        refuse(fmt::format("{} is compressed with method {}, expected stored or deflated", what,
                           member->method));
    Bytes bytes = packedBytes(*member);
    if (member->method == kDeflated) {
        budget.spend(member->unpacked, what);
        bytes =
            m_inflated.emplace(member->name, inflated(bytes, member->unpacked, what)).first->second;
    } else if (member->unpacked != member->packed) {
        refuse(fmt::format("{} is stored in {} bytes but should have {}", what, member->packed,
                           member->unpacked));
    } else if (bytes.size() > kMostMemberBytes) {
        refuse(fmt::format("{} has {} bytes, expected at most {} MB", what, bytes.size(),
                           kMostMemberBytes / kMegabyte));
    }
    const auto crc = crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
    if (crc != member->crc)
        refuse(fmt::format("{} is damaged: its CRC-32 is {:08x}, expected {:08x}", what, crc,
                           member->crc));
    return bytes;
}

} // namespace core
