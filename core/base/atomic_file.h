// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string_view>

namespace core
{

/// Replaces the file's content, or leaves the old one untouched: writes a temporary file in the
/// same folder, syncs it, renames it over. Follows symbolic links and keeps the old file's
/// permissions. Blocks. Throws Error(Output).
void writeFileAtomically(const std::filesystem::path& file, std::span<const std::byte> content);
void writeFileAtomically(const std::filesystem::path& file, std::string_view content);

} // namespace core
