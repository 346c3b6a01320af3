// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/data/mnist.h"

#include <chrono>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace core
{

struct MnistDownload {
    std::filesystem::path folder;     ///< made if absent; ends up with four .gz files
    std::vector<std::string> mirrors; ///< base addresses, tried in order; empty: mnistMirrors()
    std::vector<MnistFile> files;     ///< what to fetch; empty: mnistFiles()
    std::chrono::milliseconds patience{15000}; ///< how long a server may send nothing
};

const std::vector<std::string>& mnistMirrors();

/// Fetches the files that are not there yet, verifying the content of each by SHA-256. A file grows
/// under its name plus ".gz.part", goes on from there after a cut or in the next call, and gets its
/// name when it is whole and verified. Falls back to the next mirror on any failure.
/// Blocks; progress in bytes of the file at hand. Throws Error(DataMissing) naming what each mirror
/// answered, Error(Output) if the folder takes no file, Error(Input) if a file that is already
/// there is a different one. A stop throws nothing and returns false, keeping what has arrived.
bool downloadMnist(const MnistDownload& request, const ProgressObserver& observer = {},
                   std::stop_token stop = {});

} // namespace core
