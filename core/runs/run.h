// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/run_directory.h"

#include <atomic>
#include <filesystem>
#include <stop_token>

namespace core
{

/// What someone asks of a run that goes on; any thread may ask.
enum class RunWish { GoOn, Pause, StopAndKeep };

class RunControl
{
public:
    void pause();       ///< writes a checkpoint and returns, to be resumed
    void stopAndKeep(); ///< ends with the best so far
    RunWish wish() const { return m_wish; }
    std::stop_token token() const { return m_stop.get_token(); }
    /// Of pauses alone, also after stopAndKeep(): for what a run that ends has left to do.
    std::stop_token pauseToken() const { return m_pause.get_token(); }

private:
    std::atomic<RunWish> m_wish = RunWish::GoOn;
    std::stop_source m_stop;
    std::stop_source m_pause;
};

/// Starts or resumes a run and returns where it then stands. Blocks. Whenever the process is
/// killed, calling it again ends in the same bits as if nothing had happened. Where the folder can
/// not be written any more (disk full, read-only, gone) the run pauses and the summary's message
/// says so in one sentence; nothing already saved is lost. Takes the folder's lock: throws
/// Error(Usage) if another process, or another thread, is running it, or if it is over;
/// Error(Input) if its files are damaged; Error(DataMissing) if `data` is not what it was created
/// with. `threads` above 0 replaces the spec's.
RunSummary executeRun(const std::filesystem::path& folder, const RunData& data,
                      const RunObserver& observer, RunControl& control, int threads = 0);

} // namespace core
