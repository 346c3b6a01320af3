// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/run_source.h"

#include <filesystem>

namespace ui
{

/// The real runs: core's queue over a folder, and what is in that folder.
RunSourceMaker queueSource(const std::filesystem::path& runs, int threads);

/// The title of the run that wrote this file; empty if none did.
std::string runTitleOfModel(const std::filesystem::path& runs, const std::filesystem::path& model);

} // namespace ui
