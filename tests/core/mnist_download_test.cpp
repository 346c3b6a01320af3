// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/mnist_download.h"

#include "core/base/sha256.h"
#include "tests/support/errors.h"
#include "tests/support/http_server.h"
#include "tests/support/idx_files.h"
#include "tests/support/places.h"

#include <chrono>
#include <csignal>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <thread>

namespace
{

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using core::ErrorKind;
using test::Answer;
using test::HttpServer;
using testing::ElementsAre;

/// Content that gzip hardly shrinks, so that there is something to cut.
std::string noise(std::size_t size)
{
    std::string bytes;
    std::uint32_t state = 1;
    for (std::size_t i = 0; i < size; ++i) {
        state = state * 1664525U + 1013904223U;
        bytes += static_cast<char>(state >> 24);
    }
    return bytes;
}

class MnistDownload : public testing::Test
{
protected:
    /// Asks for one made-up file "a", whose content is m_content.
    core::MnistDownload request(const std::vector<std::string>& mirrors) const
    {
        core::MnistDownload request;
        request.folder = m_folder / "mnist";
        request.mirrors = mirrors;
        request.files = {{"a", core::sha256Hex(std::as_bytes(std::span(m_content)))}};
        request.patience = 300ms;
        return request;
    }

    fs::path target() const { return m_folder / "mnist/a.gz"; }
    fs::path part() const { return m_folder / "mnist/a.gz.part"; }

    void leavePart(const std::string& bytes) const
    {
        fs::create_directories(m_folder / "mnist");
        test::writeFile(part(), bytes);
    }

    void expectWhole() const
    {
        ASSERT_TRUE(fs::exists(target()));
        EXPECT_EQ(test::readFile(target()), m_packed);
        EXPECT_FALSE(fs::exists(part()));
    }

    test::TemporaryFolder m_folder;
    std::string m_content = noise(100000);
    std::string m_packed = test::gzip(m_content);
};

TEST_F(MnistDownload, FetchesAFileAndReportsBytes)
{
    const HttpServer server({{"/mnist/a.gz", {200, m_packed}}});
    std::vector<core::Progress> reports;
    EXPECT_TRUE(downloadMnist(request({server.address("/mnist/")}),
                              [&](const core::Progress& p) { reports.push_back(p); }));
    expectWhole();
    ASSERT_FALSE(reports.empty());
    EXPECT_EQ(reports.back().what, "a.gz");
    EXPECT_EQ(reports.back().done, m_packed.size());
    EXPECT_EQ(reports.back().total, m_packed.size());
}

TEST_F(MnistDownload, NeedsNoSlashBehindTheMirror)
{
    const HttpServer server({{"/mnist/a.gz", {200, m_packed}}});
    EXPECT_TRUE(downloadMnist(request({server.address("/mnist")})));
    expectWhole();
}

TEST_F(MnistDownload, FetchesOnlyWhatIsMissing)
{
    const HttpServer server({{"/a.gz", {200, m_packed}}, {"/b.gz", {200, m_packed}}});
    auto both = request({server.address("/")});
    both.files.push_back({"b", both.files[0].sha256});
    fs::create_directories(both.folder);
    test::writeFile(both.folder / "a", m_content); // unpacked is as good
    EXPECT_TRUE(downloadMnist(both));
    EXPECT_TRUE(downloadMnist(both));
    EXPECT_THAT(server.requests(), ElementsAre("/b.gz 0"));
}

TEST_F(MnistDownload, ReplacesADamagedFile)
{
    const HttpServer server({{"/a.gz", {200, m_packed}}});
    fs::create_directories(m_folder / "mnist");
    test::writeFile(target(), m_packed.substr(0, 5000));
    EXPECT_TRUE(downloadMnist(request({server.address("/")})));
    expectWhole();
}

TEST_F(MnistDownload, LeavesAForeignUnpackedFileAlone)
{
    const HttpServer server({{"/a.gz", {200, m_packed}}});
    fs::create_directories(m_folder / "mnist");
    test::writeFile(m_folder / "mnist/a", "somebody's own");
    test::expectError(ErrorKind::Input, "is there but is not MNIST's",
                      [&] { downloadMnist(request({server.address("/")})); });
    EXPECT_EQ(test::readFile(m_folder / "mnist/a"), "somebody's own");
}

TEST_F(MnistDownload, GoesOnWhereAnEarlierCallEnded)
{
    const HttpServer server({{"/a.gz", {200, m_packed}}});
    leavePart(m_packed.substr(0, 40000));
    EXPECT_TRUE(downloadMnist(request({server.address("/")})));
    expectWhole();
    EXPECT_THAT(server.requests(), ElementsAre("/a.gz 40000"));
}

TEST_F(MnistDownload, AcceptsAPartThatWasWholeAlready)
{
    const HttpServer server({{"/a.gz", {200, m_packed}}});
    leavePart(m_packed);
    EXPECT_TRUE(downloadMnist(request({server.address("/")})));
    expectWhole();
}

TEST_F(MnistDownload, GoesOnAfterTheConnectionBreaks)
{
    const HttpServer server({{"/a.gz", {.content = m_packed, .cutAfter = 45000}}});
    EXPECT_TRUE(downloadMnist(request({server.address("/")})));
    expectWhole();
    EXPECT_THAT(server.requests(), ElementsAre("/a.gz 0", "/a.gz 45000", "/a.gz 90000"));
}

TEST_F(MnistDownload, BeginsAgainWhereTheServerKnowsNoRanges)
{
    const HttpServer server({{"/a.gz", {.content = m_packed, .ranges = false}}});
    leavePart(m_packed.substr(0, 40000));
    EXPECT_TRUE(downloadMnist(request({server.address("/")})));
    expectWhole();
}

TEST_F(MnistDownload, BeginsAgainWhereThePartDoesNotFit)
{
    const HttpServer server({{"/a.gz", {200, m_packed}}});
    leavePart("\x1f\x8b" + std::string(40000, 'x'));
    EXPECT_TRUE(downloadMnist(request({server.address("/")})));
    expectWhole();
    EXPECT_THAT(server.requests(), ElementsAre("/a.gz 40002", "/a.gz 0"));
}

TEST_F(MnistDownload, FallsBackToTheNextMirrorOnAnyFailure)
{
    const HttpServer server({
        {"/gone/a.gz", {404, "<html>no such file</html>"}},
        {"/page/a.gz", {200, "<html>please log in</html>"}},
        {"/other/a.gz", {200, test::gzip("something else")}},
        {"/broken/a.gz", {200, m_packed.substr(0, 900)}},
        {"/mute/a.gz", {.content = m_packed, .cutAfter = 1000, .stall = true}},
        {"/good/a.gz", {200, m_packed}},
    });
    const auto nobody = HttpServer({}).address("/"); // closed again at once
    std::vector<std::string> mirrors = {nobody};
    for (const char* path : {"/gone/", "/page/", "/other/", "/broken/", "/mute/", "/good/"})
        mirrors.push_back(server.address(path));
    EXPECT_TRUE(downloadMnist(request(mirrors)));
    expectWhole();
}

TEST_F(MnistDownload, NamesWhatEachMirrorAnswered)
{
    const HttpServer server({
        {"/page/a.gz", {200, "<html>please log in</html>"}},
        {"/other/a.gz", {200, test::gzip("something else")}},
        {"/broken/a.gz", {200, m_packed.substr(0, 900)}},
        {"/mute/a.gz", {.content = m_packed, .cutAfter = 1, .stall = true}},
    });
    const auto all = request({server.address("/gone/"), server.address("/page/"),
                              server.address("/other/"), server.address("/broken/")});
    for (const char* part : {"/gone/: HTTP 404", "/page/: answered with something that is not gzip",
                             "/other/: sent content with the SHA-256 ",
                             "/broken/: sent damaged gzip data", "a.gz could not be fetched"})
        test::expectError(ErrorKind::DataMissing, part, [&] { downloadMnist(all); });
    EXPECT_FALSE(fs::exists(target()));
    EXPECT_FALSE(fs::exists(part()));
}

TEST_F(MnistDownload, TakesAWholeFileFromAServerThatDoesNotHangUp)
{
    const HttpServer server({{"/a.gz", {.content = m_packed, .cutAfter = 1000, .stall = true}}});
    auto impatient = request({server.address("/")});
    leavePart(m_packed.substr(0, m_packed.size() - 1000));
    impatient.patience = 200ms;
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_TRUE(downloadMnist(impatient));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
    expectWhole();
}

TEST_F(MnistDownload, ReportsASilentServerAfterItsPatience)
{
    const HttpServer server({{"/a.gz", {.content = m_packed, .cutAfter = 1, .stall = true}}});
    auto impatient = request({server.address("/")});
    impatient.patience = 100ms;
    const auto begin = std::chrono::steady_clock::now();
    test::expectError(ErrorKind::DataMissing, "sent nothing for 0.1 s",
                      [&] { downloadMnist(impatient); });
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

TEST_F(MnistDownload, StopsAtOnceAndKeepsWhatHasArrived)
{
    const HttpServer server({{"/a.gz", {.content = m_packed, .cutAfter = 30000, .stall = true}}});
    auto patient = request({server.address("/")});
    patient.patience = 1min;
    std::stop_source stop;
    const auto onProgress = [&](const core::Progress& progress) {
        if (progress.done >= 30000)
            stop.request_stop();
    };
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_FALSE(downloadMnist(patient, onProgress, stop.get_token()));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
    EXPECT_FALSE(fs::exists(target()));
    EXPECT_EQ(test::readFile(part()), m_packed.substr(0, 30000));
}

TEST_F(MnistDownload, DoesNothingWhenStoppedBefore)
{
    const HttpServer server({{"/a.gz", {200, m_packed}}});
    std::stop_source stop;
    stop.request_stop();
    EXPECT_FALSE(downloadMnist(request({server.address("/")}), {}, stop.get_token()));
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(MnistDownload, SaysWhenTheDiskTakesNoMore)
{
    const HttpServer server({{"/a.gz", {200, m_packed}}});
    // A limit on file size fails a write half-way, as a full disk does.
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit old = {};
    getrlimit(RLIMIT_FSIZE, &old);
    const rlimit small = {20000, old.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    test::expectError(ErrorKind::Output, "a.gz.part: could not be written (File too large)", [&] {
        downloadMnist(request({server.address("/"), server.address("/")}));
    });
    setrlimit(RLIMIT_FSIZE, &old);
    EXPECT_EQ(server.requests().size(), 1U); // another mirror would not help
}

TEST_F(MnistDownload, SaysWhenTheFolderCanNotBeMade)
{
    test::writeFile(m_folder / "mnist", "a file where a folder should be");
    test::expectError(ErrorKind::Output, "could not be made",
                      [&] { downloadMnist(request({"http://127.0.0.1:1/"})); });
}

TEST_F(MnistDownload, HasMirrorsForAllFourFiles)
{
    EXPECT_GE(core::mnistMirrors().size(), 3U);
    for (const auto& mirror : core::mnistMirrors())
        EXPECT_TRUE(mirror.starts_with("http") && mirror.ends_with("/")) << mirror;
}

} // namespace
