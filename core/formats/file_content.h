// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/byte_reader.h"

#include <filesystem>
#include <vector>

namespace core
{

/// The whole content of a regular file of at most 256 MB. Throws Error(Input) for what is absent,
/// not readable, not a regular file, empty or too large.
std::vector<std::byte> readFileContent(const std::filesystem::path& file);

/// What a file that is no model of ours seems to be ("an HTML page"), for error messages.
std::string describeContent(Bytes content);

} // namespace core
