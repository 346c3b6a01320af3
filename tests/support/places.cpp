// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/places.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace test
{

namespace
{

std::optional<std::filesystem::path> folderNamedBy(const char* variable)
{
    const char* value = std::getenv(variable);
    if (!value || !std::filesystem::is_directory(value))
        return std::nullopt;
    return std::filesystem::absolute(value);
}

} // namespace

std::filesystem::path sourcePath(std::string_view relative)
{
    return std::filesystem::path(CADDIE_SOURCE_FOLDER) / relative;
}

std::optional<std::filesystem::path> mnistFolder()
{
    return folderNamedBy("CADDIE_MNIST");
}

std::optional<std::filesystem::path> seedFolder()
{
    return folderNamedBy("CADDIE_SEED");
}

TemporaryFolder::TemporaryFolder()
{
    std::string name = (std::filesystem::temp_directory_path() / "caddie-test-XXXXXX").string();
    if (!mkdtemp(name.data()))
        throw std::runtime_error("no temporary folder could be made at " + name);
    m_path = name;
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

void writeFile(const std::filesystem::path& file, std::string_view content)
{
    std::ofstream out(file, std::ios::binary);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    if (!out.flush())
        throw std::runtime_error("could not write " + file.string());
}

std::string readFile(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    if (!in)
        throw std::runtime_error("could not read " + file.string());
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

} // namespace test
