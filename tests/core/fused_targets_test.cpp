// SPDX-License-Identifier: GPL-3.0-or-later
// The fused backend on each kind of processor that this one can act as.
#include "core/backend/fused/coverage.h"
#include "core/backend/fused/fused_backend.h"
#include "core/backend/fused/kernels.h"
#include "core/backend/fused/targets.h"
#include "core/data/sample_digits.h"
#include "core/model/architecture_text.h"
#include "tests/support/naive_network.h"
#include "tests/support/random_architecture.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <gtest/gtest.h>
#include <hwy/highway.h>
#include <new>
#include <numeric>

namespace
{

/// Calls of operator new by anybody.
std::atomic<std::size_t> allocations = 0;

void* counted(std::size_t size, std::size_t alignment)
{
    ++allocations;
    const std::size_t rounded = (std::max<std::size_t>(size, 1) + alignment - 1) / alignment;
    if (void* memory = std::aligned_alloc(alignment, rounded * alignment))
        return memory;
    throw std::bad_alloc();
}

} // namespace

void* operator new(std::size_t size)
{
    return counted(size, alignof(std::max_align_t));
}

void* operator new(std::size_t size, std::align_val_t alignment)
{
    return counted(size, static_cast<std::size_t>(alignment));
}

void operator delete(void* memory) noexcept
{
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}

void operator delete(void* memory, std::align_val_t) noexcept
{
    std::free(memory);
}

namespace core
{

namespace
{

const char* const kPublished = "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10";

/// Makes Highway's dispatch believe that the processor has this target and the plain one only.
class FusedTarget : public testing::TestWithParam<std::int64_t>
{
protected:
    void SetUp() override
    {
        hwy::SetSupportedTargetsForTest(0);
        if ((hwy::SupportedTargets() & GetParam()) == 0)
            GTEST_SKIP() << "this processor has no " << hwy::TargetName(GetParam());
        hwy::SetSupportedTargetsForTest(GetParam());
        hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    }

    void TearDown() override
    {
        hwy::SetSupportedTargetsForTest(0);
        hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    }
};

} // namespace

TEST_P(FusedTarget, AgreesWithPlainLoopsOnRandomNetworks)
{
    for (std::uint64_t seed = 100; seed < 130; ++seed) {
        const Architecture architecture = test::randomGolfNetwork(seed);
        const Parameters parameters = test::livelyParameters(architecture, seed);
        const auto backend = fused::makeFusedBackend(architecture, 1);
        const auto images = test::randomImages(architecture, 5, seed);
        const auto area = static_cast<std::size_t>(architecture.inputShape().area());
        std::vector<int> layers(architecture.layers().size());
        std::iota(layers.begin(), layers.end(), 0);
        const auto outputs = backend->activations(parameters.values(), images, layers);
        const auto expected =
            test::naiveForward(architecture, test::inDouble(parameters.values()),
                               test::inDouble(std::span(images).subspan(4 * area, area)));
        for (std::size_t layer = 0; layer < layers.size(); ++layer) {
            const std::size_t count = expected[layer].size();
            double largest = 0;
            for (const double value : expected[layer])
                largest = std::max(largest, std::abs(value));
            for (std::size_t i = 0; i < count; ++i)
                ASSERT_NEAR(outputs[layer].values[4 * count + i], expected[layer][i],
                            1e-4 * largest)
                    << toText(architecture) << " layer " << layer;
        }
    }
}

// In double a step can be small enough that no kink of ReLU or max pooling lies within it.
TEST_P(FusedTarget, LearnsAlongFiniteDifferences)
{
    constexpr double kStep = 1e-6;
    for (const char* text :
         {kPublished, "3@2x5 stride 2 pad 1 relu avgpool, 4@3x3 pad 1 pool leaky, linear 7",
          "5@1x1 pool prelu1, 2@2x2 prelu pool 3 stride 2 pad 1 ceil, linear 4"}) {
        const Architecture architecture = parseArchitecture(text);
        const Parameters parameters = test::livelyParameters(architecture, 2);
        const auto images = test::randomImages(architecture, 2, 3);
        const std::vector<std::uint8_t> labels = {3, 0};
        LossGradient found;
        fused::makeFusedBackend(architecture, 1)
            ->gradient(parameters.values(), {.images = images, .labels = labels}, found);
        const auto loss = [&](const std::vector<double>& at) {
            double sum = 0;
            for (std::size_t image = 0; image < 2; ++image)
                sum += test::crossEntropy(
                    test::naiveForward(architecture, at,
                                       test::inDouble(std::span(images).subspan(image * 784, 784)))
                        .back(),
                    labels[image]);
            return sum / 2;
        };
        std::vector<double> at = test::inDouble(parameters.values());
        EXPECT_NEAR(found.loss, loss(at), 1e-5);
        for (std::size_t i = 0; i < at.size(); i += 1 + at.size() / 60) {
            const double here = at[i];
            at[i] = here + kStep;
            const double above = loss(at);
            at[i] = here - kStep;
            const double slope = (above - loss(at)) / (2 * kStep);
            at[i] = here;
            EXPECT_NEAR(found.gradient[i], slope, 1e-4 * (0.1 + std::abs(slope)))
                << text << " parameter " << i;
        }
    }
}

TEST_P(FusedTarget, FollowsObjectivesAlongFiniteDifferences)
{
    constexpr double kStep = 1e-6;
    const Architecture architecture = parseArchitecture(kPublished);
    const Parameters parameters = test::livelyParameters(architecture, 2);
    const std::vector<Objective> objectives = {
        {0, 1, 12 * 25 + 7}, {2, 3, std::nullopt}, {4, 2, 5}, {7, 1, 4}, {9, 8, std::nullopt}};
    const auto images = test::randomImages(architecture, 5, 3);
    const auto found = fused::makeFusedBackend(architecture, 1)
                           ->imageGradient(parameters.values(), objectives, images);
    const std::vector<double> weights = test::inDouble(parameters.values());
    for (std::size_t i = 0; i < objectives.size(); ++i) {
        const Objective& objective = objectives[i];
        const auto layer = static_cast<std::size_t>(objective.layer);
        const auto area = static_cast<std::size_t>(architecture.outputOf(objective.layer).area());
        const auto value = [&](const std::vector<double>& image) {
            const std::vector<double> output =
                test::naiveForward(architecture, weights, image)[layer];
            const auto map =
                std::span(output).subspan(static_cast<std::size_t>(objective.channel) * area, area);
            return objective.position
                       ? map[static_cast<std::size_t>(*objective.position)]
                       : std::accumulate(map.begin(), map.end(), 0.0) / static_cast<double>(area);
        };
        std::vector<double> image = test::inDouble(std::span(images).subspan(i * 784, 784));
        EXPECT_NEAR(found.values[i], value(image), 1e-4);
        for (std::size_t pixel = 3; pixel < 784; pixel += 31) {
            const double here = image[pixel];
            image[pixel] = here + kStep;
            const double above = value(image);
            image[pixel] = here - kStep;
            const double slope = (above - value(image)) / (2 * kStep);
            image[pixel] = here;
            EXPECT_NEAR(found.gradient[i * 784 + pixel], slope, 1e-4 * (0.01 + std::abs(slope)))
                << "objective " << i << " pixel " << pixel;
        }
    }
}

TEST_P(FusedTarget, AllocatesNothingInAStep)
{
    const Architecture architecture = parseArchitecture(kPublished);
    const Parameters parameters = test::livelyParameters(architecture, 2);
    const Dataset data = sampleDigits(300);
    for (const int threads : {1, 2}) {
        const auto backend = fused::makeFusedBackend(architecture, threads);
        std::vector<int> indices(100);
        std::iota(indices.begin(), indices.end(), 150);
        LossGradient found;
        const auto step = [&](std::size_t batch) {
            backend->gradient(parameters.values(),
                              {.data = &data, .indices = std::span(indices).first(batch)}, found);
        };
        step(100);
        const std::size_t before = allocations;
        step(100);
        step(14);
        step(1);
        EXPECT_EQ(allocations - before, 0U) << threads << " threads";
    }
}

TEST_P(FusedTarget, SaysWhichItIs)
{
    const std::string name = fused::makeFusedBackend(parseArchitecture(kPublished), 1)->name();
    EXPECT_EQ(name, GetParam() == HWY_AVX3   ? "fused AVX-512"
                    : GetParam() == HWY_AVX2 ? "fused AVX2"
                    : GetParam() == HWY_SSE4 ? "fused SSE4"
                                             : "fused baseline");
}

INSTANTIATE_TEST_SUITE_P(Processor, FusedTarget,
                         testing::Values(HWY_AVX3, HWY_AVX2, HWY_SSE4, HWY_SCALAR),
                         [](const auto& target) {
                             return std::string(hwy::TargetName(target.param));
                         });

} // namespace core
