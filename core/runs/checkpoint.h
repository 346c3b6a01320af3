// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

namespace core
{

/// Where a run goes on from.
struct Checkpoint {
    std::uint64_t journalLength = 0; ///< bytes of the journal that belong to it
    std::uint64_t done = 0;          ///< as in RunProgress
    std::uint64_t total = 0;
    double fraction = 0;
    std::vector<std::byte> state; ///< whatever the work needs
};

/// Replaces the folder's checkpoint; its checksum is the last thing in it. Throws Error(Output).
void writeCheckpoint(const std::filesystem::path& folder, const Checkpoint& checkpoint);

/// Nothing where there is none yet. Throws Error(Input) where it is damaged.
std::optional<Checkpoint> readCheckpoint(const std::filesystem::path& folder);

} // namespace core
