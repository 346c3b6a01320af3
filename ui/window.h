// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ui
{

/// What the window starts with. Reads no environment itself: the command line fills this in.
struct WindowOptions {
    std::vector<std::string> models; ///< files to open; empty: the session of last time, or the
                                     ///< shipped models
    std::vector<std::filesystem::path> dataFolders;  ///< where MNIST may be; the first that has it
    std::vector<std::filesystem::path> modelFolders; ///< beside the places of the shipped models
    bool sampleDigits = false; ///< the built-in digits, even where MNIST is present
    int threads = 1;
    std::filesystem::path runs;       ///< where runs are kept; empty: the user's data folder
    int runThreads = 0;               ///< of all runs together; 0: as many as the processor has
    bool restoreSession = true;       ///< layout and open files of last time
    bool quitAfterFirstPaint = false; ///< prints the milliseconds since the process started
};

/// Makes the QApplication, shows the window, returns its exit code. Blocks until it closes.
int runWindow(const WindowOptions& options, int& argc, char** argv);

} // namespace ui
