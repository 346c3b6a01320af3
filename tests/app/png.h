// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/places.h"

#include <cstdint>
#include <span>
#include <string>
#include <zlib.h>

namespace test
{

inline std::string bigEndian(std::uint32_t value)
{
    return {static_cast<char>(value >> 24U), static_cast<char>(value >> 16U),
            static_cast<char>(value >> 8U), static_cast<char>(value)};
}

inline std::string pngChunk(const std::string& type, const std::string& content)
{
    const std::string checked = type + content;
    const auto crc =
        crc32(0, reinterpret_cast<const Bytef*>(checked.data()), static_cast<uInt>(checked.size()));
    return bigEndian(static_cast<std::uint32_t>(content.size())) + checked +
           bigEndian(static_cast<std::uint32_t>(crc));
}

/// The smallest PNG of 8-bit grey pixels (ISO/IEC 15948).
inline void writeGreyPng(const std::filesystem::path& file, std::span<const std::uint8_t> pixels,
                         std::uint32_t height, std::uint32_t width)
{
    std::string rows;
    for (std::uint32_t row = 0; row < height; ++row) {
        rows += '\0'; // no filter
        for (std::uint32_t column = 0; column < width; ++column)
            rows += static_cast<char>(pixels[row * width + column]);
    }
    std::string packed(compressBound(static_cast<uLong>(rows.size())), '\0');
    uLongf size = packed.size();
    compress(reinterpret_cast<Bytef*>(packed.data()), &size,
             reinterpret_cast<const Bytef*>(rows.data()), static_cast<uLong>(rows.size()));
    packed.resize(size);
    const std::string header =
        bigEndian(width) + bigEndian(height) + std::string("\x08\x00\x00\x00\x00", 5);
    writeFile(file, "\x89PNG\r\n\x1a\n" + pngChunk("IHDR", header) + pngChunk("IDAT", packed) +
                        pngChunk("IEND", ""));
}

} // namespace test
