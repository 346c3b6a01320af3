// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/run_pulse.h"

#include "ui/jobs/thread_priority.h"

namespace ui
{

namespace
{

/// Core knows no window; so the thread of a run steps back with its first report.
void stepBack()
{
    thread_local bool done = false;
    if (!std::exchange(done, true))
        yieldToTheWindow();
}

} // namespace

core::QueueObserver RunPulse::observer()
{
    core::QueueObserver observer;
    observer.changed = [this](const std::string&) {
        note([](RunNews& news) { news.listChanged = true; });
    };
    observer.progress = [this](const std::string& id, const core::RunProgress& progress) {
        stepBack();
        note([&](RunNews& news) { news.progress[id] = progress; });
    };
    observer.epoch = [this](const std::string& id, const core::EpochResult& epoch) {
        note([&](RunNews& news) { news.epochs.emplace_back(id, epoch); });
    };
    observer.visit = [this](const std::string& id, const core::PruneVisit& visit) {
        note([&](RunNews& news) { news.visits.emplace_back(id, visit); });
    };
    observer.step = [this](const std::string& id, const core::GolfStep& step) {
        note([&](RunNews& news) { news.steps.emplace_back(id, step); });
    };
    observer.parameters = [this](const std::string& id, std::span<const float> values) {
        const std::lock_guard lock(m_mutex);
        // Progress comes as often, so this need not wake anyone.
        if (id == m_watched)
            m_news.parameters[id].assign(values.begin(), values.end());
    };
    return observer;
}

std::optional<RunNews> RunPulse::take()
{
    const std::unique_lock lock(m_mutex, std::try_to_lock);
    if (!lock.owns_lock())
        return std::nullopt;
    m_woken = false;
    return std::exchange(m_news, {});
}

void RunPulse::watchParameters(const std::string& id)
{
    const std::lock_guard lock(m_mutex);
    m_watched = id;
}

} // namespace ui
