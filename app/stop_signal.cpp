// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stop_signal.h"

#include <chrono>
#include <cstdlib>
#include <ctime>

namespace app
{

StopSignal::StopSignal()
{
    sigemptyset(&m_signals);
    sigaddset(&m_signals, SIGINT);
    sigaddset(&m_signals, SIGTERM);
    // A blocked signal waits for the thread below, which may do what a handler may not. Threads
    // started from now on inherit the mask.
    pthread_sigmask(SIG_BLOCK, &m_signals, &m_before);
    m_waiter = std::jthread([this](const std::stop_token& end) { wait(end); });
}

StopSignal::~StopSignal()
{
    m_waiter.request_stop();
    m_waiter.join();
    // Once stopped, the program is on its way out: a second signal must not spoil the exit code.
    if (!requested())
        pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
}

void StopSignal::wait(const std::stop_token& end)
{
    using namespace std::chrono_literals;
    const timespec pause = {0, 50'000'000};
    std::chrono::steady_clock::time_point first;
    while (!end.stop_requested()) {
        if (sigtimedwait(&m_signals, nullptr, &pause) < 0)
            continue;
        const auto now = std::chrono::steady_clock::now();
        // One wish may arrive twice: timeout(1) signals the process and then its group.
        if (m_source.stop_requested() && now - first > 1s)
            std::_Exit(kExitStopped);
        if (!m_source.stop_requested())
            first = now;
        m_source.request_stop();
    }
}

} // namespace app
