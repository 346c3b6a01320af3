// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/run_queue.h"

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ui
{

/// What runs have reported since it was last asked.
struct RunNews {
    bool listChanged = false;
    std::map<std::string, core::RunProgress> progress; ///< the latest
    std::vector<std::pair<std::string, core::EpochResult>> epochs;
    std::vector<std::pair<std::string, core::PruneVisit>> visits;
    std::vector<std::pair<std::string, core::GolfStep>> steps;
    std::map<std::string, std::vector<float>> parameters; ///< the latest, of the watched run
};

/// Gathers what the threads of runs report until the GUI thread fetches it. However much comes,
/// `wake` is called once between two fetches. Any thread.
class RunPulse
{
public:
    explicit RunPulse(std::function<void()> wake) : m_wake(std::move(wake)) {}

    core::QueueObserver observer(); ///< refers to this object
    /// Does not wait: nothing where a run is reporting just now. Its thread may be one that the
    /// system does not let go on for a while.
    std::optional<RunNews> take();
    void watchParameters(const std::string& id); ///< the only run whose parameters are copied

private:
    template<typename Note>
    void note(Note note)
    {
        const std::lock_guard lock(m_mutex);
        note(m_news);
        if (!std::exchange(m_woken, true))
            m_wake();
    }

    std::function<void()> m_wake;
    std::mutex m_mutex;
    RunNews m_news;
    std::string m_watched;
    bool m_woken = false;
};

} // namespace ui
