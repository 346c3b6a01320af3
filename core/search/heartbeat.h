// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace core
{

/// Tells a study's storage at regular times that the worker of a trial lives, through a connection
/// and on a thread of its own. A storage that is out of reach is tried again the next time.
class Heartbeat
{
public:
    Heartbeat(std::string url, double seconds);
    ~Heartbeat();
    Heartbeat(const Heartbeat&) = delete;
    Heartbeat& operator=(const Heartbeat&) = delete;

    /// From now on for this trial; nullopt: for none. Any thread.
    void follow(std::optional<std::int64_t> trial);

private:
    void beat(std::stop_token stop);

    std::string m_url;
    double m_seconds;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::optional<std::int64_t> m_trial;
    std::jthread m_thread; ///< last: it uses the others
};

} // namespace core
