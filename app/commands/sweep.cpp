// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/commands/sweep_arguments.h"
#include "app/commands/sweep_report.h"
#include "app/progress_line.h"
#include "app/run_execution.h"
#include "app/stop_signal.h"
#include "core/base/error.h"
#include "core/formats/model_file.h"
#include "core/model/architecture_text.h"
#include "core/search/train_objective.h"
#include "core/search/train_sweep.h"

#include <filesystem>
#include <fmt/format.h>

namespace app
{

namespace
{

namespace fs = std::filesystem;
using core::Error;
using core::ErrorKind;

/// The training that the trials vary: what was given, on the study's own where it has one.
core::RunSpec specOf(const SweepArguments& arguments, const std::optional<core::TrainStudy>& stored)
{
    core::RunSpec spec;
    const TrainArguments& train = arguments.train;
    if (stored)
        spec = stored->spec;
    else
        spec.work =
            core::TrainSpec{train.network.values().architecture,
                            {.keep = core::KeptEpoch::BestValidation, .seed = train.common.seed}};
    auto& work = std::get<core::TrainSpec>(spec.work);
    train.applyTo(work);
    work.architecture = core::toText(core::parseArchitecture(work.architecture));
    spec.backend = train.common.backend;
    return spec;
}

/// --out: the best trial's network under another name.
void writeBest(const SweepArguments& arguments, const core::Study& study)
{
    const std::string& out = arguments.train.common.out;
    if (out.empty())
        return;
    const core::Trial* best = core::bestTrial(study.history());
    const auto model =
        best ? best->userAttributes.find("model") : core::TrialAttributes::iterator();
    if (!best || model == best->userAttributes.end())
        throw Error(ErrorKind::Input,
                    fmt::format("study {}: no network of a best trial was kept", study.name()));
    core::saveModel(core::openModel(Json::parse(model->second).get<std::string>()), out);
}

core::SweepObserver observerOf(ProgressLine& line, const core::Study& study)
{
    core::SweepObserver observer;
    observer.reported = [&line](const core::Trial& trial) {
        if (line.isDue())
            line.show(fmt::format("trial {}, epoch {}: {}; {}", trial.number, *trial.lastStep(),
                                  percent(trial.reported.rbegin()->second), parametersText(trial)));
    };
    observer.finished = [&line, &study](const core::Trial& trial) {
        const core::Trial* best = core::bestTrial(study.history());
        line.keep(lineOf(trial) + (best ? fmt::format("; best before it: trial {}, {}",
                                                      best->number, percent(*best->value()))
                                        : ""));
    };
    observer.freed = [&line](const std::vector<int>& numbers) {
        for (const int number : numbers)
            line.keep(fmt::format("trial {}: its worker is dead, it is tried again", number));
    };
    observer.waiting = [&line](int others) {
        line.show(fmt::format("waiting for {} trials of other workers", others));
    };
    return observer;
}

int conclude(const SweepArguments& arguments, core::Study& study, const core::SweepResult& result)
{
    study.refresh();
    Json object = studyAsJson(study);
    object["here"] = {
        {"complete", result.complete}, {"pruned", result.pruned}, {"failed", result.failed}};
    object["stopped"] = result.stopped;
    object["exhausted"] = result.exhausted;
    if (!result.stopped)
        writeBest(arguments, study);
    object["out"] = outAsJson(arguments.train.common);
    printResult(arguments.train.common, object,
                studyAsText(study) + (result.stopped ? "" : outAsText(arguments.train.common)));
    return result.stopped ? kExitStopped : 0;
}

int sweep(const SweepArguments& arguments)
{
    checkModelOutput(arguments.train.common.out);
    const StopSignal stop;
    const auto asked = chosenSpace(arguments);
    const std::string url = storageOf(arguments);
    core::Study study({url, arguments.version}, arguments.study, core::Direction::Maximize);
    const auto stored = core::storedTrainStudy(study);
    core::TrainSweep sweep;
    sweep.work.spec = specOf(arguments, stored);
    sweep.work.space = asked    ? *asked
                       : stored ? stored->space
                                : core::searchSpacePresets().front().space;
    sweep.plan = {arguments.sampler, arguments.pruner, arguments.sweep.trials};
    sweep.plan.sampler.seed = arguments.train.common.seed;
    sweep.options = arguments.sweep;
    sweep.backend = arguments.train.common.backendOptions();
    sweep.models =
        arguments.models.empty() ? core::networksFolder(url) : fs::path(arguments.models);
    core::requireTrainSpace(sweep.work.space);
    const core::RunData data = loadRunData(arguments.train.common, sweep.work.spec);
    ProgressLine line(arguments.train.common);
    const core::SweepResult result =
        core::runTrainSweep(study, sweep, data, observerOf(line, study), stop.token());
    return conclude(arguments, study, result);
}

int list(const SweepArguments& arguments)
{
    const std::string url = storageOf(arguments);
    const auto studies = core::listStudies(url);
    Table table({"study", "begun", "trials", "complete"}, 2);
    for (const core::StudySummary& study : studies)
        table.add({printable(study.name), study.begun.substr(0, 16), std::to_string(study.trials),
                   std::to_string(study.complete)});
    printResult(arguments.train.common,
                {{"storage", core::databaseTitle(url)}, {"studies", asJson(studies)}},
                studies.empty() ? fmt::format("no studies in {}\n", core::databaseTitle(url))
                                : table.text());
    return 0;
}

int showBest(const SweepArguments& arguments)
{
    checkModelOutput(arguments.train.common.out);
    const core::Study study(storageOf(arguments), arguments.study);
    writeBest(arguments, study);
    printResult(arguments.train.common, studyAsJson(study),
                studyAsText(study) + outAsText(arguments.train.common));
    return 0;
}

int enqueue(const SweepArguments& arguments)
{
    core::Study study(storageOf(arguments), arguments.study);
    const auto stored = core::storedTrainStudy(study);
    const auto asked = chosenSpace(arguments);
    if (!asked && !stored)
        throw Error(ErrorKind::Usage, fmt::format("study {}: Caddie did not begin it, so that "
                                                  "--preset or --space has to say its ranges",
                                                  study.name()));
    const Json json = Json::parse(arguments.enqueue, nullptr, false);
    if (!json.is_object())
        throw Error(ErrorKind::Usage,
                    fmt::format("--enqueue {}: expected an object such as {{\"lr\": 0.002}}",
                                arguments.enqueue));
    std::map<std::string, core::SearchValue> values;
    for (const auto& [name, value] : json.items())
        values[name] = core::searchValueFromJson(value.dump());
    const int number = study.enqueue(values, asked ? *asked : stored->space);
    printResult(
        arguments.train.common, {{"study", study.name()}, {"number", number}},
        fmt::format("trial {} of study {} waits for the next worker\n", number, study.name()));
    return 0;
}

int dispatch(const SweepArguments& arguments)
{
    if (arguments.list)
        return list(arguments);
    if (arguments.study.empty())
        throw Error(ErrorKind::Usage, "--study is required: the name of the study");
    if (arguments.best)
        return showBest(arguments);
    return arguments.enqueue.empty() ? sweep(arguments) : enqueue(arguments);
}

} // namespace

void addSweep(CLI::App& program, RunCommand& run)
{
    auto* command =
        program.add_subcommand("sweep", "Search hyper-parameters; any number of workers share one");
    auto arguments = std::make_shared<SweepArguments>();
    addSweepOptions(*command, *arguments);
    command->footer(
        "A space may name batch, lr, lr_step, lr_gamma, lr_end, momentum, weight_decay, "
        "label_smoothing, epochs, seed, optimizer, schedule, architecture (as text), channels1, "
        "kernel1, ..., activation and pool. A trial's value is the accuracy of the kept epoch on "
        "the split that selects: validation, or test with --select best-test. Run it again to go "
        "on, on as many machines as you like; Optuna opens the study as well.\n\n"
        "Examples:\n"
        "  caddie sweep --study first --trials 40\n"
        "  caddie sweep --study shape --preset architecture --pruner hyperband --epochs 27\n"
        "  caddie sweep --study first --enqueue '{\"lr\": 0.002}'\n"
        "  caddie sweep --study first --best --out best.safetensors\n"
        "  caddie sweep --storage postgresql://golf@db/golf --study big --constant-liar\n"
        "  caddie sweep --list");
    command->callback([arguments, &run] { run = [arguments] { return dispatch(*arguments); }; });
}

} // namespace app
