// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common_options.h"
#include "core/base/progress.h"

#include <chrono>
#include <string>

namespace app
{

/// Progress on stderr: one line that is written over on a terminal, a line every two seconds
/// elsewhere with --progress, nothing with --quiet. Use it from one thread.
class ProgressLine
{
public:
    explicit ProgressLine(const CommonOptions& options);
    ~ProgressLine(); ///< wipes the line
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    /// Whether show() would show something now; for texts that cost more than asking.
    bool isDue() const;
    void show(const std::string& text);
    /// Of a core function: "MNIST: 1,200 of 10,000".
    core::ProgressObserver observer();
    /// A line that stays.
    void keep(const std::string& text);

private:
    void wipe();

    bool m_enabled = false;
    bool m_terminal = false;
    std::size_t m_width = 0;
    std::chrono::steady_clock::time_point m_last = {};
};

} // namespace app
