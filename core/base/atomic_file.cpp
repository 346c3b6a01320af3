// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/atomic_file.h"

#include "core/base/error.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <random>
#include <string>
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

std::filesystem::path folderOf(const std::filesystem::path& file)
{
    return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

/// A file without a name yet, so that not even a kill leaves half a file behind; below 0 where the
/// file system or a missing /proc does not allow it.
int openNameless(const std::filesystem::path& folder)
{
    if (access("/proc/self/fd", X_OK) != 0)
        return -1;
    return open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
}

/// The temporary file; gone again unless it was renamed into place.
class TemporaryFile
{
public:
    explicit TemporaryFile(const std::filesystem::path& target)
        : m_target(target), m_descriptor(openNameless(folderOf(target)))
    {
        if (m_descriptor >= 0)
            return;
        m_name = target.string() + ".XXXXXX";
        m_descriptor = mkstemp(m_name.data());
        if (m_descriptor < 0)
            fail(target, errno);
    }

    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    ~TemporaryFile()
    {
        if (m_descriptor >= 0)
            close(m_descriptor);
        if (!m_renamed && !m_name.empty())
            unlink(m_name.c_str());
    }

    void write(std::span<const std::byte> content)
    {
        while (!content.empty()) {
            const ssize_t written = ::write(m_descriptor, content.data(), content.size());
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0)
                fail(m_target, errno);
            content = content.subspan(static_cast<std::size_t>(written));
        }
    }

    void takeModeOfTarget()
    {
        struct stat old = {};
        mode_t mode = 0;
        if (stat(m_target.c_str(), &old) == 0) {
            mode = old.st_mode & 07777;
        } else {
            const mode_t mask = umask(0);
            umask(mask);
            mode = 0666 & ~mask;
        }
        if (fchmod(m_descriptor, mode) != 0)
            fail(m_target, errno);
    }

    void moveIntoPlace()
    {
        if (fsync(m_descriptor) != 0)
            fail(m_target, errno);
        if (m_name.empty())
            takeName();
        const int descriptor = m_descriptor;
        m_descriptor = -1;
        if (close(descriptor) != 0)
            fail(m_target, errno);
        if (std::rename(m_name.c_str(), m_target.c_str()) != 0)
            fail(m_target, errno);
        m_renamed = true;
        syncFolder();
    }

private:
    /// A link can't replace a file, so the name is one beside it.
    void takeName()
    {
        const std::string nameless = fmt::format("/proc/self/fd/{}", m_descriptor);
        std::random_device random;
        while (m_name.empty()) {
            const std::string name = fmt::format("{}.{:08x}", m_target.string(), random());
            if (linkat(AT_FDCWD, nameless.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0)
                m_name = name;
            else if (errno != EEXIST)
                fail(m_target, errno);
        }
    }

    void syncFolder() const
    {
        const auto folder = folderOf(m_target);
        const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (descriptor < 0)
            return; // the rename has happened; a folder that can't be opened can't be synced
        fsync(descriptor);
        close(descriptor);
    }

    std::filesystem::path m_target;
    std::string m_name;
    int m_descriptor = -1;
    bool m_renamed = false;
};

std::filesystem::path linkTarget(const std::filesystem::path& file)
{
    std::error_code error;
    if (!std::filesystem::is_symlink(file, error))
        return file;
    const auto target = std::filesystem::weakly_canonical(file, error);
    return error ? file : target;
}

} // namespace

void writeFileAtomically(const std::filesystem::path& file, std::span<const std::byte> content)
{
    const auto target = linkTarget(file);
    if (std::filesystem::is_directory(target))
        throw Error(ErrorKind::Output,
                    fmt::format("{}: is a folder, expected a file to write to", file.string()));
    TemporaryFile temporary(target);
    temporary.write(content);
    temporary.takeModeOfTarget();
    temporary.moveIntoPlace();
}

void writeFileAtomically(const std::filesystem::path& file, std::string_view content)
{
    writeFileAtomically(file, std::as_bytes(std::span(content)));
}

} // namespace core
