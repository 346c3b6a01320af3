// SPDX-License-Identifier: GPL-3.0-or-later
// Seconds of one training epoch of the published 820-parameter network, by the clock and of the
// processor: batch 14, AdamW, one thread a training. With a number N: N trainings side by side.
// CADDIE_MNIST names MNIST's folder. Run train_epoch.py to have the ratio to PyTorch.
#include "core/data/mnist.h"
#include "core/model/architecture_text.h"
#include "core/model/parameters.h"
#include "core/train/trainer.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <thread>
#include <vector>

namespace
{

constexpr int kEpochs = 3;

core::Dataset firstImages(const core::Dataset& data, int count)
{
    core::Dataset part = data;
    part.labels.resize(static_cast<std::size_t>(count));
    part.pixels.resize(static_cast<std::size_t>(count * data.height * data.width));
    return part;
}

/// Of the fastest epoch: by the clock on the wall, and by what the processor gave this thread,
/// which is what counts on a machine that has other work to do.
struct Seconds {
    double wall = 1e9;
    double processor = 1e9;
};

double processorSeconds()
{
    timespec now = {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// With shuffling, loading pixels and the optimiser; processor time with an evaluation of 100
/// images as well.
Seconds trainOnce(const core::Dataset& training, const core::Dataset& test, std::uint64_t seed)
{
    const core::Architecture network =
        core::parseArchitecture("4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10");
    const auto backend =
        core::makeBackend(network, {.choice = core::BackendChoice::Fused, .threads = 1});
    const core::Parameters start = core::initialParameters(network, seed);
    core::TrainingOptions options;
    options.epochs = kEpochs;
    options.seed = seed;
    Seconds fastest;
    double before = processorSeconds();
    core::TrainingObserver observer;
    observer.epochFinished = [&](const core::EpochResult& epoch) {
        const double now = processorSeconds();
        fastest.wall = std::min(fastest.wall, epoch.seconds);
        fastest.processor = std::min(fastest.processor, now - before);
        before = now;
    };
    core::train(*backend, {start.values().begin(), start.values().end()}, training, test, options,
                observer);
    return fastest;
}

} // namespace

int main(int argc, char** argv)
{
    const char* folder = std::getenv("CADDIE_MNIST");
    const auto found = core::findMnist(std::filesystem::path(folder ? folder : "."));
    if (!found) {
        std::fprintf(stderr, "train_epoch: no MNIST in CADDIE_MNIST\n");
        return 1;
    }
    const core::Dataset training = core::loadMnist(*found, core::Split::Train);
    const core::Dataset test = firstImages(core::loadMnist(*found, core::Split::Test), 100);
    const int runs = argc > 1 ? std::max(1, std::atoi(argv[1])) : 1;
    std::vector<Seconds> seconds(static_cast<std::size_t>(runs));
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < seconds.size(); ++i)
            threads.emplace_back([&, i] { seconds[i] = trainOnce(training, test, i + 1); });
    }
    Seconds slowest = seconds[0];
    for (const Seconds& each : seconds)
        slowest = {std::max(slowest.wall, each.wall), std::max(slowest.processor, each.processor)};
    std::printf("%.4f %.4f\n", slowest.wall, slowest.processor);
}
