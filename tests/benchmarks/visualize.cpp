// SPDX-License-Identifier: GPL-3.0-or-later
// Seconds that all targets of the published network's feature visualisation (13 channels, 36
// neurons, 10 logits) take for 512 steps, by the clock and of the processor. Takes the number of
// threads. Run visualize.py to have the ratios to PyTorch.
#include "core/inspect/maximizer.h"
#include "core/model/architecture_text.h"
#include "core/model/parameters.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

int main(int argc, char** argv)
{
    constexpr int kTurns = 5;
    const core::Architecture network =
        core::parseArchitecture("4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10");
    const core::Parameters parameters = core::initialParameters(network, 1);
    const auto backend =
        core::makeBackend(network, {.choice = core::BackendChoice::Fused,
                                    .threads = argc > 1 ? std::max(1, std::atoi(argv[1])) : 1});
    std::vector<core::MaximizerTarget> targets;
    for (const std::string& group : core::maximizerGroups(network))
        for (core::MaximizerTarget& target : core::maximizerTargets(network, group))
            targets.push_back(std::move(target));
    double wall = 1e9;
    double processor = 1e9;
    for (int turn = 0; turn < kTurns; ++turn) {
        const std::clock_t ticks = std::clock();
        const auto begun = std::chrono::steady_clock::now();
        core::maximize(*backend, parameters.values(), targets, {.steps = 512});
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begun;
        wall = std::min(wall, seconds.count());
        processor = std::min(processor, static_cast<double>(std::clock() - ticks) / CLOCKS_PER_SEC);
    }
    std::printf("%zu %.4f %.4f\n", targets.size(), wall, processor);
}
