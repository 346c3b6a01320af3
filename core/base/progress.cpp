// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/progress.h"

#include <cmath>
#include <fmt/format.h>

namespace core
{

std::string durationText(double seconds)
{
    const auto whole = static_cast<std::int64_t>(std::ceil(seconds));
    if (whole < 60)
        return fmt::format("{} s", whole);
    if (whole < 3600)
        return fmt::format("{} min {} s", whole / 60, whole % 60);
    return fmt::format("{} h {} min", whole / 3600, whole / 60 % 60);
}

} // namespace core
