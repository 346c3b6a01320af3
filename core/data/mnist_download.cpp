// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/mnist_download.h"

#include "core/base/error.h"
#include "core/data/content_reader.h"
#include "core/data/http_fetch.h"
#include "core/data/idx.h"
#include "core/data/part_file.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

namespace core
{

namespace
{

namespace fs = std::filesystem;

/// A server that breaks off is asked to go on this many times, while something still arrives.
constexpr int kMostResumptions = 20;

bool hasContent(const fs::path& file, const std::string& sha256)
{
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored))
        return false;
    try {
        return contentSha256(file, kLargestIdxFile) == sha256;
    } catch (const Error&) {
        return false; // damaged: as good as not there
    }
}

/// Brings one file, whichever mirror it takes.
class FileDownload
{
public:
    FileDownload(const MnistDownload& request, const MnistFile& file,
                 const ProgressObserver& observer, const std::stop_token& stop)
        : m_request(request), m_file(file), m_observer(observer), m_stop(stop),
          m_target(request.folder / (file.name + ".gz")), m_part(m_target.string() + ".part")
    {
    }

    /// False if stopped.
    bool run(const std::vector<std::string>& mirrors)
    {
        std::string answers;
        for (const auto& mirror : mirrors) {
            const auto problem = fetchFrom(mirror);
            if (m_stopped)
                return false;
            if (!problem)
                return true;
            answers += fmt::format("{}{}: {}", answers.empty() ? "" : "; ", mirror, *problem);
        }
        throw Error(ErrorKind::DataMissing,
                    fmt::format("{} could not be fetched ({})", m_target.string(), answers));
    }

private:
    /// What went wrong with this mirror, if anything.
    std::optional<std::string> fetchFrom(const std::string& mirror)
    {
        const bool resumed = m_part.size() > 0;
        auto problem = receive(mirror);
        if (problem || m_stopped)
            return problem;
        problem = finish();
        if (problem && resumed) {
            // Mirrors pack the same content differently: what the last one left may not fit.
            m_part.clear();
            problem = receive(mirror);
            if (!problem && !m_stopped)
                problem = finish();
        }
        return problem;
    }

    std::optional<std::string> receive(const std::string& mirror)
    {
        for (int attempt = 0;; ++attempt) {
            const std::uint64_t before = m_part.size();
            m_foreign = false;
            const auto result = fetch(requestTo(mirror), m_stop);
            switch (result.end) {
            case HttpEnd::Complete:
                return std::nullopt;
            case HttpEnd::Stopped:
                m_stopped = true;
                return std::nullopt;
            case HttpEnd::SinkRefused:
                m_part.check(); // throws where the disk is what refused
                return m_foreign ? "answered with something that is not gzip"
                                 : "sent more than the file can hold";
            case HttpEnd::RangeRefused:
                m_part.clear();
                break;
            case HttpEnd::Cut:
                if (m_part.size() <= before || attempt >= kMostResumptions)
                    return result.reason;
                break;
            case HttpEnd::Failed:
                return result.reason;
            }
        }
    }

    HttpRequest requestTo(const std::string& mirror)
    {
        HttpRequest request;
        request.address = mirror + (mirror.ends_with('/') ? "" : "/") + m_file.name + ".gz";
        request.offset = m_part.size();
        request.patience = m_request.patience;
        request.sink = [this](std::span<const std::byte> bytes) { return take(bytes); };
        request.progress = [this](std::uint64_t done, std::uint64_t total) {
            if (m_observer)
                m_observer({m_target.filename().string(), done, total});
        };
        return request;
    }

    bool take(std::span<const std::byte> bytes)
    {
        // A captive portal or a moved server answers 200 with a web page.
        m_foreign = m_part.size() == 0 && bytes[0] != std::byte{0x1f};
        if (m_foreign || m_part.size() + bytes.size() > kLargestIdxFile)
            return false;
        return m_part.append(bytes);
    }

    std::optional<std::string> finish()
    {
        try {
            m_part.sync();
            const auto found = contentSha256(m_part.path(), kLargestIdxFile);
            if (found == m_file.sha256) {
                m_part.rename(m_target);
                return std::nullopt;
            }
            m_part.clear();
            return fmt::format("sent content with the SHA-256 {}, expected {}", found,
                               m_file.sha256);
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::Input)
                throw;
            m_part.clear();
            return "sent damaged gzip data";
        }
    }

    const MnistDownload& m_request;
    const MnistFile& m_file;
    const ProgressObserver& m_observer;
    const std::stop_token& m_stop;
    fs::path m_target;
    PartFile m_part;
    bool m_foreign = false;
    bool m_stopped = false;
};

/// Whether the file is there as it should be, packed or not.
bool isPresent(const fs::path& folder, const MnistFile& file)
{
    const fs::path plain = folder / file.name;
    if (fs::exists(plain) && !hasContent(plain, file.sha256))
        throw Error(
            ErrorKind::Input,
            fmt::format("{}: is there but is not MNIST's; move it away to fetch the real one",
                        plain.string()));
    return fs::exists(plain) || hasContent(folder / (file.name + ".gz"), file.sha256);
}

} // namespace

const std::vector<std::string>& mnistMirrors()
{
    static const std::vector<std::string> mirrors = {
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
        "https://storage.googleapis.com/cvdf-datasets/mnist/",
        "http://yann.lecun.com/exdb/mnist/",
    };
    return mirrors;
}

bool downloadMnist(const MnistDownload& request, const ProgressObserver& observer,
                   std::stop_token stop)
{
    std::error_code error;
    fs::create_directories(request.folder, error);
    if (error)
        throw Error(ErrorKind::Output, fmt::format("{}: could not be made ({})",
                                                   request.folder.string(), error.message()));
    auto files = request.files;
    if (files.empty())
        files.assign(mnistFiles().begin(), mnistFiles().end());
    const auto& mirrors = request.mirrors.empty() ? mnistMirrors() : request.mirrors;
    for (const auto& file : files) {
        if (stop.stop_requested())
            return false;
        if (!isPresent(request.folder, file) &&
            !FileDownload(request, file, observer, stop).run(mirrors))
            return false;
    }
    return true;
}

} // namespace core
