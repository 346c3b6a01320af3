// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <csignal>
#include <stop_token>
#include <thread>

namespace app
{

/// While alive, Ctrl-C (SIGINT) and SIGTERM ask the work to stop, so that it can keep what it has;
/// a second one, a second or more later, ends the program at
/// once. Make it on the main thread before any other thread
/// starts.
class StopSignal
{
public:
    StopSignal();
    ~StopSignal();
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

    std::stop_token token() const { return m_source.get_token(); }
    bool requested() const { return m_source.stop_requested(); }

private:
    void wait(const std::stop_token& end);

    std::stop_source m_source;
    sigset_t m_signals = {};
    sigset_t m_before = {};
    std::jthread m_waiter; ///< last: it uses the others
};

constexpr int kExitStopped = 130;

} // namespace app
