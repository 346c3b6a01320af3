// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace core
{

/// Where long work stands. Reported from the thread that does the work; total is 0 where unknown.
struct Progress {
    std::string what;
    std::uint64_t done = 0;
    std::uint64_t total = 0;
};

/// "4 s", "2 min 5 s", "1 h 3 min"; begun seconds count.
std::string durationText(double seconds);

using ProgressObserver = std::function<void(const Progress&)>;

} // namespace core
