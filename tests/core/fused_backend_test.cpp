// SPDX-License-Identifier: GPL-3.0-or-later
// The fused backend against LibTorch.
#include "core/backend/backend.h"
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/data/sample_digits.h"
#include "core/model/architecture_text.h"
#include "tests/support/random_architecture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <numeric>

namespace core
{

namespace
{

const char* const kPublished = "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10";
constexpr int kNetworks = 60;

std::unique_ptr<Backend> fused(const Architecture& architecture, int threads = 1)
{
    return makeBackend(architecture, {.choice = BackendChoice::Fused, .threads = threads});
}

std::unique_ptr<Backend> torch(const Architecture& architecture)
{
    return makeBackend(architecture, {.choice = BackendChoice::Torch});
}

/// Two ways of adding the same float32 products differ by the rounding of their largest terms, not
/// of each small result: so 1e-4 relative to the tensor's largest entry.
void expectClose(std::span<const float> found, std::span<const float> expected)
{
    ASSERT_EQ(found.size(), expected.size());
    float largest = 0;
    for (const float value : expected)
        largest = std::max(largest, std::abs(value));
    for (std::size_t i = 0; i < expected.size(); ++i)
        ASSERT_NEAR(found[i], expected[i], 1e-4F * largest + 1e-12F) << "entry " << i;
}

void expectCloseTensors(const Parameters& layout, std::span<const float> found,
                        std::span<const float> expected)
{
    ASSERT_EQ(found.size(), expected.size());
    for (const ParameterSlice& slice : layout.slices()) {
        SCOPED_TRACE(slice.name);
        expectClose(found.subspan(slice.offset, slice.count),
                    expected.subspan(slice.offset, slice.count));
    }
}

std::vector<std::uint8_t> randomLabels(const Architecture& architecture, int count,
                                       std::uint64_t seed)
{
    Random random(seed);
    std::vector<std::uint8_t> labels;
    for (int i = 0; i < count; ++i)
        labels.push_back(static_cast<std::uint8_t>(
            random.below(static_cast<std::uint64_t>(architecture.classes()))));
    return labels;
}

/// A network with images and labels of its own, on both backends.
class FusedBackendOn : public testing::TestWithParam<int>
{
protected:
    std::uint64_t seed = static_cast<std::uint64_t>(GetParam());
    Architecture architecture =
        seed == 0 ? parseArchitecture(kPublished) : test::randomGolfNetwork(seed);
    Parameters parameters = test::livelyParameters(architecture, seed);
    std::unique_ptr<Backend> ours = fused(architecture);
    std::unique_ptr<Backend> reference = torch(architecture);
    testing::ScopedTrace trace{__FILE__, __LINE__, toText(architecture)};
};

} // namespace

TEST_P(FusedBackendOn, MakesTheActivationsOfLibTorch)
{
    const auto images = test::randomImages(architecture, 18, seed);
    std::vector<int> layers(architecture.layers().size());
    std::iota(layers.rbegin(), layers.rend(), 0);
    const auto found = ours->activations(parameters.values(), images, layers);
    const auto expected = reference->activations(parameters.values(), images, layers);
    for (std::size_t i = 0; i < layers.size(); ++i) {
        SCOPED_TRACE(layers[i]);
        EXPECT_EQ(found[i].layer, expected[i].layer);
        EXPECT_EQ(found[i].shape, expected[i].shape);
        expectClose(found[i].values, expected[i].values);
    }
}

TEST_P(FusedBackendOn, MakesTheParameterGradientOfLibTorch)
{
    constexpr std::array kBatches = {1, 14, 16, 17, 100};
    const int count = kBatches[seed % kBatches.size()];
    const auto images = test::randomImages(architecture, count, seed);
    const auto labels = randomLabels(architecture, count, seed);
    const TrainingBatch batch = {
        .images = images, .labels = labels, .labelSmoothing = seed % 3 == 0 ? 0.1 : 0.0};
    LossGradient found;
    LossGradient expected;
    ours->gradient(parameters.values(), batch, found);
    reference->gradient(parameters.values(), batch, expected);
    EXPECT_NEAR(found.loss, expected.loss, 1e-4 * expected.loss);
    EXPECT_EQ(found.correct, expected.correct);
    EXPECT_TRUE(found.runningStatistics.empty());
    expectCloseTensors(parameters, found.gradient, expected.gradient);
}

TEST_P(FusedBackendOn, MakesTheImageGradientOfLibTorch)
{
    std::vector<Objective> objectives;
    Random random(seed);
    for (int i = 0; i < 40; ++i) {
        const auto layer = static_cast<int>(random.below(architecture.layers().size()));
        const Shape shape = architecture.outputOf(layer);
        Objective objective{
            layer, static_cast<int>(random.below(static_cast<std::uint64_t>(shape.channels))),
            std::nullopt};
        if (random.uniform() < 0.5)
            objective.position =
                static_cast<int>(random.below(static_cast<std::uint64_t>(shape.area())));
        objectives.push_back(objective);
    }
    const auto images = test::randomImages(architecture, 40, seed);
    const auto found = ours->imageGradient(parameters.values(), objectives, images);
    const auto expected = reference->imageGradient(parameters.values(), objectives, images);
    const auto area = static_cast<std::size_t>(architecture.inputShape().area());
    for (std::size_t i = 0; i < objectives.size(); ++i) {
        SCOPED_TRACE(fmt::format("objective {} in layer {}", i, objectives[i].layer));
        EXPECT_NEAR(found.values[i], expected.values[i],
                    1e-4F * (0.1F + std::abs(expected.values[i])));
        expectClose(std::span(found.gradient).subspan(i * area, area),
                    std::span(expected.gradient).subspan(i * area, area));
        if (i % 13 != 0)
            continue;
        const auto alone = ours->imageGradient(parameters.values(), {{objectives[i]}},
                                               std::span(images).subspan(i * area, area));
        EXPECT_EQ(alone.values[0], found.values[i]);
        EXPECT_TRUE(
            std::ranges::equal(alone.gradient, std::span(found.gradient).subspan(i * area, area)));
    }
}

TEST_P(FusedBackendOn, GivesTheSameBitsOnAnyNumberOfThreads)
{
    const auto images = test::randomImages(architecture, 100, seed);
    const auto labels = randomLabels(architecture, 100, seed);
    std::vector<Objective> objectives;
    for (int i = 0; i < 100; ++i)
        objectives.push_back({i % static_cast<int>(architecture.layers().size()), 0, std::nullopt});
    LossGradient one;
    ours->gradient(parameters.values(), {.images = images, .labels = labels}, one);
    const ImageGradient way = ours->imageGradient(parameters.values(), objectives, images);
    for (const int threads : {2, 3}) {
        const auto many = fused(architecture, threads);
        LossGradient found;
        many->gradient(parameters.values(), {.images = images, .labels = labels}, found);
        EXPECT_EQ(found.loss, one.loss);
        EXPECT_EQ(found.correct, one.correct);
        EXPECT_EQ(found.gradient, one.gradient);
        const ImageGradient foundWay = many->imageGradient(parameters.values(), objectives, images);
        EXPECT_EQ(foundWay.values, way.values);
        EXPECT_EQ(foundWay.gradient, way.gradient);
    }
}

INSTANTIATE_TEST_SUITE_P(Network, FusedBackendOn, testing::Range(0, kNetworks + 1));

TEST(FusedBackend, TellsOfEachImageWhenItsGradientIsThere)
{
    const Architecture architecture = parseArchitecture(kPublished);
    const Parameters parameters = test::livelyParameters(architecture, 1);
    std::vector<Objective> objectives;
    for (int i = 0; i < 60; ++i)
        objectives.push_back({i % 10, i % 4, std::nullopt});
    const auto images = test::randomImages(architecture, 60, 1);
    for (const BackendChoice choice : {BackendChoice::Fused, BackendChoice::Torch}) {
        const auto backend = makeBackend(architecture, {.choice = choice, .threads = 2});
        const ImageGradient expected =
            backend->imageGradient(parameters.values(), objectives, images);
        std::vector<int> told(60);
        std::vector<float> values(60);
        std::vector<float> pixels(60);
        ImageGradient found = {std::vector<float>(60, 7.0F), std::vector<float>(60 * 784, 7.0F)};
        for (int round = 0; round < 2; ++round) // into the same memory
            backend->imageGradient(parameters.values(), objectives, images, found,
                                   [&](std::size_t image) {
                                       ++told[image];
                                       values[image] = found.values[image];
                                       pixels[image] = found.gradient[image * 784 + 400];
                                   });
        EXPECT_EQ(told, std::vector<int>(60, 2));
        EXPECT_EQ(values, expected.values);
        for (std::size_t i = 0; i < 60; ++i)
            EXPECT_EQ(pixels[i], expected.gradient[i * 784 + 400]);
        EXPECT_EQ(found.gradient, expected.gradient);
    }
}

TEST(FusedBackend, IsTakenWhereItCoversTheArchitecture)
{
    const auto nameFor = [](const char* text, BackendChoice choice) {
        return makeBackend(parseArchitecture(text), {.choice = choice})->name();
    };
    EXPECT_EQ(nameFor(kPublished, BackendChoice::Auto).substr(0, 5), "fused");
    EXPECT_EQ(nameFor(kPublished, BackendChoice::Torch).substr(0, 8), "LibTorch");
    EXPECT_EQ(nameFor("4@3x3 tanh, linear 10", BackendChoice::Auto).substr(0, 8), "LibTorch");
    try {
        nameFor("4@3x3 tanh, linear 10", BackendChoice::Fused);
        FAIL() << "tanh is not covered";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::Usage);
        EXPECT_STREQ(error.what(), "the fused backend does not cover layer 2 (tanh)");
    }
}

TEST(FusedBackend, EvaluatesAlikeOnAnyNumberOfThreadsAndAsLibTorch)
{
    const Architecture architecture = parseArchitecture(kPublished);
    const Parameters parameters = test::livelyParameters(architecture, 8);
    const Dataset data = sampleDigits(1500);
    const Evaluation expected = torch(architecture)->evaluate(parameters.values(), data);
    const Evaluation one = fused(architecture)->evaluate(parameters.values(), data);
    EXPECT_EQ(one.predictions, expected.predictions);
    EXPECT_EQ(one.confusion, expected.confusion);
    EXPECT_EQ(one.correct, expected.correct);
    EXPECT_NEAR(one.loss, expected.loss, 1e-5 * expected.loss);
    for (const int threads : {2, 3}) {
        const Evaluation many = fused(architecture, threads)->evaluate(parameters.values(), data);
        EXPECT_EQ(many.loss, one.loss);
        EXPECT_EQ(many.predictions, one.predictions);
    }
}

TEST(FusedBackend, LearnsFromADataSetAsFromItsImages)
{
    const Architecture architecture = parseArchitecture(kPublished);
    const Parameters parameters = test::livelyParameters(architecture, 8);
    const auto backend = fused(architecture);
    const Dataset data = sampleDigits(200);
    const std::vector<int> indices = {7,  199, 3,  3,  50, 61, 0,  12, 13,
                                      14, 15,  16, 17, 18, 19, 20, 5};
    const std::vector<float> images = data.imagesAsFloat(indices);
    std::vector<std::uint8_t> labels;
    for (const int index : indices)
        labels.push_back(data.labels[static_cast<std::size_t>(index)]);
    LossGradient fromData;
    LossGradient fromImages;
    backend->gradient(parameters.values(), {.data = &data, .indices = indices}, fromData);
    backend->gradient(parameters.values(), {.images = images, .labels = labels}, fromImages);
    EXPECT_EQ(fromData.gradient, fromImages.gradient);
    EXPECT_EQ(fromData.loss, fromImages.loss);
}

} // namespace core
