// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/shared_folder.h"

#include <system_error>

namespace core
{

namespace fs = std::filesystem;

std::optional<fs::path> sharedFolder(std::string_view name)
{
    std::error_code failed;
    const fs::path program = fs::read_symlink("/proc/self/exe", failed).parent_path();
    if (failed)
        return std::nullopt;
    // The program is in bin, or in build/PRESET/bin.
    for (const char* place : {"../share/caddie", "../../..", "../../../resources"}) {
        const fs::path folder = (program / place / name).lexically_normal();
        if (fs::is_directory(folder, failed))
            return folder;
    }
    return std::nullopt;
}

} // namespace core
