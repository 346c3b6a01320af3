// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"

#include <string_view>

namespace core
{

/// Networks are ranked among those that get their images in the same way.
enum class League {
    Raw,         ///< the image as it is
    Transformed, ///< set upright first
    Averaged,    ///< answers averaged over shifts of the image, set upright first or not
};

League leagueOf(const Architecture& architecture);

std::string_view leagueName(League league);  ///< "raw", "transformed", "averaged"
std::string_view leagueTitle(League league); ///< "raw input", "with transformations", ...

} // namespace core
