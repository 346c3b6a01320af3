// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/run_file.h"

#include "core/base/error.h"

#include <cstdint>
#include <fmt/format.h>
#include <fstream>

namespace core
{

std::string readRunFile(const std::filesystem::path& file)
{
    constexpr std::uintmax_t kMost = 1024 * 1024 * 1024;
    const auto refuse = [&file](const std::string& found) {
        throw Error(ErrorKind::Input,
                    fmt::format("{}: {}, expected a file of a run", file.string(), found));
    };
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error))
        refuse(error ? error.message() : "is no file");
    std::ifstream in(file, std::ios::binary | std::ios::ate);
    if (!in)
        refuse("can't be read");
    const auto size = static_cast<std::uintmax_t>(in.tellg());
    if (size > kMost)
        refuse(fmt::format("has {} bytes", size));
    std::string content(static_cast<std::size_t>(size), '\0');
    in.seekg(0);
    in.read(content.data(), static_cast<std::streamsize>(size));
    // It may have been cut since: a run that goes on does that to what no checkpoint knows.
    content.resize(static_cast<std::size_t>(in.gcount()));
    return content;
}

} // namespace core
