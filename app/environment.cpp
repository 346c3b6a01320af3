// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/environment.h"

#include <cstdlib>
#include <unistd.h>

namespace app
{

namespace
{

namespace fs = std::filesystem;

/// Empty where the variable is unset or empty.
fs::path folderFrom(const char* variable)
{
    const char* value = std::getenv(variable);
    return value ? fs::path(value) : fs::path();
}

bool isSet(const char* variable)
{
    return !folderFrom(variable).empty();
}

fs::path userDataFolder()
{
    fs::path base = folderFrom("XDG_DATA_HOME");
    // The XDG specification: a relative path is invalid and has to be ignored.
    if (!base.is_absolute())
        base = folderFrom("HOME") / ".local" / "share";
    return base / "caddie";
}

} // namespace

fs::path userMnistFolder()
{
    return userDataFolder() / "mnist";
}

fs::path userRunsFolder()
{
    return isSet("CADDIE_RUNS") ? folderFrom("CADDIE_RUNS") : userDataFolder() / "runs";
}

fs::path userSubmissionsFolder()
{
    return userDataFolder() / "submissions";
}

fs::path userStudiesFile()
{
    return userDataFolder() / "studies.db";
}

std::vector<fs::path> mnistFolders()
{
    std::vector<fs::path> folders;
    if (isSet("CADDIE_MNIST"))
        folders.push_back(folderFrom("CADDIE_MNIST"));
    folders.push_back(userMnistFolder());
    // torchvision has no folder of its own: its root is what the script says, most often one of
    // these.
    for (const char* root : {"data", "../data", "."})
        folders.emplace_back(root);
    if (isSet("HOME"))
        for (const char* root : {"data", "datasets", ".cache/torch", ".cache/torchvision"})
            folders.push_back(folderFrom("HOME") / root);
    return folders;
}

bool hasDisplay()
{
    return isSet("QT_QPA_PLATFORM") || isSet("DISPLAY") || isSet("WAYLAND_DISPLAY");
}

void useOffscreenPlatform()
{
    setenv("QT_QPA_PLATFORM", "offscreen", /*overwrite=*/0);
}

bool errorIsTerminal()
{
    return isatty(STDERR_FILENO) != 0;
}

} // namespace app
