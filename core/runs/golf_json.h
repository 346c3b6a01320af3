// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/golf/golf_options.h"

#include <nlohmann/json_fwd.hpp>

namespace core
{

/// Adds every option of a game under its name, as specs and recipes have them.
void putGolfOptions(nlohmann::json& object, const GolfOptions& options);

} // namespace core
