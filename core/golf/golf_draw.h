// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"

#include <cstdint>

namespace core
{

/// What the numbers drawn in a step of a game are for.
enum class GolfDraw : std::uint64_t { Initial, Order, Curvature, Trials, Growth };

inline std::uint64_t drawSeed(std::uint64_t stepSeed, GolfDraw draw)
{
    return derivedSeed(stepSeed, static_cast<std::uint64_t>(draw));
}

} // namespace core
