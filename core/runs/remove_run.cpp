// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/runs/run_directory.h"
#include "core/runs/run_lock.h"

#include <fmt/format.h>

namespace core
{

namespace fs = std::filesystem;

void removeRun(const fs::path& folder)
{
    std::error_code error;
    fs::path path = fs::absolute(folder).lexically_normal();
    if (!path.has_filename())
        path = path.parent_path();
    // Whatever was named by mistake stays.
    if (!fs::exists(path / "spec.json", error) && !(fs::is_directory(path) && fs::is_empty(path)))
        throw Error(
            ErrorKind::Usage,
            fmt::format("{}: is no run, expected a folder with a spec.json", folder.string()));
    if (RunLock::isHeld(path))
        throw Error(ErrorKind::Usage,
                    fmt::format("{}: is running, pause it first", folder.string()));
    const fs::path hidden = path.parent_path() / (".gone-" + path.filename().string());
    fs::rename(path, hidden, error);
    if (!error)
        fs::remove_all(hidden, error);
    if (error)
        throw Error(ErrorKind::Output,
                    fmt::format("{}: could not be deleted ({})", folder.string(), error.message()));
}

} // namespace core
