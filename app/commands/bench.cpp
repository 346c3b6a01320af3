// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/data_choice.h"
#include "app/output.h"
#include "app/progress_line.h"
#include "core/inspect/maximizer.h"
#include "core/model/architecture_text.h"
#include "core/model/parameters.h"
#include "core/prune/brute_force.h"
#include "core/runs/run_directory.h"
#include "core/train/trainer.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <functional>

namespace app
{

namespace
{

using core::BackendChoice;

constexpr const char* kNetwork = "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10";
constexpr int kAscentSteps = 512;

double secondsOf(const std::function<void()>& work)
{
    const auto begun = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

/// One kind of work on both backends, in seconds; below 0 where it was not asked for.
struct Comparison {
    std::string key;
    std::string work;
    double fused = -1;
    double torch = -1;
    std::string torchDoes; ///< how the other side was timed, where not by doing the same whole

    bool isComplete() const { return fused > 0 && torch > 0; }
};

/// The same work on the two backends. The slow one does a part of what is long, and the result is
/// scaled: all of it is loops whose rounds take the same time.
class Bench
{
public:
    explicit Bench(const CommonOptions& options)
        : m_options(options), m_line(options), m_training(loadData(options, core::Split::Train)),
          m_test(loadData(options, core::Split::Test)),
          m_architecture(core::parseArchitecture(kNetwork)), m_trained(train())
    {
    }

    std::vector<Comparison> run() { return {forward(), epoch(), pruning(), ascent()}; }

    const core::Dataset& test() const { return *m_test; }
    const std::string& fusedName() const { return m_fusedName; }
    const std::string& torchName() const { return m_torchName; }

private:
    std::unique_ptr<core::Backend> backend(BackendChoice choice) const
    {
        return core::makeBackend(m_architecture, {choice, m_options.threads});
    }
    bool asks(BackendChoice choice) const
    {
        return m_options.backend == BackendChoice::Auto || m_options.backend == choice;
    }

    /// Notes what is being done, and the least seconds of doing it twice after `warmUp`: what else
    /// the machine does only ever makes it slower.
    double time(const std::string& what, const std::function<void()>& warmUp,
                const std::function<void()>& work)
    {
        m_line.keep(what);
        warmUp();
        const double first = secondsOf(work);
        return std::min(first, secondsOf(work));
    }

    /// A network that can lose weights; two epochs are enough for that.
    std::vector<float> train()
    {
        m_line.keep("preparing a network");
        const auto engine =
            backend(asks(BackendChoice::Fused) ? BackendChoice::Fused : BackendChoice::Torch);
        if (asks(BackendChoice::Fused))
            m_fusedName = engine->name();
        if (asks(BackendChoice::Torch))
            m_torchName = backend(BackendChoice::Torch)->name();
        core::TrainingOptions options{.epochs = 2, .lr = 0.003};
        const core::Dataset few = firstImages(asks(BackendChoice::Fused) ? 20'000 : 2'000);
        const core::Parameters start = core::initialParameters(m_architecture, 1);
        return core::train(*engine, {start.values().begin(), start.values().end()}, few, *m_test,
                           options)
            .parameters;
    }

    core::Dataset firstImages(int count) const
    {
        core::Dataset part = *m_training;
        count = std::min(count, part.size());
        part.labels.resize(static_cast<std::size_t>(count));
        part.pixels.resize(static_cast<std::size_t>(count) *
                           static_cast<std::size_t>(part.height * part.width));
        return part;
    }

    Comparison forward()
    {
        Comparison result{
            .key = "forward",
            .work = fmt::format("right answers of {} images", core::withThousands(m_test->size())),
            .torchDoes = {}};
        const auto measure = [&](BackendChoice choice, int times) {
            const auto engine = backend(choice);
            const auto once = [&] { engine->evaluate(m_trained, *m_test); };
            return time("forward: " + engine->name(), once,
                        [&] {
                            for (int i = 0; i < times; ++i)
                                once();
                        }) /
                   times;
        };
        if (asks(BackendChoice::Fused))
            result.fused = measure(BackendChoice::Fused, 20);
        if (asks(BackendChoice::Torch))
            result.torch = measure(BackendChoice::Torch, 3);
        return result;
    }

    Comparison epoch()
    {
        constexpr int kFew = 4'000;
        Comparison result{.key = "epoch",
                          .work = fmt::format("an epoch of {} images, batch 14, AdamW",
                                              core::withThousands(m_training->size())),
                          .torchDoes = fmt::format("{} images, scaled", core::withThousands(kFew))};
        const auto measure = [&](BackendChoice choice, const core::Dataset& data) {
            const auto engine = backend(choice);
            m_line.keep("training: " + engine->name());
            const core::TrainingState state =
                core::train(*engine, m_trained, data, *m_test, {.epochs = 3});
            const auto fastest =
                std::ranges::min_element(state.epochs, {}, &core::EpochResult::seconds);
            return fastest->seconds * m_training->size() / data.size();
        };
        if (asks(BackendChoice::Fused))
            result.fused = measure(BackendChoice::Fused, *m_training);
        if (asks(BackendChoice::Torch))
            result.torch = measure(BackendChoice::Torch, firstImages(kFew));
        return result;
    }

    /// Of the test set: what one may lose is half a percent of the right answers.
    Comparison pruning()
    {
        const auto engine =
            backend(asks(BackendChoice::Fused) ? BackendChoice::Fused : BackendChoice::Torch);
        const core::Evaluation before = engine->evaluate(m_trained, *m_test);
        const core::PruneOptions options{.threshold = before.accuracy() - 0.005,
                                         .split = core::Split::Test};
        Comparison result{.key = "pruning",
                          .work = "a pruning pass over 784 weights",
                          .torchDoes = "784 times an evaluation"};
        constexpr int kWeights = 784;
        if (asks(BackendChoice::Fused))
            result.fused = time(
                "pruning: " + engine->name(), [] {},
                [&] {
                    core::prune(m_architecture, core::initialPruneState(m_trained), *m_test,
                                options, {BackendChoice::Fused, m_options.threads});
                });
        if (asks(BackendChoice::Torch)) {
            const auto torch = backend(BackendChoice::Torch);
            const auto once = [&] { torch->evaluate(m_trained, *m_test); };
            result.torch = kWeights *
                           time("pruning: " + torch->name(), once,
                                [&] {
                                    once();
                                    once();
                                }) /
                           2;
        }
        return result;
    }

    Comparison ascent()
    {
        constexpr int kFew = 16;
        std::vector<core::MaximizerTarget> targets;
        for (const std::string& group : core::maximizerGroups(m_architecture))
            for (auto& target : core::maximizerTargets(m_architecture, group))
                targets.push_back(std::move(target));
        Comparison result{.key = "visualization",
                          .work = fmt::format("{} targets x {} steps of gradient ascent",
                                              targets.size(), kAscentSteps),
                          .torchDoes = fmt::format("all in one batch, {} steps, scaled", kFew)};
        const auto measure = [&](BackendChoice choice, int steps) {
            const auto engine = backend(choice);
            const auto climb = [&](int count) {
                core::maximize(*engine, m_trained, targets, {.steps = count});
            };
            return time(
                       "visualization: " + engine->name(), [&] { climb(1); },
                       [&] { climb(steps); }) *
                   kAscentSteps / steps;
        };
        if (asks(BackendChoice::Fused))
            result.fused = measure(BackendChoice::Fused, kAscentSteps);
        if (asks(BackendChoice::Torch))
            result.torch = measure(BackendChoice::Torch, kFew);
        return result;
    }

    const CommonOptions& m_options;
    ProgressLine m_line;
    core::DatasetPointer m_training;
    core::DatasetPointer m_test;
    core::Architecture m_architecture;
    std::string m_fusedName;
    std::string m_torchName;
    std::vector<float> m_trained;
};

Json asJson(const Comparison& comparison)
{
    const auto seconds = [](double value) { return value < 0 ? Json() : Json(value); };
    return {
        {"work", comparison.work},
        {"fused_seconds", seconds(comparison.fused)},
        {"torch_seconds", seconds(comparison.torch)},
        {"torch_does", comparison.torchDoes},
        {"ratio", comparison.isComplete() ? Json(comparison.torch / comparison.fused) : Json()}};
}

std::string secondsAsText(double seconds)
{
    return seconds < 0 ? std::string("-") : brief(seconds) + " s";
}

int bench(const CommonOptions& options)
{
    Bench bench(options);
    const std::vector<Comparison> all = bench.run();
    Json object = {{"network", kNetwork},
                   {"data", bench.test().name},
                   {"threads", options.threads},
                   {"fused", bench.fusedName()},
                   {"torch", bench.torchName()}};
    Table table({"work", "torch timed by", "fused", "torch", "ratio"}, 2);
    for (const Comparison& one : all) {
        object[one.key] = asJson(one);
        table.add({one.work, one.torchDoes, secondsAsText(one.fused), secondsAsText(one.torch),
                   one.isComplete() ? fmt::format("{:.1f}", one.torch / one.fused) : "-"});
    }
    if (all.front().fused > 0)
        object["forward"]["images_per_second"] = bench.test().size() / all.front().fused;
    printResult(options, object,
                fmt::format("{}\nfused: {}; torch: {}, through the same program; {} "
                            "{} on {}\n",
                            table.text(), bench.fusedName().empty() ? "-" : bench.fusedName(),
                            bench.torchName().empty() ? "-" : bench.torchName(), options.threads,
                            options.threads == 1 ? "thread" : "threads", bench.test().name));
    return 0;
}

} // namespace

void addBench(CLI::App& program, RunCommand& run)
{
    auto* command = program.add_subcommand(
        "bench", "Measure what this machine does: both backends on the same work");
    auto options = std::make_shared<CommonOptions>();
    addCommonOptions(*command, *options);
    command->footer("Takes less than a minute where nothing else runs. The peer is LibTorch as "
                    "this program calls it; PyTorch's own figures are in tests/benchmarks.\n\n"
                    "Examples:\n"
                    "  caddie bench\n"
                    "  caddie bench --backend fused --threads 2 --json");
    command->callback([options, &run] { run = [options] { return bench(*options); }; });
}

} // namespace app
