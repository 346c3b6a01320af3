// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/idx.h"

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/data/content_reader.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <span>
#include <string_view>

namespace core
{

namespace
{

constexpr int kMostDimensions = 4;
constexpr int kUnsignedByte = 0x08;

std::string_view typeName(int type)
{
    switch (type) {
    case 0x08:
        return "unsigned bytes";
    case 0x09:
        return "signed bytes";
    case 0x0B:
        return "short integers";
    case 0x0C:
        return "integers";
    case 0x0D:
        return "floats";
    case 0x0E:
        return "doubles";
    default:
        return "no known type";
    }
}

/// Reads one file from front to back and hashes all that it reads.
class IdxReader
{
public:
    explicit IdxReader(const std::filesystem::path& file) : m_name(file.string()), m_content(file)
    {
    }

    IdxArray read()
    {
        IdxArray array;
        array.shape = readShape(readDimensionCount());
        array.values = readValues(checkedSize());
        array.sha256 = m_hash.hex();
        return array;
    }

private:
    [[noreturn]] void fail(const std::string& found) const
    {
        throw Error(ErrorKind::Input, m_name + ": " + found);
    }

    std::size_t readBytes(std::span<std::uint8_t> buffer)
    {
        const auto bytes = std::as_writable_bytes(buffer);
        const std::size_t count = m_content.read(bytes);
        m_hash.add(bytes.first(count));
        return count;
    }

    int readDimensionCount()
    {
        std::array<std::uint8_t, 4> magic{};
        const std::size_t count = readBytes(magic);
        if (count == 0)
            fail("is empty, expected an IDX file");
        if (count < magic.size())
            fail(fmt::format("ends after {} of the 4 bytes that begin an IDX file", count));
        if (magic[0] != 0 || magic[1] != 0)
            failForeign(magic);
        if (magic[2] != kUnsignedByte)
            fail(fmt::format(
                "holds values of IDX type 0x{:02x} ({}), expected 0x08 (unsigned bytes)", magic[2],
                typeName(magic[2])));
        if (magic[3] < 1 || magic[3] > kMostDimensions)
            fail(fmt::format("its header announces {} dimensions, expected 1 to {}", magic[3],
                             kMostDimensions));
        return magic[3];
    }

    /// Says what people really find under the name of a data file.
    [[noreturn]] void failForeign(std::array<std::uint8_t, 4> magic)
    {
        std::string head(magic.begin(), magic.end());
        std::array<std::uint8_t, 60> more{};
        head.append(more.begin(), more.begin() + static_cast<std::ptrdiff_t>(readBytes(more)));
        if (head.starts_with("version https://git-lfs"))
            fail("is a Git LFS pointer, expected the data themselves (git lfs pull fetches them)");
        if (head.find_first_not_of(" \t\r\n") == head.find('<'))
            fail("is a web page, expected an IDX file; the server sent it instead of the data");
        fail(fmt::format("begins with the bytes {:02x}, expected an IDX file (00 00 08 ...)",
                         fmt::join(magic, " ")));
    }

    std::vector<int> readShape(int dimensionCount)
    {
        for (int i = 0; i < dimensionCount; ++i) {
            std::array<std::uint8_t, 4> bytes{};
            if (readBytes(bytes) < bytes.size())
                fail(fmt::format("ends within its header, expected {} dimensions", dimensionCount));
            m_dimensions.push_back(std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
                                   std::uint32_t{bytes[2]} << 8 | bytes[3]);
        }
        checkedSize();
        return {m_dimensions.begin(), m_dimensions.end()};
    }

    /// The number of values that the header announces.
    std::uint64_t checkedSize() const
    {
        std::uint64_t size = 1;
        for (const std::uint32_t dimension : m_dimensions) {
            if (dimension == 0)
                fail(fmt::format("its header announces {} values, expected at least one",
                                 announced()));
            if (size > kLargestIdxFile / dimension)
                fail(fmt::format("its header announces {} values, more than the 64 MB that an IDX "
                                 "file may hold here",
                                 announced()));
            size *= dimension;
        }
        return size;
    }

    std::string announced() const { return fmt::format("{}", fmt::join(m_dimensions, " x ")); }

    std::vector<std::uint8_t> readValues(std::uint64_t size)
    {
        // Piece by piece, so that a header alone allocates nothing.
        constexpr std::uint64_t kPiece = std::uint64_t{1} << 20;
        std::vector<std::uint8_t> values;
        while (values.size() < size) {
            const std::size_t begin = values.size();
            values.resize(std::min(size, begin + kPiece));
            const auto piece = std::span(values).subspan(begin);
            const std::size_t count = readBytes(piece);
            if (count < piece.size())
                fail(fmt::format("ends after {} of the {} values ({}) that its header announces",
                                 begin + count, size, announced()));
        }
        std::array<std::uint8_t, 1> extra{};
        if (readBytes(extra) > 0)
            fail(fmt::format("goes on after the {} values ({}) that its header announces", size,
                             announced()));
        return values;
    }

    std::string m_name;
    ContentReader m_content;
    Sha256 m_hash;
    std::vector<std::uint32_t> m_dimensions;
};

} // namespace

IdxArray readIdx(const std::filesystem::path& file)
{
    return IdxReader(file).read();
}

} // namespace core
