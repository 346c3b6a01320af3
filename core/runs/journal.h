// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/run_events.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core
{

/// One line of a run's journal: a JSON object whose first key is "event".
struct JournalLine {
    std::string event; ///< "started", "resumed", "epoch", "visit", "paused", "stopped", "finished",
                       ///< "failed"
    std::string text;  ///< the whole object
};

std::filesystem::path journalFile(const std::filesystem::path& folder);

/// All complete lines; one that was cut off is left out. Nothing where there is no journal. Throws
/// Error(Input) naming file and line where one is not what Caddie writes.
std::vector<JournalLine> readJournal(const std::filesystem::path& folder);

// What the lines say. Reading throws Error(Input) where one is broken.

/// `images` is how many the run measures its network on.
std::string startedLine(bool resumed, std::string_view backend, int threads, int images);
std::string backendOf(const JournalLine& line);
int imagesOf(const JournalLine& line);

std::string epochLine(const EpochResult& result);
EpochResult epochOf(const JournalLine& line);

/// "paused" or "failed".
std::string messageLine(std::string_view event, std::string_view message);
std::string messageOf(const JournalLine& line);

/// What a run ended with.
struct RunEnding {
    bool stopped = false; ///< asked to, and kept the best so far
    std::size_t parameters = 0;
    std::size_t nonzero = 0;
    MeasuredAccuracy accuracy;
};
std::string endLine(const RunEnding& ending);
RunEnding endingOf(const JournalLine& line); ///< of a "finished" or "stopped" line

} // namespace core
