// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/fused/workers.h"

#include <chrono>

namespace core::fused
{

namespace
{

/// Waits until the value is another. A thread that sleeps takes longer to wake than the next piece
/// of work usually takes to come, so it stays awake for a moment, and lets others have the
/// processor meanwhile.
template<typename Value>
void waitWhile(const std::atomic<Value>& value, Value old)
{
    using Clock = std::chrono::steady_clock;
    constexpr std::chrono::microseconds kAwake(100);
    for (const auto end = Clock::now() + kAwake; Clock::now() < end;) {
        if (value != old)
            return;
        std::this_thread::yield();
    }
    value.wait(old);
}

} // namespace

Workers::Workers(int threads)
{
    m_threads.reserve(static_cast<std::size_t>(threads > 1 ? threads - 1 : 0));
    for (int thread = 1; thread < threads; ++thread)
        m_threads.emplace_back([this, thread] { work(thread); });
}

Workers::~Workers()
{
    m_leaving = true;
    ++m_round;
    m_round.notify_all();
    for (std::thread& thread : m_threads)
        thread.join();
}

void Workers::share(int count, Call call, const void* context)
{
    m_call = call;
    m_context = context;
    m_count = count;
    m_next = 0;
    m_busy = static_cast<int>(m_threads.size());
    ++m_round;
    m_round.notify_all();
    take(0);
    for (int busy = m_busy; busy != 0; busy = m_busy)
        waitWhile(m_busy, busy);
}

void Workers::work(int thread)
{
    for (unsigned seen = 0;;) {
        waitWhile(m_round, seen);
        seen = m_round;
        if (m_leaving)
            return;
        take(thread);
        if (--m_busy == 0)
            m_busy.notify_one();
    }
}

void Workers::take(int thread)
{
    for (int index = m_next++; index < m_count; index = m_next++)
        m_call(m_context, thread, index);
}

} // namespace core::fused
