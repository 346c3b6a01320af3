// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>
#include <zlib.h>

namespace test
{

/// The header of an IDX file.
inline std::string idxHeader(const std::vector<std::uint32_t>& shape, char type = 0x08)
{
    std::string bytes = {0, 0, type, static_cast<char>(shape.size())};
    for (const std::uint32_t dimension : shape)
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes += static_cast<char>(dimension >> shift & 0xFF);
    return bytes;
}

/// A complete IDX file whose values count up from 0.
inline std::string idxFile(const std::vector<std::uint32_t>& shape, int modulus = 10)
{
    std::string bytes = idxHeader(shape);
    std::uint64_t size = 1;
    for (const std::uint32_t dimension : shape)
        size *= dimension;
    for (std::uint64_t i = 0; i < size; ++i)
        bytes += static_cast<char>(i % static_cast<std::uint64_t>(modulus));
    return bytes;
}

/// One gzip member.
inline std::string gzip(std::string_view content)
{
    z_stream stream = {};
    if (deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("zlib could not be started");
    std::string packed(deflateBound(&stream, content.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const int result = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END)
        throw std::runtime_error("zlib did not finish");
    return packed;
}

} // namespace test
