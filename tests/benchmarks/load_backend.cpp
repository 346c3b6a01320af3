// SPDX-License-Identifier: GPL-3.0-or-later
// What opening LibTorch's libraries costs, and what the first and the following activations do.
#include "core/inspect/activations.h"
#include "core/model/architecture_text.h"

#include <chrono>
#include <cstdio>
#include <vector>

namespace
{

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

} // namespace

int main()
{
    core::Model model;
    model.architecture =
        core::parseArchitecture("4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10");
    model.parameters = core::initialParameters(model.architecture, 1);
    const std::vector<float> image(784, 0.5F);

    Clock::time_point start = Clock::now();
    const auto backend = core::makeBackend(model.architecture);
    std::printf("loading LibTorch and making a backend: %.0f ms\n", millisecondsSince(start));

    start = Clock::now();
    const auto second = core::makeBackend(model.architecture);
    std::printf("making a second backend: %.2f ms\n", millisecondsSince(start));

    start = Clock::now();
    core::activationsOf(*backend, model, image);
    std::printf("first activations: %.2f ms\n", millisecondsSince(start));

    constexpr int kTimes = 1000;
    start = Clock::now();
    for (int i = 0; i < kTimes; ++i)
        core::activationsOf(*backend, model, image);
    std::printf("following activations: %.3f ms each\n", millisecondsSince(start) / kTimes);
}
