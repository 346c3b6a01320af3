// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/run_lock.h"

#include "core/base/error.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace core
{

namespace
{

std::filesystem::path lockFile(const std::filesystem::path& folder)
{
    return folder / "lock";
}

struct flock wholeFile()
{
    struct flock range = {};
    range.l_type = F_WRLCK;
    range.l_whence = SEEK_SET;
    return range;
}

} // namespace

// "Open file description" locks: unlike the older kind they hold between threads too, and unlike
// flock() they can be asked for without being taken.
RunLock::RunLock(const std::filesystem::path& folder)
{
    m_descriptor = open(lockFile(folder).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (m_descriptor < 0)
        throw Error(ErrorKind::Output,
                    fmt::format("{}: could not be written ({})", lockFile(folder).string(),
                                std::strerror(errno)));
    struct flock range = wholeFile();
    if (fcntl(m_descriptor, F_OFD_SETLK, &range) == 0)
        return;
    const int error = errno;
    close(m_descriptor);
    if (error == EAGAIN || error == EACCES)
        throw Error(ErrorKind::Usage, fmt::format("{}: is already running", folder.string()));
    throw Error(ErrorKind::Output, fmt::format("{}: could not be locked ({})",
                                               lockFile(folder).string(), std::strerror(error)));
}

RunLock::~RunLock()
{
    close(m_descriptor);
}

bool RunLock::isHeld(const std::filesystem::path& folder)
{
    const int descriptor = open(lockFile(folder).c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    struct flock range = wholeFile();
    const bool held = fcntl(descriptor, F_OFD_GETLK, &range) == 0 && range.l_type != F_UNLCK;
    close(descriptor);
    return held;
}

} // namespace core
