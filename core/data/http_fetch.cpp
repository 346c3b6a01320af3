// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/http_fetch.h"

#include "core/base/error.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <memory>

namespace core
{

namespace
{

using Clock = std::chrono::steady_clock;

constexpr int kPollMilliseconds = 50;

struct FreeEasy {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeMulti {
    void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};

/// One transfer. libcurl's "multi" interface, because its loop is ours: a stop and a silent server
/// are noticed at once.
class Transfer
{
public:
    explicit Transfer(const HttpRequest& request) : m_request(request)
    {
        static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
        m_easy.reset(curl_easy_init());
        m_multi.reset(curl_multi_init());
        if (started != CURLE_OK || !m_easy || !m_multi)
            throw Error(ErrorKind::Unexpected, "libcurl could not be started");
        configure();
        curl_multi_add_handle(m_multi.get(), m_easy.get());
    }
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;
    ~Transfer() { curl_multi_remove_handle(m_multi.get(), m_easy.get()); }

    HttpResult run(const std::stop_token& stop)
    {
        for (int running = 1; running > 0;) {
            if (stop.stop_requested())
                return {HttpEnd::Stopped, "stopped"};
            if (Clock::now() - m_lastArrival > m_request.patience)
                return silence();
            if (curl_multi_perform(m_multi.get(), &running) != CURLM_OK)
                return {HttpEnd::Failed, "the transfer failed"};
            if (running > 0)
                curl_multi_poll(m_multi.get(), nullptr, 0, kPollMilliseconds, nullptr);
        }
        return outcome();
    }

private:
    void configure()
    {
        CURL* const easy = m_easy.get();
        curl_easy_setopt(easy, CURLOPT_URL, m_request.address.c_str());
        curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
        curl_easy_setopt(easy, CURLOPT_MAXREDIRS, 5L);
        curl_easy_setopt(easy, CURLOPT_FAILONERROR, 1L);
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);   // a signal would hit the window's threads
        curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); // a stop does not wait for a slow DNS
        curl_easy_setopt(easy, CURLOPT_USERAGENT, "caddie/" CADDIE_VERSION);
        curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                         static_cast<long>(m_request.patience.count()));
        curl_easy_setopt(easy, CURLOPT_RESUME_FROM_LARGE,
                         static_cast<curl_off_t>(m_request.offset));
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::onData);
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
        curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
        curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, &Transfer::onProgress);
        curl_easy_setopt(easy, CURLOPT_XFERINFODATA, this);
    }

    static std::size_t onData(const char* data, std::size_t, std::size_t size, void* self)
    {
        auto& transfer = *static_cast<Transfer*>(self);
        transfer.m_lastArrival = Clock::now();
        const bool taken = transfer.m_request.sink(std::as_bytes(std::span(data, size)));
        transfer.m_refused = !taken;
        return taken ? size : 0;
    }

    static int onProgress(void* self, curl_off_t total, curl_off_t done, curl_off_t, curl_off_t)
    {
        const auto& transfer = *static_cast<Transfer*>(self);
        const std::uint64_t offset = transfer.m_request.offset;
        if (transfer.m_request.progress && done > 0)
            transfer.m_request.progress(offset + static_cast<std::uint64_t>(done),
                                        total > 0 ? offset + static_cast<std::uint64_t>(total) : 0);
        return 0;
    }

    HttpResult silence() const
    {
        const double seconds = std::chrono::duration<double>(m_request.patience).count();
        return {HttpEnd::Failed, fmt::format("sent nothing for {:g} s", seconds)};
    }

    HttpResult outcome()
    {
        int left = 0;
        const CURLMsg* const message = curl_multi_info_read(m_multi.get(), &left);
        const CURLcode code = message ? message->data.result : CURLE_FAILED_INIT;
        switch (code) {
        case CURLE_OK:
            return {HttpEnd::Complete, ""};
        case CURLE_HTTP_RETURNED_ERROR: {
            long status = 0;
            curl_easy_getinfo(m_easy.get(), CURLINFO_RESPONSE_CODE, &status);
            return {HttpEnd::Failed, fmt::format("HTTP {}", status)};
        }
        case CURLE_RANGE_ERROR:
            return {HttpEnd::RangeRefused, "can't resume"};
        case CURLE_PARTIAL_FILE:
        case CURLE_RECV_ERROR:
            return {HttpEnd::Cut, "broke off the connection"};
        default:
            return {m_refused ? HttpEnd::SinkRefused : HttpEnd::Failed, curl_easy_strerror(code)};
        }
    }

    const HttpRequest& m_request;
    std::unique_ptr<CURL, FreeEasy> m_easy;
    std::unique_ptr<CURLM, FreeMulti> m_multi;
    Clock::time_point m_lastArrival = Clock::now();
    bool m_refused = false;
};

} // namespace

HttpResult fetch(const HttpRequest& request, std::stop_token stop)
{
    return Transfer(request).run(stop);
}

} // namespace core
