// SPDX-License-Identifier: GPL-3.0-or-later
// How near the fused engine's forward pass of the published network comes to the most
// multiply-adds that a core does, which a loop of nothing else measures in turn with it.
#include "core/backend/fused/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/benchmarks/forward_peak.cpp"
#include <hwy/foreach_target.h>
// Highway wants its headers behind the line above.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace benchmark::HWY_NAMESPACE
{

namespace hn = hwy::HWY_NAMESPACE;

/// Multiply-adds of vectors in `rounds` rounds: 12 chains hide any latency.
HWY_ATTR float multiplyAdds(int rounds)
{
    const hn::ScalableTag<float> d;
    constexpr int kChains = 12;
    hn::Vec<decltype(d)> sums[kChains];
    for (int i = 0; i < kChains; ++i)
        sums[i] = hn::Set(d, static_cast<float>(i));
    const auto factor = hn::Set(d, 0.999F);
    const auto term = hn::Set(d, 0.001F);
    for (int round = 0; round < rounds; ++round)
#pragma GCC unroll 16
        for (int i = 0; i < kChains; ++i)
            sums[i] = hn::MulAdd(sums[i], factor, term);
    for (int i = 1; i < kChains; ++i)
        sums[0] = hn::Add(sums[0], sums[i]);
    return hn::GetLane(sums[0]);
}

double multiplyAddsARound()
{
    return 12.0 * static_cast<double>(hn::Lanes(hn::ScalableTag<float>()));
}

} // namespace benchmark::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include "core/backend/fused/backward.h"
#include "core/backend/fused/forward.h"
#include "core/model/architecture_text.h"
#include "core/model/parameters.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

namespace benchmark
{

HWY_EXPORT(multiplyAdds);
HWY_EXPORT(multiplyAddsARound);

namespace
{

using Clock = std::chrono::steady_clock;

template<typename Function>
double secondsOf(const Function& function)
{
    const auto start = Clock::now();
    function();
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Multiply-adds an image, where only what something reads is counted.
double multiplyAddsAnImage(const core::fused::Plan& plan)
{
    double sum = 0;
    for (const core::fused::Step& step : plan.steps()) {
        const double outputs =
            static_cast<double>(step.out.channels) * step.out.rows * step.out.columns;
        if (step.kind == core::fused::StepKind::Convolution)
            sum += outputs * step.in.channels * step.convolution.kernelHeight *
                   step.convolution.kernelWidth;
        if (step.kind == core::fused::StepKind::Linear)
            sum += outputs * static_cast<double>(step.in.size());
    }
    return sum;
}

} // namespace

int run()
{
    using namespace core;
    const Architecture network =
        parseArchitecture("4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10");
    const Parameters parameters = initialParameters(network, 1);
    const fused::ForwardKernels& kernels = fused::forwardKernels();
    const fused::Plan plan(network);
    fused::Workspace work(plan, kernels.lanes);
    const std::vector<float> image(784, 0.5F);
    const std::vector<const float*> images(static_cast<std::size_t>(kernels.lanes), image.data());
    fused::loadImages(kernels, plan, images, work.input.data());

    constexpr int kRounds = 150000;
    constexpr int kPasses = 30;
    constexpr int kTurns = 400;
    double peak = 0;
    double forward = 0;
    volatile float sink = 0;
    for (int turn = 0; turn < kTurns; ++turn) {
        const double peakSeconds =
            secondsOf([&] { sink = HWY_DYNAMIC_DISPATCH(multiplyAdds)(kRounds); });
        peak = std::max(peak, kRounds * HWY_DYNAMIC_DISPATCH(multiplyAddsARound)() / peakSeconds);
        const double seconds = secondsOf([&] {
            for (int pass = 0; pass < kPasses; ++pass)
                fused::forward(kernels, plan, parameters.values(), work, fused::Keep::Outputs);
        });
        forward = std::max(forward, kPasses * multiplyAddsAnImage(plan) * kernels.lanes / seconds);
    }
    std::printf("fused %s, one thread, best of %d turns of half a millisecond each\n", kernels.name,
                kTurns);
    std::printf("multiply-add loop: %.1f G/s\n", peak / 1e9);
    std::printf("forward pass of the published network (%.0f multiply-adds an image, with its "
                "activations and pools): %.1f G/s\n",
                multiplyAddsAnImage(plan), forward / 1e9);
    std::printf("%.0f %% of the peak\n", 100 * forward / peak);
    return 0;
}

} // namespace benchmark

int main()
{
    return benchmark::run();
}

#endif
