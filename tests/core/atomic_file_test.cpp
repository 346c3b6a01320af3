// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/atomic_file.h"

#include "core/base/error.h"
#include "tests/support/places.h"

#include <csignal>
#include <gtest/gtest.h>
#include <string>
#include <sys/resource.h>

namespace
{

namespace fs = std::filesystem;
using core::writeFileAtomically;

std::size_t entriesIn(const fs::path& folder)
{
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

/// While alive, writing past `bytes` of a file fails with EFBIG.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_old);
        const rlimit limit = {bytes, m_old.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;
    ~FileSizeLimit()
    {
        setrlimit(RLIMIT_FSIZE, &m_old);
        std::signal(SIGXFSZ, m_handler);
    }

private:
    rlimit m_old = {};
    void (*m_handler)(int) = nullptr;
};

TEST(AtomicFile, WritesANewFileAndLeavesNothingElse)
{
    const test::TemporaryFolder folder;
    writeFileAtomically(folder / "new.txt", "content");
    EXPECT_EQ(test::readFile(folder / "new.txt"), "content");
    EXPECT_EQ(entriesIn(folder.path()), 1U);
}

TEST(AtomicFile, ReplacesTheOldContentAndKeepsItsPermissions)
{
    const test::TemporaryFolder folder;
    const auto file = folder / "old.txt";
    test::writeFile(file, "a longer content than the new one");
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    writeFileAtomically(file, "short");
    EXPECT_EQ(test::readFile(file), "short");
    EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST(AtomicFile, FollowsASymbolicLink)
{
    const test::TemporaryFolder folder;
    test::writeFile(folder / "target.txt", "old");
    fs::create_symlink(folder / "target.txt", folder / "link.txt");
    writeFileAtomically(folder / "link.txt", "new");
    EXPECT_TRUE(fs::is_symlink(folder / "link.txt"));
    EXPECT_EQ(test::readFile(folder / "target.txt"), "new");
}

TEST(AtomicFile, WritesNothingIntoAMissingFolder)
{
    const test::TemporaryFolder folder;
    try {
        writeFileAtomically(folder / "missing/file.txt", "content");
        FAIL() << "expected an error";
    } catch (const core::Error& error) {
        EXPECT_EQ(error.kind(), core::ErrorKind::Output);
        EXPECT_NE(std::string(error.what()).find("file.txt"), std::string::npos);
    }
    EXPECT_EQ(entriesIn(folder.path()), 0U);
}

TEST(AtomicFile, RefusesToReplaceAFolder)
{
    const test::TemporaryFolder folder;
    fs::create_directory(folder / "folder");
    EXPECT_THROW(writeFileAtomically(folder / "folder", "content"), core::Error);
    EXPECT_EQ(entriesIn(folder.path()), 1U);
}

TEST(AtomicFile, KeepsTheOldFileWhenTheNewOneDoesNotFit)
{
    // A limit on file size fails a write half-way just as a full disk does.
    const test::TemporaryFolder folder;
    test::writeFile(folder / "kept.txt", "old");
    const std::string large(1 << 20, 'x');
    {
        const FileSizeLimit limit(4096);
        EXPECT_THROW(writeFileAtomically(folder / "kept.txt", large), core::Error);
    }
    EXPECT_EQ(test::readFile(folder / "kept.txt"), "old");
    EXPECT_EQ(entriesIn(folder.path()), 1U);
}

} // namespace
