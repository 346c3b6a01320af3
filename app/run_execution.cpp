// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run_execution.h"

#include "app/data_choice.h"
#include "app/environment.h"
#include "app/output.h"
#include "app/progress_line.h"
#include "app/stop_signal.h"
#include "core/base/error.h"
#include "core/runs/run_data.h"

#include <algorithm>
#include <fmt/format.h>

namespace app
{

namespace
{

namespace fs = std::filesystem;
using core::Error;
using core::ErrorKind;

std::string bar(double fraction)
{
    constexpr int kWidth = 24;
    const int full = std::clamp(static_cast<int>(fraction * kWidth), 0, kWidth);
    return fmt::format("[{}{}] {:3.0f} %", std::string(static_cast<std::size_t>(full), '='),
                       std::string(static_cast<std::size_t>(kWidth - full), ' '), 100 * fraction);
}

/// What progress counts, and what its speed does.
struct Units {
    const char* done;
    const char* speed;
};

Units unitsOf(core::RunKind kind)
{
    constexpr Units units[] = {{"epochs", "epochs"}, {"visits", "weights"}, {"steps", "steps"}};
    return units[static_cast<std::size_t>(kind)];
}

std::string textOf(const core::RunProgress& progress, core::RunKind kind)
{
    const Units units = unitsOf(kind);
    const auto thousands = [](std::uint64_t number) {
        return core::withThousands(static_cast<std::int64_t>(number));
    };
    std::string text =
        fmt::format("{}  {} {}", bar(progress.fraction), units.done, thousands(progress.done));
    if (progress.total > 0)
        text += fmt::format(" of {}", thousands(progress.total));
    if (progress.perSecond > 0)
        text += fmt::format(", {} {}/s", brief(progress.perSecond), units.speed);
    if (progress.secondsLeft >= 0)
        text += fmt::format(", {} left", core::durationText(progress.secondsLeft));
    return text;
}

std::string textOf(const core::EpochResult& epoch)
{
    std::string text =
        fmt::format("epoch {}: training loss {:.4f}, {} of {} right on test", epoch.epoch,
                    epoch.trainLoss, epoch.testCorrect, epoch.testImages);
    if (epoch.validationImages > 0)
        text += fmt::format(", {} of {} on validation", epoch.validationCorrect,
                            epoch.validationImages);
    return fmt::format("{}, {:.2g} s", text, epoch.seconds);
}

std::string textOf(const core::GolfStep& step, const core::RunSpec& spec)
{
    std::string text =
        fmt::format("{}: {} non-zero, training loss {:.4f}, {} right", core::phaseName(step.phase),
                    step.nonzero, step.trainLoss, step.correct);
    if (core::isRefused(step, std::get<core::GolfSpec>(spec.work).options))
        text += ", not better";
    if (step.bestNonzero > 0)
        text += fmt::format("; best {} with {} right", step.bestNonzero, step.bestCorrect);
    return text;
}

/// The folder may be what went wrong.
bool isThere(const core::RunSummary& summary)
{
    std::error_code ignored;
    return fs::exists(summary.folder / "spec.json", ignored);
}

/// The exit code, or the reason why the run paused.
int concludeRun(const CommonOptions& options, const core::RunSummary& summary)
{
    if (!core::canResume(summary.status))
        return 0;
    const fs::path folder = fs::absolute(summary.folder);
    if (!isThere(summary))
        throw Error(ErrorKind::Output, summary.message);
    const bool isUsual = folder.parent_path() == fs::absolute(userRunsFolder());
    // The sample digits are recognised by their name; a folder would have to be named again.
    const bool isElsewhere = options.data && *options.data != "samples";
    const std::string again =
        fmt::format("'caddie resume {}{}' goes on with it", isUsual ? summary.id : folder.string(),
                    isElsewhere ? " --data " + *options.data : "");
    if (!summary.message.empty())
        throw Error(ErrorKind::Output, fmt::format("{}; {}", summary.message, again));
    note(options, fmt::format("paused; {}", again));
    return kExitStopped;
}

} // namespace

fs::path runsFolder(const std::string& given)
{
    return given.empty() ? userRunsFolder() : fs::path(given);
}

fs::path findRun(const fs::path& runs, const std::string& reference)
{
    std::error_code ignored;
    if (fs::exists(fs::path(reference) / "spec.json", ignored))
        return reference;
    if (!reference.empty() && reference.find('/') == std::string::npos &&
        fs::exists(runs / reference / "spec.json", ignored))
        return runs / reference;
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(runs, ignored)) {
        const std::string name = entry.path().filename().string();
        if (!reference.empty() && name.starts_with(reference) &&
            fs::exists(entry.path() / "spec.json", ignored))
            found.push_back(entry.path());
    }
    if (found.size() > 1)
        throw Error(ErrorKind::Usage, fmt::format("{}: {} runs in {} begin like this", reference,
                                                  found.size(), runs.string()));
    if (found.empty())
        throw Error(ErrorKind::Usage,
                    fmt::format("{}: there is no such run in {} ('caddie runs' lists them)",
                                reference, runs.string()));
    return found.front();
}

core::RunData loadRunData(const CommonOptions& options, const core::RunSpec& spec)
{
    CommonOptions chosen = options;
    // Of a spec that no run was created with yet, the data has no name.
    if (!chosen.data && spec.data.starts_with("sample digits"))
        chosen.data = "samples";
    core::RunData data;
    if (core::needsTraining(spec))
        data.training = loadRequestedData(chosen, core::Split::Train);
    data.test = loadRequestedData(chosen, core::Split::Test);
    return data;
}

void checkModelOutput(const std::string& file)
{
    if (file.empty())
        return;
    const std::string extension = fs::path(file).extension().string();
    if (extension != ".safetensors" && extension != ".pt" && extension != ".pth")
        throw Error(ErrorKind::Usage,
                    fmt::format("--out {}: expected .safetensors, .pt or .pth", file));
    const fs::path folder = fs::absolute(file).parent_path();
    if (!fs::is_directory(folder))
        throw Error(ErrorKind::Output, fmt::format("{}: there is no such folder", folder.string()));
}

core::RunSummary executeRun(const CommonOptions& options, const fs::path& folder,
                            const core::RunData& data, int threads, core::RunWish wish)
{
    const StopSignal signal;
    core::RunControl control;
    if (wish == core::RunWish::StopAndKeep)
        control.stopAndKeep();
    const std::stop_callback pause(signal.token(), [&control] { control.pause(); });
    const core::RunSpec spec = core::RunRecord(folder).spec();
    const core::RunKind kind = core::kindOf(spec);
    ProgressLine line(options);
    core::RunObserver observer;
    observer.progress = [&](const core::RunProgress& progress) {
        if (line.isDue())
            line.show(textOf(progress, kind));
    };
    observer.step = [&](const core::GolfStep& step) { line.keep(textOf(step, spec)); };
    observer.epoch = [&](const core::EpochResult& epoch) { line.keep(textOf(epoch)); };
    return core::executeRun(folder, data, observer, control, threads);
}

int reportRun(const CommonOptions& options, const core::RunSummary& summary,
              std::optional<double> seconds)
{
    bool met = true;
    if (isThere(summary) && summary.kind == core::RunKind::Train)
        printTraining(options, summary);
    else if (isThere(summary) && summary.kind == core::RunKind::Golf)
        met = printGolf(options, summary);
    else if (isThere(summary))
        printPruning(options, summary, seconds);
    const int code = concludeRun(options, summary);
    if (code == 0 && !met)
        throw Error(ErrorKind::GoalNotReached,
                    fmt::format("{}: no network met the target", summary.id));
    return code;
}

} // namespace app
