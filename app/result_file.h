// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common_options.h"
#include "app/output.h"

namespace app
{

/// For commands whose --out takes the JSON object of their result. Throws core::Error(Usage) where
/// it is named otherwise than .json. Call it before long work.
void checkResultFile(const CommonOptions& options);

/// Writes it atomically, indented for people. Does nothing without --out. Throws
/// core::Error(Output).
void writeResultFile(const CommonOptions& options, const Json& object);

} // namespace app
