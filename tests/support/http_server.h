// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace test
{

/// What the server does when asked for a path.
struct Answer {
    int status = 200;
    std::string content;
    bool ranges = true;       ///< understands "Range: bytes=N-"
    std::size_t cutAfter = 0; ///< bytes of body after which the connection breaks; 0: never
    bool stall = false;       ///< instead of breaking, says nothing more
};

/// A small HTTP/1.1 server on 127.0.0.1 in a thread of its own, one connection at a time.
class HttpServer
{
public:
    explicit HttpServer(std::map<std::string, Answer> answers); ///< by path: "/a/file.gz"
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    std::string address(const std::string& path) const; ///< "http://127.0.0.1:4711" + path

    /// Path and first byte of each request so far: "/a/file.gz 0".
    std::vector<std::string> requests() const;

private:
    void serve();
    void answer(int connection);
    void sendBody(int connection, const Answer& reply, std::size_t offset);

    std::map<std::string, Answer> m_answers;
    mutable std::mutex m_mutex;
    std::vector<std::string> m_requests;
    int m_socket = -1;
    int m_port = 0;
    std::atomic<bool> m_closing = false;
    std::thread m_thread;
};

} // namespace test
