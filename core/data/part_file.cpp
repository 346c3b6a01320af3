// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/part_file.h"

#include "core/base/error.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

namespace core
{

PartFile::PartFile(std::filesystem::path file) : m_path(std::move(file))
{
    m_descriptor = open(m_path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (m_descriptor < 0)
        fail(errno);
    if (flock(m_descriptor, LOCK_EX | LOCK_NB) != 0) {
        close(m_descriptor);
        throw Error(
            ErrorKind::Output,
            fmt::format("{}: is being written by another program already", m_path.string()));
    }
    const off_t end = lseek(m_descriptor, 0, SEEK_END);
    m_size = end > 0 ? static_cast<std::uint64_t>(end) : 0;
}

PartFile::~PartFile()
{
    close(m_descriptor);
    if (m_size == 0)
        unlink(m_path.c_str());
}

bool PartFile::append(std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = write(m_descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            m_error = errno;
            return false;
        }
        m_size += static_cast<std::uint64_t>(written);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

void PartFile::check() const
{
    if (m_error != 0)
        fail(m_error);
}

void PartFile::clear()
{
    if (ftruncate(m_descriptor, 0) != 0)
        fail(errno);
    m_size = 0;
}

void PartFile::sync()
{
    if (fsync(m_descriptor) != 0)
        fail(errno);
}

void PartFile::rename(const std::filesystem::path& target)
{
    if (std::rename(m_path.c_str(), target.c_str()) != 0)
        fail(errno);
}

void PartFile::fail(int error) const
{
    throw Error(ErrorKind::Output, fmt::format("{}: could not be written ({})", m_path.string(),
                                               std::strerror(error)));
}

} // namespace core
