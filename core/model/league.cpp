// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/league.h"

namespace core
{

League leagueOf(const Architecture& architecture)
{
    if (architecture.input().averageShifts)
        return League::Averaged;
    return architecture.input().deskew ? League::Transformed : League::Raw;
}

std::string_view leagueName(League league)
{
    constexpr std::string_view names[] = {"raw", "transformed", "averaged"};
    return names[static_cast<std::size_t>(league)];
}

std::string_view leagueTitle(League league)
{
    constexpr std::string_view titles[] = {"raw input", "with transformations",
                                           "with test-time averaging"};
    return titles[static_cast<std::size_t>(league)];
}

} // namespace core
