// SPDX-License-Identifier: GPL-3.0-or-later
// Seconds of the published pruning pass, from images and weights in memory to the pruned network:
//
//     CADDIE_MNIST=FOLDER prune_pass MODEL [THREADS]
//
// Prints seconds, parameters removed, non-zero ones left, right answers and visits. Run
// prune_pass.py to have the ratio to PyTorch.
#include "core/data/mnist.h"
#include "core/formats/model_file.h"
#include "core/prune/brute_force.h"
#include "core/prune/candidates.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv)
{
    const char* folder = std::getenv("CADDIE_MNIST");
    const auto found = core::findMnist(std::filesystem::path(folder ? folder : "."));
    if (argc < 2 || !found) {
        std::fprintf(stderr, "usage: CADDIE_MNIST=FOLDER prune_pass MODEL [THREADS]\n");
        return 1;
    }
    const core::Model model = core::openModel(argv[1]);
    const core::Dataset test = core::loadMnist(*found, core::Split::Test);
    const int threads = argc > 2 ? std::max(1, std::atoi(argv[2])) : 1;

    const auto start = std::chrono::steady_clock::now();
    const core::PruneState state =
        core::prune(model.architecture, core::initialPruneState(model.parameters.values()), test,
                    {.split = core::Split::Test}, {.threads = threads});
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    std::printf("%.4f %d %d %d %d\n", seconds.count(), static_cast<int>(state.removed),
                core::nonzeroCount(model.architecture, state.parameters), state.correct,
                static_cast<int>(state.visited));
}
