// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/run_writer.h"

#include "core/base/error.h"
#include "core/formats/model_file.h"
#include "core/runs/journal.h"

#include <algorithm>
#include <fmt/format.h>

namespace core
{

namespace
{

namespace fs = std::filesystem;

constexpr std::chrono::steady_clock::duration kInterval = std::chrono::seconds(1);
/// Saving may take this part of the time: on a slow disk it is done less often.
constexpr int kShareOfTime = 25;

void requireUnfinished(const fs::path& folder)
{
    for (const JournalLine& line : readJournal(folder))
        if (line.event == "finished" || line.event == "stopped" || line.event == "failed")
            throw Error(ErrorKind::Usage,
                        fmt::format("{}: is over (\"{}\"), so there is nothing to go on with",
                                    folder.string(), line.event));
}

/// What a kill between writing and renaming may have left behind.
void removeTemporaryFiles(const fs::path& folder)
{
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with("checkpoint.") || name.starts_with("model.safetensors."))
            fs::remove(entry.path(), ignored);
    }
}

} // namespace

RunWriter::RunWriter(const fs::path& folder) : m_folder(folder), m_lock(folder)
{
    requireUnfinished(folder);
    m_checkpoint = readCheckpoint(folder);
    removeTemporaryFiles(folder);
}

void RunWriter::begin(std::string_view backend, int threads, int images)
{
    m_journal.emplace(journalFile(m_folder), m_checkpoint ? m_checkpoint->journalLength : 0);
    append(startedLine(m_checkpoint.has_value(), backend, threads, images));
    m_lastSaved = std::chrono::steady_clock::now();
}

void RunWriter::append(std::string_view line)
{
    m_journal->append(fmt::format("{}\n", line));
}

bool RunWriter::checkpointDue(Moment moment) const
{
    const auto least = kShareOfTime * m_cost;
    const auto interval = moment == Moment::Any ? std::max(kInterval, least) : least;
    return std::chrono::steady_clock::now() - m_lastSaved >= interval;
}

void RunWriter::saveCheckpoint(const RunProgress& progress, std::span<const std::byte> state)
{
    const auto begun = std::chrono::steady_clock::now();
    m_journal->sync();
    writeCheckpoint(m_folder, {.journalLength = m_journal->length(),
                               .done = progress.done,
                               .total = progress.total,
                               .fraction = progress.fraction,
                               .state = {state.begin(), state.end()}});
    m_lastSaved = std::chrono::steady_clock::now();
    m_cost = m_lastSaved - begun;
}

void RunWriter::pause(const RunProgress& progress, std::span<const std::byte> state)
{
    append(messageLine("paused", ""));
    saveCheckpoint(progress, state);
}

void RunWriter::notePause(std::string_view message) noexcept
{
    note("paused", message);
}

void RunWriter::noteFailure(std::string_view message) noexcept
{
    note("failed", message);
}

void RunWriter::note(std::string_view event, std::string_view message) noexcept
{
    try {
        if (!m_journal)
            m_journal.emplace(journalFile(m_folder),
                              m_checkpoint ? m_checkpoint->journalLength : 0);
        append(messageLine(event, message));
        m_journal->sync();
    } catch (const std::exception&) {
        // The caller reports the message; this only was to keep it for later.
    }
}

void RunWriter::finish(const Model& model, const MeasuredAccuracy& accuracy, bool stopped,
                       const fs::path& out)
{
    saveModel(model, m_folder / "model.safetensors");
    if (!out.empty())
        saveModel(model, out);
    append(endLine({.stopped = stopped,
                    .parameters = model.parameters.count(),
                    .nonzero = model.parameters.nonzero(),
                    .accuracy = accuracy}));
    m_journal->sync();
}

} // namespace core
