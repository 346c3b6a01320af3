// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/model/architecture_text.h"
#include "core/model/parameters.h"
#include "core/runs/checkpoint.h"
#include "core/runs/golf_line.h"
#include "core/runs/journal.h"
#include "core/runs/run_directory.h"
#include "core/runs/run_lock.h"
#include "core/runs/visit_line.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <tuple>

namespace core
{

namespace
{

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 7> kStatusNames = {
    "queued", "running", "paused", "interrupted", "stopped", "finished", "failed"};

/// The last line of one of these events.
const JournalLine* lastOf(const std::vector<JournalLine>& lines,
                          std::initializer_list<std::string_view> events)
{
    const auto found = std::find_if(lines.rbegin(), lines.rend(), [&](const JournalLine& line) {
        return std::ranges::find(events, line.event) != events.end();
    });
    return found == lines.rend() ? nullptr : &*found;
}

MeasuredAccuracy accuracyOn(const RunSpec& spec, Split split, int correct, int images)
{
    return {fmt::format("{} {}, {} images", spec.data, splitName(split), withThousands(images)),
            std::string(splitName(split)), correct, images};
}

void takeStatus(RunSummary& summary, const std::vector<JournalLine>& lines)
{
    const JournalLine* last =
        lastOf(lines, {"started", "resumed", "paused", "failed", "finished", "stopped"});
    if (!last)
        return;
    if (last->event == "finished" || last->event == "stopped") {
        const RunEnding ending = endingOf(*last);
        summary.status = ending.stopped ? RunStatus::Stopped : RunStatus::Finished;
        summary.parameters = ending.parameters;
        summary.nonzero = ending.nonzero;
        summary.accuracy = ending.accuracy;
        summary.model = summary.folder / "model.safetensors";
    } else if (last->event == "failed") {
        summary.status = RunStatus::Failed;
        summary.message = messageOf(*last);
    } else if (last->event == "paused") {
        summary.status = RunStatus::Paused;
        summary.message = messageOf(*last);
    } else {
        summary.status = RunStatus::Interrupted;
    }
}

void takeTraining(RunSummary& summary, const RunRecord& record,
                  const std::vector<JournalLine>& lines)
{
    const auto& train = std::get<TrainSpec>(record.spec().work);
    Parameters parameters;
    summary.progress.total = static_cast<std::uint64_t>(train.options.epochs);
    if (const JournalLine* line = lastOf(lines, {"epoch"})) {
        const EpochResult epoch = epochOf(*line);
        summary.progress.done = static_cast<std::uint64_t>(epoch.epoch);
        summary.progress.fraction =
            static_cast<double>(epoch.epoch) / std::max(train.options.epochs, 1);
        summary.accuracy =
            accuracyOn(record.spec(), Split::Test, epoch.testCorrect, epoch.testImages);
        const std::vector<float> values = record.parametersAfter(epoch.epoch);
        if (!values.empty()) {
            parameters = Parameters(parseArchitecture(train.architecture));
            std::ranges::copy(values, parameters.values().begin());
        }
    }
    if (parameters.values().empty())
        parameters = record.start().parameters;
    summary.parameters = parameters.count();
    summary.nonzero = parameters.nonzero();
}

void takePruning(RunSummary& summary, const RunRecord& record,
                 const std::vector<JournalLine>& lines)
{
    const Parameters start = record.start().parameters;
    summary.parameters = start.count();
    summary.nonzero = start.nonzero();
    const JournalLine* begun = lastOf(lines, {"started", "resumed"});
    const JournalLine* line = lastOf(lines, {"visit"});
    if (!begun || !line)
        return;
    const PruneVisit visit = visitOf(*line);
    summary.progress.done = visit.visit;
    summary.nonzero = static_cast<std::size_t>(visit.nonzero);
    summary.accuracy =
        accuracyOn(record.spec(), std::get<PruneSpec>(record.spec().work).options.split,
                   visit.removed ? visit.correct : visit.correctBefore, imagesOf(*begun));
}

void takeGolf(RunSummary& summary, const RunRecord& record, const std::vector<JournalLine>& lines)
{
    const Model start = record.start();
    summary.parameters = start.parameters.count();
    summary.nonzero = summary.parameters;
    const JournalLine* begun = lastOf(lines, {"started", "resumed"});
    const JournalLine* line = lastOf(lines, {"step"});
    if (!begun || !line)
        return;
    const GolfStep step = golfStepOf(*line);
    summary.progress.done = step.step;
    const bool met = step.bestNonzero > 0;
    summary.nonzero = static_cast<std::size_t>(met ? step.bestNonzero : step.nonzero);
    summary.accuracy = accuracyOn(record.spec(), std::get<GolfSpec>(record.spec().work).select,
                                  met ? step.bestCorrect : step.correct, imagesOf(*begun));
}

/// While it runs, the checkpoint knows more than the last epoch.
void takeCheckpoint(RunSummary& summary)
{
    const std::optional<Checkpoint> checkpoint = readCheckpoint(summary.folder);
    if (!checkpoint)
        return;
    summary.progress.total = std::max(summary.progress.total, checkpoint->total);
    summary.progress.fraction = std::max(summary.progress.fraction, checkpoint->fraction);
}

RunSummary unreadable(const fs::path& folder, const std::string& message)
{
    RunSummary summary;
    summary.id = folder.filename().string();
    summary.title = summary.id;
    summary.folder = folder;
    summary.status = RunStatus::Failed;
    summary.message = message;
    return summary;
}

RunSummary summaryOf(const fs::path& folder)
{
    try {
        return RunRecord(folder).summary();
    } catch (const std::exception& error) {
        return unreadable(folder, error.what());
    }
}

/// Runs' names begin with the second in which they were created; spec.json is written once, so its
/// time tells apart those of one second.
std::tuple<std::string, fs::file_time_type, std::string> creationOf(const RunSummary& summary)
{
    constexpr std::size_t kSecondsEnd = std::string_view("2026-11-22-101500").size();
    std::error_code ignored;
    return {summary.id.substr(0, kSecondsEnd),
            fs::last_write_time(summary.folder / "spec.json", ignored), summary.id};
}

} // namespace

std::string_view statusName(RunStatus status)
{
    return kStatusNames[static_cast<std::size_t>(status)];
}

bool canResume(RunStatus status)
{
    return status == RunStatus::Queued || status == RunStatus::Paused ||
           status == RunStatus::Interrupted;
}

RunSummary RunRecord::summary() const
{
    RunSummary summary;
    summary.id = m_id;
    summary.title = m_spec.title;
    summary.kind = kindOf(m_spec);
    summary.folder = m_folder;
    // Asked first: if the run ends right after, its last line is in the journal.
    const bool running = RunLock::isHeld(m_folder);
    const std::vector<JournalLine> lines = readJournal(m_folder);
    if (summary.kind == RunKind::Train)
        takeTraining(summary, *this, lines);
    else if (summary.kind == RunKind::Golf)
        takeGolf(summary, *this, lines);
    else
        takePruning(summary, *this, lines);
    takeStatus(summary, lines);
    if (const JournalLine* begun = lastOf(lines, {"started", "resumed"}))
        summary.backend = backendOf(*begun);
    if (!summary.model.empty()) {
        summary.progress.fraction = 1;
        summary.progress.total = std::max(summary.progress.total, summary.progress.done);
        return summary;
    }
    takeCheckpoint(summary);
    if (running && summary.status != RunStatus::Failed) {
        summary.status = RunStatus::Running;
        summary.message.clear();
    }
    return summary;
}

std::vector<RunSummary> listRuns(const fs::path& runs)
{
    std::vector<RunSummary> summaries;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(runs, ignored)) {
        const bool hidden = entry.path().filename().string().starts_with(".");
        if (!hidden && entry.is_directory(ignored))
            summaries.push_back(summaryOf(entry.path()));
    }
    std::ranges::sort(summaries, std::greater(), creationOf);
    return summaries;
}

} // namespace core
