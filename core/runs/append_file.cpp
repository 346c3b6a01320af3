// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/append_file.h"

#include "core/base/error.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace core
{

namespace
{

[[noreturn]] void fail(const std::filesystem::path& file, int error)
{
    throw Error(ErrorKind::Output,
                fmt::format("{}: could not be written ({})", file.string(), std::strerror(error)));
}

} // namespace

AppendFile::AppendFile(std::filesystem::path file, std::uint64_t length)
    : m_file(std::move(file)), m_length(length)
{
    m_descriptor = open(m_file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (m_descriptor < 0)
        fail(m_file, errno);
    struct stat status = {};
    if (fstat(m_descriptor, &status) != 0)
        fail(m_file, errno);
    const auto found = static_cast<std::uint64_t>(status.st_size);
    if (found < length) {
        close(m_descriptor);
        throw Error(ErrorKind::Input, fmt::format("{}: has {} bytes, expected at least {}",
                                                  m_file.string(), found, length));
    }
    if (found > length && ftruncate(m_descriptor, static_cast<off_t>(length)) != 0) {
        const int error = errno;
        close(m_descriptor);
        fail(m_file, error);
    }
}

AppendFile::~AppendFile()
{
    close(m_descriptor);
}

void AppendFile::append(std::span<const std::byte> piece)
{
    std::uint64_t end = m_length;
    while (!piece.empty()) {
        const ssize_t written =
            pwrite(m_descriptor, piece.data(), piece.size(), static_cast<off_t>(end));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            const int error = errno;
            // Makes room, so that it can't fail for want of it; if it does, opening cuts the file.
            if (ftruncate(m_descriptor, static_cast<off_t>(m_length)) != 0)
                m_synced = false;
            fail(m_file, error);
        }
        piece = piece.subspan(static_cast<std::size_t>(written));
        end += static_cast<std::uint64_t>(written);
    }
    m_length = end;
    m_synced = false;
}

void AppendFile::append(std::string_view piece)
{
    append(std::as_bytes(std::span(piece)));
}

void AppendFile::sync()
{
    if (!m_synced && fdatasync(m_descriptor) != 0)
        fail(m_file, errno);
    m_synced = true;
}

} // namespace core
