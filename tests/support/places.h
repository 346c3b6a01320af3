// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <string_view>

namespace test
{

/// A file of the source tree: sourcePath("models"), sourcePath("tests/data/x.pt").
std::filesystem::path sourcePath(std::string_view relative);

/// Real MNIST and the published models, which are not part of the source tree: the folders named
/// by CADDIE_MNIST and CADDIE_SEED, nothing where those are unset or name no folder.
std::optional<std::filesystem::path> mnistFolder();
std::optional<std::filesystem::path> seedFolder();

/// An empty folder that is gone again at the end of the test.
class TemporaryFolder
{
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return m_path; }
    std::filesystem::path operator/(std::string_view name) const { return m_path / name; }

private:
    std::filesystem::path m_path;
};

void writeFile(const std::filesystem::path& file, std::string_view content);
std::string readFile(const std::filesystem::path& file);

} // namespace test

/// First line of a test that needs the data.
#define CADDIE_NEEDS_MNIST()                                                                       \
    if (!test::mnistFolder())                                                                      \
    GTEST_SKIP() << "MNIST is absent: set CADDIE_MNIST to the folder that has its four files"

#define CADDIE_NEEDS_SEED()                                                                        \
    if (!test::seedFolder())                                                                       \
    GTEST_SKIP() << "the published models are absent: set CADDIE_SEED to the folder that has them"
