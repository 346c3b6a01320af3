// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/storage/database.h"

#include <cmath>
#include <limits>
#include <string_view>

namespace core
{

// Not every database can store what is no finite number, so that a word stands beside each.

inline double numberFrom(const SqlValue& value, std::string_view type)
{
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    if (type == "INF_POS")
        return kInfinity;
    if (type == "INF_NEG")
        return -kInfinity;
    if (type == "NAN")
        return std::numeric_limits<double>::quiet_NaN();
    return numberOf(value);
}

inline std::string typeOf(double number)
{
    if (std::isnan(number))
        return "NAN";
    if (std::isinf(number))
        return number > 0 ? "INF_POS" : "INF_NEG";
    return "FINITE";
}

inline SqlValue storedForm(double number)
{
    return std::isfinite(number) ? SqlValue(number) : SqlValue();
}

} // namespace core
