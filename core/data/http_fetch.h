// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>

namespace core
{

struct HttpRequest {
    std::string address;      ///< http or https; redirections are followed
    std::uint64_t offset = 0; ///< bytes already at hand; only what follows is asked for
    std::chrono::milliseconds patience{15000}; ///< how long the server may say nothing

    /// Takes what arrives, in order; false gives up.
    std::function<bool(std::span<const std::byte>)> sink;
    /// Bytes of the whole file, counted from its beginning; total is 0 where unknown.
    std::function<void(std::uint64_t done, std::uint64_t total)> progress;
};

enum class HttpEnd {
    Complete,     ///< all has arrived, or nothing is left behind `offset`
    Cut,          ///< the connection broke in the middle
    RangeRefused, ///< the server can't start at `offset`
    SinkRefused,
    Stopped,
    Failed, ///< an answer that is no file, no answer, or silence
};

struct HttpResult {
    HttpEnd end = HttpEnd::Failed;
    std::string reason; ///< a few words: "HTTP 404", "sent nothing for 15 s"
};

/// Blocks until the transfer has ended; a stop ends it within a tenth of a second.
HttpResult fetch(const HttpRequest& request, std::stop_token stop);

} // namespace core
