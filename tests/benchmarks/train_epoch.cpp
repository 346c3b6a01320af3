// SPDX-License-Identifier: GPL-3.0-or-later
// Seconds of one training epoch of the published 820-parameter network: batch 14, AdamW, one thread
// a training. With a number N: N trainings side by side. CADDIE_MNIST names MNIST's folder. Run
// train_epoch.py to have the ratio to PyTorch.
#include "core/data/mnist.h"
#include "core/model/architecture_text.h"
#include "core/model/parameters.h"
#include "core/train/trainer.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
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

/// The fastest of its epochs, with shuffling, loading pixels and the optimiser.
double trainOnce(const core::Dataset& training, const core::Dataset& test, std::uint64_t seed)
{
    const core::Architecture network =
        core::parseArchitecture("4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10");
    const auto backend =
        core::makeBackend(network, {.choice = core::BackendChoice::Fused, .threads = 1});
    const core::Parameters start = core::initialParameters(network, seed);
    core::TrainingOptions options;
    options.epochs = kEpochs;
    options.seed = seed;
    const auto state = core::train(*backend, {start.values().begin(), start.values().end()},
                                   training, test, options);
    double fastest = state.epochs[0].seconds;
    for (const core::EpochResult& epoch : state.epochs)
        fastest = std::min(fastest, epoch.seconds);
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
    std::vector<double> seconds(static_cast<std::size_t>(runs));
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < seconds.size(); ++i)
            threads.emplace_back([&, i] { seconds[i] = trainOnce(training, test, i + 1); });
    }
    std::printf("%.4f\n", *std::max_element(seconds.begin(), seconds.end()));
}
