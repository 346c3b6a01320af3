// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace core
{

/// An array of bytes as MNIST's files hold it (http://yann.lecun.com/exdb/mnist/, "The IDX file
/// format").
struct IdxArray {
    std::vector<int> shape; ///< one to four dimensions, none of them 0
    std::vector<std::uint8_t> values;
    std::string sha256; ///< of the whole unpacked file, header included
};

constexpr std::uint64_t kLargestIdxFile = std::uint64_t{64} << 20;

/// Reads an IDX file, plain or gzip (told by content). Memory follows what the file really holds,
/// 64 MB at most. Blocks. Throws Error(Input): the file, what was found, what was expected.
IdxArray readIdx(const std::filesystem::path& file);

} // namespace core
