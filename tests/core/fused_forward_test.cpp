// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/fused/forward.h"

#include "core/backend/fused/aligned.h"
#include "core/backend/fused/coverage.h"
#include "core/model/architecture_text.h"
#include "core/model/parameters.h"
#include "tests/support/naive_network.h"
#include "tests/support/random_architecture.h"

#include <cmath>
#include <gtest/gtest.h>

namespace core::fused
{

namespace
{

const char* const kPublished = "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10";

std::vector<const float*> pointers(std::span<const float> images, const Architecture& architecture)
{
    std::vector<const float*> each;
    const auto area = static_cast<std::size_t>(architecture.inputShape().area());
    for (std::size_t at = 0; at < images.size(); at += area)
        each.push_back(images.data() + at);
    return each;
}

/// All stages, one behind the other, for one chunk.
class Chunk
{
public:
    Chunk(const Plan& plan, std::span<const float> parameters, std::span<const float> images)
        : m_plan(plan), m_parameters(parameters)
    {
        m_maps.emplace_back(plan.input().size() * lanes());
        loadImages(m_kernels, plan, pointers(images, plan.architecture()), m_maps[0].data());
        for (std::size_t stage = 0; stage < plan.stages().size(); ++stage) {
            m_maps.emplace_back(plan.stageOutput(stage).size() * lanes());
            forwardStage(m_kernels, plan, stage, parameters, m_maps[stage].data(),
                         m_maps[stage + 1].data(), m_scratch.data());
        }
    }

    std::size_t lanes() const { return static_cast<std::size_t>(m_kernels.lanes); }
    const AlignedFloats& behind(std::size_t stage) const { return m_maps[stage + 1]; }
    float at(std::size_t stage, std::size_t vector, std::size_t image) const
    {
        return m_maps[stage + 1].data()[vector * lanes() + image];
    }

    /// The stage's output made channel by channel.
    AlignedFloats oneByOne(std::size_t stage)
    {
        AlignedFloats output(m_plan.stageOutput(stage).size() * lanes());
        for (int c = m_plan.stageOutput(stage).channels - 1; c >= 0; --c)
            forwardStage(m_kernels, m_plan, stage, m_parameters, m_maps[stage].data(),
                         output.data(), {c, c + 1}, m_scratch.data());
        return output;
    }

private:
    const ForwardKernels& m_kernels = forwardKernels();
    const Plan& m_plan;
    std::span<const float> m_parameters;
    std::vector<AlignedFloats> m_maps;
    AlignedFloats m_scratch{m_plan.scratchSize() * lanes()};
};

} // namespace

TEST(FusedPlan, LeavesOutWhatNothingReads)
{
    const Plan plan(parseArchitecture(kPublished));
    EXPECT_EQ(plan.input().rows, 27); // row and column 27 reach nothing
    EXPECT_EQ(plan.input().columns, 27);
    EXPECT_EQ(plan.steps()[0].out.columns, 24); // of 25
    EXPECT_EQ(plan.steps()[0].fused, 3);
    ASSERT_EQ(plan.stages().size(), 4U);
    EXPECT_EQ(plan.stageOutput(2).size(), 36U);
    EXPECT_EQ(plan.stageOutput(3).channels, 10);
}

TEST(FusedCoverage, NamesTheLayerThatIsMissing)
{
    EXPECT_TRUE(fusedCovers(parseArchitecture(kPublished)));
    EXPECT_TRUE(fusedCovers(parseArchitecture("linear 10")));
    const auto why = [](const char* text) {
        return whyNotFused(parseArchitecture(text)).value_or("");
    };
    EXPECT_EQ(why("4@3x3 tanh, linear 10"), "layer 2 (tanh)");
    EXPECT_EQ(why("4@3x3 bn relu, linear 10").substr(0, 7), "layer 2");
    EXPECT_EQ(why("4@3x3 relu, linear 12 relu, linear 10").substr(0, 7), "layer 4");
    EXPECT_EQ(why("33@3x3 relu, linear 10").substr(0, 7), "layer 1");
    EXPECT_NE(why("10@3x3 gmaxpool flatten"), "");
}

TEST(FusedForward, GivesAChannelAloneTheSameBits)
{
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Architecture architecture =
            seed == 0 ? parseArchitecture(kPublished) : test::randomGolfNetwork(seed);
        const Plan plan(architecture);
        const Parameters parameters = test::livelyParameters(architecture, seed);
        Chunk chunk(plan, parameters.values(),
                    test::randomImages(architecture, std::min(3, forwardKernels().lanes), seed));
        for (std::size_t stage = 0; stage < plan.stages().size(); ++stage)
            ASSERT_TRUE(
                std::ranges::equal(chunk.oneByOne(stage).span(), chunk.behind(stage).span()))
                << "network " << seed << " stage " << stage;
    }
}

// Sums of float32 against sums of double: 1e-4 relative to the largest logit.
TEST(FusedForward, AgreesWithPlainLoopsOnRandomNetworks)
{
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        const Architecture architecture = test::randomGolfNetwork(seed);
        const Plan plan(architecture);
        const Parameters parameters = test::livelyParameters(architecture, seed);
        const auto images =
            test::randomImages(architecture, std::min(2, forwardKernels().lanes), seed);
        const Chunk chunk(plan, parameters.values(), images);
        const auto area = static_cast<std::size_t>(architecture.inputShape().area());
        for (std::size_t image = 0; image < images.size() / area; ++image) {
            const auto expected =
                test::naiveForward(architecture, test::inDouble(parameters.values()),
                                   test::inDouble(std::span(images).subspan(image * area, area)))
                    .back();
            double largest = 0;
            for (const double logit : expected)
                largest = std::max(largest, std::abs(logit));
            for (std::size_t i = 0; i < expected.size(); ++i)
                ASSERT_NEAR(chunk.at(plan.stages().size() - 1, i, image), expected[i],
                            1e-4 * largest)
                    << "network " << seed << ": " << toText(architecture);
        }
    }
}

TEST(FusedForward, ReadsPixelsOfADataSetAsItReadsFloats)
{
    const Architecture architecture = parseArchitecture("mean 0 std 1, linear 10");
    const Plan plan(architecture);
    Dataset data;
    data.labels.assign(16, 0);
    for (int i = 0; i < 16 * 784; ++i)
        data.pixels.push_back(static_cast<std::uint8_t>(i * 7 % 256));
    const ForwardKernels& kernels = forwardKernels();
    const auto lanes = static_cast<std::size_t>(kernels.lanes);
    std::vector<int> indices;
    for (int i = 0; i < kernels.lanes; ++i)
        indices.push_back((i * 5 + 3) % 16);
    AlignedFloats fromBytes(784 * lanes);
    AlignedFloats fromFloats(784 * lanes);
    loadImages(kernels, plan, data, indices, fromBytes.data());
    const std::vector<float> images = data.imagesAsFloat(indices);
    loadImages(kernels, plan, pointers(images, architecture), fromFloats.data());
    for (std::size_t pixel = 0; pixel < 784; ++pixel)
        for (std::size_t image = 0; image < lanes; ++image) {
            ASSERT_EQ(fromBytes.data()[pixel * lanes + image], images[image * 784 + pixel]);
            ASSERT_EQ(fromFloats.data()[pixel * lanes + image], images[image * 784 + pixel]);
        }
}

} // namespace core::fused
