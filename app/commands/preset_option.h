// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/run_spec.h"

#include <CLI/CLI.hpp>
#include <string>

namespace app
{

/// --preset, one of the kind's.
void addPresetOption(CLI::App& command, std::string& preset, core::RunKind kind);

/// Throws core::Error(Usage) where the kind has no such preset.
core::RunSpec presetSpec(const std::string& preset, core::RunKind kind);

} // namespace app
