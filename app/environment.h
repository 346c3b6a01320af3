// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

namespace app
{

// What the program takes from its surroundings. Nothing else reads an environment variable.

/// Where a download goes: $XDG_DATA_HOME/caddie/mnist, else ~/.local/share/caddie/mnist.
std::filesystem::path userMnistFolder();

/// Where runs live unless --runs says otherwise: CADDIE_RUNS, else $XDG_DATA_HOME/caddie/runs, else
/// ~/.local/share/caddie/runs.
std::filesystem::path userRunsFolder();

/// Where submissions are kept that were checked here: $XDG_DATA_HOME/caddie/submissions, else
/// ~/.local/share/caddie/submissions.
std::filesystem::path userSubmissionsFolder();

/// Where sweeps keep their studies unless --storage says otherwise: $XDG_DATA_HOME/caddie/studies.db,
/// else ~/.local/share/caddie/studies.db.
std::filesystem::path userStudiesFile();

/// Where MNIST may be without being named, in order: CADDIE_MNIST, the user's data folder, and the
/// roots that torchvision's users have.
std::vector<std::filesystem::path> mnistFolders();

bool hasDisplay();

/// Lets Qt work without a display, unless the user chose a platform himself.
void useOffscreenPlatform();

bool errorIsTerminal();

} // namespace app
