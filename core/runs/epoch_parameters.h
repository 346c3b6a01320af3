// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/append_file.h"

#include <filesystem>
#include <span>
#include <vector>

namespace core
{

/// What each epoch of a training ended with, one after the other in one file.
class EpochParameters
{
public:
    /// Keeps the first `epochs`, which must be there.
    EpochParameters(const std::filesystem::path& folder, int epochs, std::size_t parameters);

    void append(std::span<const float> parameters);
    void sync() { m_file.sync(); }

private:
    AppendFile m_file;
};

/// Empty where that epoch is not there (yet).
std::vector<float> readEpochParameters(const std::filesystem::path& folder, int epoch,
                                       std::size_t parameters);

} // namespace core
