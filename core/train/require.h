// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <fmt/format.h>
#include <string>

namespace core
{

/// Throws Error(Usage) where an option of a training does not hold.
inline void require(bool holds, const std::string& found, const char* expected)
{
    if (!holds)
        throw Error(ErrorKind::Usage, fmt::format("training: {}, expected {}", found, expected));
}

} // namespace core
