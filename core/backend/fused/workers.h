// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <thread>
#include <vector>

namespace core::fused
{

/// Threads that wait for work and share it out among themselves and their caller. What one call
/// does is up to the index, so that the result does not depend on who does it. Allocates when made
/// only.
class Workers
{
public:
    /// `threads` with the caller's, at least 1.
    explicit Workers(int threads);
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    int threads() const { return static_cast<int>(m_threads.size()) + 1; }

    /// Calls task(thread, index) for each index below `count`, each once; `thread` is below
    /// threads(). Blocks until all are done. The task does not throw.
    template<typename Task>
    void run(int count, const Task& task)
    {
        const auto call = [](const void* context, int thread, int index) {
            (*static_cast<const Task*>(context))(thread, index);
        };
        if (count <= 1 || m_threads.empty()) {
            for (int index = 0; index < count; ++index)
                task(0, index);
            return;
        }
        share(count, call, &task);
    }

private:
    using Call = void (*)(const void* context, int thread, int index);

    void share(int count, Call call, const void* context);
    void work(int thread);
    void take(int thread);

    std::vector<std::thread> m_threads;
    Call m_call = nullptr;
    const void* m_context = nullptr;
    int m_count = 0;
    std::atomic<int> m_next = 0;
    std::atomic<unsigned> m_round = 0; ///< raised for each call, and once at the end
    std::atomic<int> m_busy = 0;       ///< threads that have not finished the round
    std::atomic<bool> m_leaving = false;
};

} // namespace core::fused
