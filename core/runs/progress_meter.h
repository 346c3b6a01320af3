// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/run_events.h"

#include <chrono>

namespace core
{

/// Turns how far something is into a rate and the time left. Cheap enough to ask for each batch.
class ProgressMeter
{
public:
    using Clock = std::chrono::steady_clock;

    explicit ProgressMeter(double fractionAtStart, Clock::time_point now = Clock::now());

    /// `progress` with done, total and fraction set; fills in the rest. The rate is that of the
    /// last ten seconds or so.
    RunProgress complete(RunProgress progress, Clock::time_point now = Clock::now());

private:
    struct Mark {
        double fraction = 0;
        Clock::time_point time;
    };
    Mark m_older; ///< what the rate is measured from
    Mark m_newer; ///< what it will be measured from
};

} // namespace core
