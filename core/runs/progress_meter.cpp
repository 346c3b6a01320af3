// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/progress_meter.h"

namespace core
{

namespace
{

constexpr std::chrono::seconds kWindow(5);
/// Sooner than this a rate is a guess.
constexpr double kFirstSeconds = 0.2;

} // namespace

ProgressMeter::ProgressMeter(double fractionAtStart, Clock::time_point now)
    : m_older{fractionAtStart, now}, m_newer(m_older)
{
}

RunProgress ProgressMeter::complete(RunProgress progress, Clock::time_point now)
{
    const std::chrono::duration<double> spent = now - m_older.time;
    const double gained = progress.fraction - m_older.fraction;
    if (spent.count() >= kFirstSeconds && gained > 0) {
        const double rate = gained / spent.count();
        progress.perSecond = rate * static_cast<double>(progress.total);
        progress.secondsLeft = (1 - progress.fraction) / rate;
    }
    if (now - m_newer.time >= kWindow) {
        m_older = m_newer;
        m_newer = {progress.fraction, now};
    }
    return progress;
}

} // namespace core
