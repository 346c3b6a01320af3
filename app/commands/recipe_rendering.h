// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common_options.h"

#include <string>
#include <vector>

namespace app
{

/// `caddie figures --recipe` and `--check`.
struct RecipeArguments {
    std::string recipe; ///< file with it; empty: `check` carries it
    std::string check;  ///< file that should be what the recipe renders; empty: none
    std::vector<std::string> models;
    std::string modelsFolder;
    std::string runs;
    bool preflight = false;
};

/// Renders the recipe to --out, compares it with `check`, says what a preflight finds, or all.
/// Throws core::Error: GoalNotReached where the bytes differ.
int renderRecipe(const RecipeArguments& arguments, const CommonOptions& common);

} // namespace app
