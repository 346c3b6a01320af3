// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/heartbeat.h"

#include "core/base/error.h"
#include "core/search/storage/trial_writer.h"

#include <chrono>

namespace core
{

Heartbeat::Heartbeat(std::string url, double seconds)
    : m_url(std::move(url)), m_seconds(seconds),
      m_thread([this](std::stop_token stop) { beat(std::move(stop)); })
{
}

Heartbeat::~Heartbeat()
{
    m_thread.request_stop();
    m_changed.notify_all();
}

void Heartbeat::follow(std::optional<std::int64_t> trial)
{
    const std::lock_guard lock(m_mutex);
    m_trial = trial;
}

void Heartbeat::beat(std::stop_token stop)
{
    std::unique_ptr<Database> database;
    std::unique_lock lock(m_mutex);
    while (!stop.stop_requested()) {
        m_changed.wait_for(lock, stop, std::chrono::duration<double>(m_seconds),
                           [] { return false; });
        const std::optional<std::int64_t> trial = m_trial;
        if (!trial || stop.stop_requested())
            continue;
        lock.unlock();
        try {
            if (!database)
                database = openDatabase(m_url, OpenMode::Existing);
            TrialWriter(*database, 0).beat(*trial);
        } catch (const Error&) {
            database.reset();
        }
        lock.lock();
    }
}

} // namespace core
