// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/content_reader.h"

#include "core/base/error.h"
#include "core/base/sha256.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fmt/format.h>
#include <zlib.h>

namespace core
{

/// The bytes on disk, in pieces.
class ContentReader::Source
{
public:
    explicit Source(const std::filesystem::path& file) : m_name(file.string())
    {
        std::error_code error;
        const auto status = std::filesystem::status(file, error);
        if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
            fail("is a folder or a device, expected a file");
        m_file.reset(std::fopen(file.c_str(), "rb"));
        if (!m_file)
            fail(fmt::format("could not be read ({})", std::strerror(errno)));
        fill();
    }

    /// What is at hand; empty at the end of the file.
    std::span<std::byte> piece() const { return m_piece; }

    void skip(std::size_t count)
    {
        m_piece = m_piece.subspan(count);
        if (m_piece.empty())
            fill();
    }

    [[noreturn]] void fail(const std::string& found) const
    {
        throw Error(ErrorKind::Input, m_name + ": " + found);
    }

private:
    void fill()
    {
        const std::size_t count = std::fread(m_buffer.data(), 1, m_buffer.size(), m_file.get());
        if (std::ferror(m_file.get()))
            fail(fmt::format("could not be read ({})", std::strerror(errno)));
        m_piece = std::span(m_buffer).first(count);
    }

    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };

    std::string m_name;
    std::unique_ptr<std::FILE, Close> m_file;
    std::array<std::byte, 1 << 15> m_buffer{};
    std::span<std::byte> m_piece;
};

namespace
{

bool isGzip(std::span<const std::byte> head)
{
    return head.size() >= 2 && head[0] == std::byte{0x1f} && head[1] == std::byte{0x8b};
}

} // namespace

class ContentReader::Inflater
{
public:
    explicit Inflater(Source& source) : m_source(source)
    {
        // 15 is the largest window, 16 more means gzip and nothing else.
        if (inflateInit2(&m_stream, 15 + 16) != Z_OK)
            throw Error(ErrorKind::Unexpected, "zlib could not be started");
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() { inflateEnd(&m_stream); }

    std::size_t read(std::span<std::byte> buffer)
    {
        std::size_t filled = 0;
        while (filled < buffer.size() && !m_finished)
            filled += unpack(buffer.subspan(filled));
        return filled;
    }

private:
    std::size_t unpack(std::span<std::byte> buffer)
    {
        const auto piece = m_source.piece();
        if (piece.empty())
            m_source.fail("its gzip data ends early, expected a complete gzip file");
        m_stream.next_in = reinterpret_cast<Bytef*>(piece.data());
        m_stream.avail_in = static_cast<uInt>(piece.size());
        m_stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
        m_stream.avail_out = static_cast<uInt>(std::min<std::size_t>(buffer.size(), 1U << 30));
        const uInt room = m_stream.avail_out;
        const int result = inflate(&m_stream, Z_NO_FLUSH);
        if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
            m_source.fail(fmt::format("its gzip data is damaged ({})",
                                      m_stream.msg ? m_stream.msg : "unknown reason"));
        m_source.skip(piece.size() - m_stream.avail_in);
        if (result == Z_STREAM_END)
            endMember();
        return room - m_stream.avail_out;
    }

    void endMember()
    {
        const auto rest = m_source.piece();
        if (rest.empty())
            m_finished = true;
        else if (isGzip(rest) || rest.size() == 1)
            inflateReset(&m_stream); // a single byte may be the first half of a magic number
        else
            m_source.fail("goes on after the end of its gzip data");
    }

    Source& m_source;
    z_stream m_stream = {};
    bool m_finished = false;
};

ContentReader::ContentReader(const std::filesystem::path& file)
    : m_source(std::make_unique<Source>(file))
{
    if (isGzip(m_source->piece()))
        m_inflater = std::make_unique<Inflater>(*m_source);
}

ContentReader::~ContentReader() = default;

std::size_t ContentReader::read(std::span<std::byte> buffer)
{
    if (m_inflater)
        return m_inflater->read(buffer);
    std::size_t filled = 0;
    while (filled < buffer.size() && !m_source->piece().empty()) {
        const auto piece = m_source->piece();
        const std::size_t count = std::min(piece.size(), buffer.size() - filled);
        std::memcpy(buffer.data() + filled, piece.data(), count);
        m_source->skip(count);
        filled += count;
    }
    return filled;
}

std::string contentSha256(const std::filesystem::path& file, std::uint64_t limit)
{
    ContentReader reader(file);
    Sha256 hash;
    std::array<std::byte, 1 << 15> buffer{};
    std::uint64_t total = 0;
    while (const std::size_t count = reader.read(buffer)) {
        total += count;
        if (total > limit)
            throw Error(ErrorKind::Input, fmt::format("{}: holds more than the {} bytes expected",
                                                      file.string(), limit));
        hash.add(std::span(buffer).first(count));
    }
    return hash.hex();
}

} // namespace core
