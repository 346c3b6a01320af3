// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/run.h"

#include "core/base/error.h"
#include "core/runs/run_data.h"
#include "core/runs/run_writer.h"

#include <fmt/format.h>

namespace core
{

namespace
{

namespace fs = std::filesystem;

/// The data has to be what the run began with, or its end would be another.
void requireSameData(const RunRecord& record, const RunData& data)
{
    const RunSpec& spec = record.spec();
    const std::string found = dataHashOf(spec, data);
    if (found != spec.dataHash)
        throw Error(ErrorKind::DataMissing,
                    fmt::format("{}: was created with {} (SHA-256 {}...), the data given is {} "
                                "({}...)",
                                record.id(), spec.data, spec.dataHash.substr(0, 8), data.test->name,
                                found.substr(0, 8)));
}

/// What pauses a run rather than failing it: the next try may be luckier.
bool mayPass(ErrorKind kind)
{
    return kind == ErrorKind::Output || kind == ErrorKind::Unexpected;
}

bool isGone(const fs::path& folder)
{
    std::error_code ignored;
    return !fs::exists(folder / "spec.json", ignored);
}

std::string sentenceFor(const fs::path& folder, const std::exception& error)
{
    if (isGone(folder))
        return fmt::format("{}: the run's folder is gone, so it can't go on", folder.string());
    if (dynamic_cast<const std::bad_alloc*>(&error))
        return "there is not enough memory";
    return error.what();
}

/// Where the folder can't tell (any more), what is known of it.
RunSummary summaryOf(const RunRecord& record)
{
    try {
        return record.summary();
    } catch (const Error&) {
        RunSummary summary;
        summary.id = record.id();
        summary.title = record.spec().title;
        summary.kind = kindOf(record.spec());
        summary.folder = record.folder();
        return summary;
    }
}

RunSummary pausedBy(const RunRecord& record, const std::string& message)
{
    RunSummary summary = summaryOf(record);
    summary.status = RunStatus::Paused;
    summary.message = message;
    return summary;
}

/// Returns why the run pauses, if it does so unasked.
std::optional<std::string> work(const RunContext& context)
{
    try {
        switch (kindOf(context.record.spec())) {
        case RunKind::Train:
            executeTraining(context);
            break;
        case RunKind::Prune:
            executePruning(context);
            break;
        case RunKind::Golf:
            executeGolf(context);
            break;
        }
        return std::nullopt;
    } catch (const std::exception& error) {
        const std::string sentence = sentenceFor(context.record.folder(), error);
        const auto* ours = dynamic_cast<const Error*>(&error);
        if (ours && !mayPass(ours->kind())) {
            context.writer.noteFailure(sentence);
            throw;
        }
        context.writer.notePause(sentence);
        return sentence;
    }
}

} // namespace

void RunControl::pause()
{
    RunWish expected = RunWish::GoOn; // who asked to stop and keep wants more than a pause
    m_wish.compare_exchange_strong(expected, RunWish::Pause);
    m_pause.request_stop();
    m_stop.request_stop();
}

void RunControl::stopAndKeep()
{
    m_wish = RunWish::StopAndKeep;
    m_stop.request_stop();
}

RunSummary executeRun(const fs::path& folder, const RunData& data, const RunObserver& observer,
                      RunControl& control, int threads)
{
    const RunRecord record(folder);
    const RunSpec& spec = record.spec();
    std::optional<std::string> paused;
    try {
        RunWriter writer(folder);
        requireSameData(record, data);
        const int used = threads > 0 ? threads : spec.threads;
        paused = work({record, data, observer, control, {spec.backend, used}, writer});
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::Output)
            throw;
        paused = sentenceFor(folder, error); // not even the lock could be written
    }
    if (!paused && isGone(folder)) // after the last thing that was written
        paused =
            fmt::format("{}: the run's folder is gone, and with it the result", folder.string());
    // Asked once the lock is free, which would make it look as if the run went on.
    return paused ? pausedBy(record, *paused) : summaryOf(record);
}

} // namespace core
