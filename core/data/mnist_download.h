// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace core
{

struct MnistDownload {
    std::filesystem::path folder;     ///< made if absent; ends up with four .gz files
    std::vector<std::string> mirrors; ///< base addresses, tried in order; empty: mnistMirrors()
};

const std::vector<std::string>& mnistMirrors();

/// Fetches the files that are not there yet, verifying the content of each by SHA-256. A file that
/// was cut off before goes on where it ended. Falls back to the next mirror on any failure.
/// Blocks; progress in bytes. Throws Error(DataMissing) naming what each mirror answered; a stop
/// throws nothing and returns false, keeping what has arrived.
bool downloadMnist(const MnistDownload& request, const ProgressObserver& observer = {},
                   std::stop_token stop = {});

} // namespace core
