// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace core
{

/// The bytes of one of a run's files, at most 1 GB. Throws Error(Input) naming it where it can't be
/// read.
std::string readRunFile(const std::filesystem::path& file);

} // namespace core
