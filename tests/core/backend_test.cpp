// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/backend.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/data/sample_digits.h"
#include "core/model/architecture_text.h"
#include "core/model/parameters.h"
#include "tests/support/naive_network.h"
#include "tests/support/random_architecture.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

namespace core
{

namespace
{

/// Together they use every kind of layer and every option of it.
const std::vector<const char*> kArchitectures = {
    "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10",
    "8@4x4 relu pool, 5@3x3 relu pool, 4@3x3 relu, linear 10",
    "6@5x5 pad 2 tanh avgpool, 8@5x5 sigmoid avgpool, linear 12 tanh, linear 10",
    "mean 0.5 std 0.5, 4@3x5 stride 2 pad 1 nobias bn leaky 0.2 pool 3 stride 2 pad 1 ceil, "
    "8@2x2 dilation 2 groups 4 prelu1 gavgpool, linear 10 nobias",
    "4@4x4 silu pool, 5@3x3 gelu pool, 4@3x3 elu, linear 10",
    "4@4x4 abs pool, 5@3x3 sqrelu pool, 4@3x3 silu, linear 10",
    "pool, 6@3x3 bn eps 0.001 plain relu, 10@3x3 gmaxpool flatten",
};

double valueOf(const Objective& objective, const Shape& shape, const std::vector<double>& output)
{
    const auto area = static_cast<std::size_t>(shape.area());
    const auto map =
        std::span(output).subspan(static_cast<std::size_t>(objective.channel) * area, area);
    if (objective.position)
        return map[static_cast<std::size_t>(*objective.position)];
    return std::accumulate(map.begin(), map.end(), 0.0) / static_cast<double>(area);
}

/// Central difference of `f` by entry `i` of `x`. In double a step can be small enough that no
/// kink of ReLU or max pooling lies within it.
template<typename Function>
double slopeOf(const Function& f, std::vector<double> x, std::size_t i)
{
    constexpr double kStep = 1e-6;
    x[i] += kStep;
    const double above = f(x);
    x[i] -= 2 * kStep;
    return (above - f(x)) / (2 * kStep);
}

class EveryArchitecture : public testing::TestWithParam<const char*>
{
protected:
    Architecture architecture = parseArchitecture(GetParam());
    Parameters parameters = test::livelyParameters(architecture, 3);
    std::unique_ptr<Backend> backend = makeBackend(architecture);
};

} // namespace

// float32 sums against double ones: 1e-4 relative to the layer's size.
TEST_P(EveryArchitecture, ActivationsAgreeWithPlainLoops)
{
    const std::vector<float> images = test::randomImages(architecture, 2, 5);
    std::vector<int> layers(architecture.layers().size());
    std::iota(layers.begin(), layers.end(), 0);
    const auto outputs = backend->activations(parameters.values(), images, layers);
    for (std::size_t image = 0; image < 2; ++image) {
        const auto expected =
            test::naiveForward(architecture, test::inDouble(parameters.values()),
                               test::inDouble(std::span(images).subspan(image * 784, 784)));
        for (std::size_t layer = 0; layer < layers.size(); ++layer) {
            ASSERT_EQ(outputs[layer].values.size(), 2 * expected[layer].size());
            for (std::size_t i = 0; i < expected[layer].size(); ++i)
                ASSERT_NEAR(outputs[layer].values[image * expected[layer].size() + i],
                            expected[layer][i], 1e-4 * (1 + std::abs(expected[layer][i])))
                    << "layer " << layer << " entry " << i;
        }
    }
}

TEST_P(EveryArchitecture, ParameterGradientAgreesWithFiniteDifferences)
{
    if (std::string(GetParam()).find("bn") != std::string::npos)
        return; // in training mode batch norm uses the batch's own statistics: tested below
    const std::vector<float> images = test::randomImages(architecture, 1, 9);
    const std::vector<std::uint8_t> labels = {4};
    LossGradient found;
    backend->gradient(parameters.values(), {.images = images, .labels = labels}, found);
    const auto loss = [&](const std::vector<double>& at) {
        return test::crossEntropy(
            test::naiveForward(architecture, at, test::inDouble(images)).back(), 4);
    };
    const std::vector<double> at = test::inDouble(parameters.values());
    EXPECT_NEAR(found.loss, loss(at), 1e-5);
    for (std::size_t i = 0; i < at.size(); i += 23)
        EXPECT_NEAR(found.gradient[i], slopeOf(loss, at, i),
                    1e-4 * (1 + std::abs(found.gradient[i])))
            << i;
}

TEST_P(EveryArchitecture, ImageGradientAgreesWithFiniteDifferences)
{
    std::vector<Objective> objectives;
    for (const Unit& unit : architecture.units())
        objectives.push_back({unit.preLayer, unit.shape.channels - 1, std::nullopt});
    objectives.push_back({architecture.featureLayer(), 0, architecture.featureShape().area() - 1});
    const auto count = static_cast<int>(objectives.size());
    const std::vector<float> images = test::randomImages(architecture, count, 11);
    const auto found = backend->imageGradient(parameters.values(), objectives, images);

    const std::vector<double> at = test::inDouble(parameters.values());
    for (std::size_t o = 0; o < objectives.size(); ++o) {
        const Objective& objective = objectives[o];
        const auto value = [&](const std::vector<double>& image) {
            const auto outputs = test::naiveForward(architecture, at, image);
            return valueOf(objective, architecture.outputOf(objective.layer),
                           outputs[static_cast<std::size_t>(objective.layer)]);
        };
        const auto image = test::inDouble(std::span(images).subspan(o * 784, 784));
        EXPECT_NEAR(found.values[o], value(image), 1e-4 * (1 + std::abs(found.values[o])));
        for (std::size_t pixel = 3; pixel < 784; pixel += 41)
            EXPECT_NEAR(found.gradient[o * 784 + pixel], slopeOf(value, image, pixel), 1e-5)
                << "objective " << o << " pixel " << pixel;
    }
}

INSTANTIATE_TEST_SUITE_P(Backend, EveryArchitecture, testing::ValuesIn(kArchitectures));

TEST(Backend, GradientOfAnImageDoesNotDependOnItsBatch)
{
    const Architecture architecture = parseArchitecture(kArchitectures[0]);
    const Parameters parameters = test::livelyParameters(architecture, 1);
    const auto backend = makeBackend(architecture);
    const std::vector<float> images = test::randomImages(architecture, 40, 2);
    std::vector<Objective> objectives;
    for (int i = 0; i < 40; ++i)
        objectives.push_back({architecture.featureLayer(), i % 4, i % 9});
    const auto together = backend->imageGradient(parameters.values(), objectives, images);
    for (std::size_t i = 0; i < 40; i += 13) {
        const auto alone = backend->imageGradient(parameters.values(), {{objectives[i]}},
                                                  std::span(images).subspan(i * 784, 784));
        EXPECT_EQ(alone.values[0], together.values[i]);
        for (std::size_t pixel = 0; pixel < 784; ++pixel)
            ASSERT_EQ(alone.gradient[pixel], together.gradient[i * 784 + pixel]) << pixel;
    }
}

TEST(Backend, TrainingModeUpdatesTheStatisticsOfBatchNorm)
{
    const Architecture architecture = parseArchitecture("2@3x3 bn relu, linear 10");
    const Parameters parameters = initialParameters(architecture, 1);
    const auto backend = makeBackend(architecture);
    const std::vector<float> images = test::randomImages(architecture, 6, 4);
    const std::vector<std::uint8_t> labels = {0, 1, 2, 3, 4, 5};
    LossGradient found;
    backend->gradient(parameters.values(), {.images = images, .labels = labels}, found);
    const auto before = backend->activations(parameters.values(), images, {{0}})[0].values;
    double mean = 0;
    for (std::size_t image = 0; image < 6; ++image)
        for (std::size_t i = 0; i < 676; ++i)
            mean += before[image * 2 * 676 + i] / (6 * 676.0);
    const ParameterSlice* slice = parameters.find(1, ParameterRole::RunningMean);
    // PyTorch's momentum: a tenth of the way from 0 to the batch's mean.
    EXPECT_NEAR(found.runningStatistics[slice->offset], 0.1 * mean, 1e-5);
    EXPECT_EQ(found.gradient[slice->offset], 0.0F);
}

TEST(Backend, DropoutDependsOnItsSeedAlone)
{
    const Architecture architecture = parseArchitecture("4@3x3 relu dropout 0.5, linear 10");
    const Parameters parameters = initialParameters(architecture, 1);
    const auto backend = makeBackend(architecture);
    const std::vector<float> images = test::randomImages(architecture, 4, 4);
    const std::vector<std::uint8_t> labels = {1, 2, 3, 4};
    const auto loss = [&](std::uint64_t seed) {
        LossGradient found;
        backend->gradient(parameters.values(),
                          {.images = images, .labels = labels, .dropoutSeed = seed}, found);
        return found.loss;
    };
    EXPECT_EQ(loss(1), loss(1));
    EXPECT_NE(loss(1), loss(2));
}

TEST(Backend, EvaluationCountsWhatItsPredictionsSay)
{
    const Architecture architecture = parseArchitecture(kArchitectures[0]);
    const Parameters parameters = test::livelyParameters(architecture, 8);
    const auto backend = makeBackend(architecture);
    const Dataset data = sampleDigits(730); // more than one batch, and a rest
    const Evaluation evaluation = backend->evaluate(parameters.values(), data);
    ASSERT_EQ(evaluation.images, 730);
    ASSERT_EQ(evaluation.predictions.size(), 730U);
    int correct = 0;
    std::vector<int> confusion(100);
    for (std::size_t i = 0; i < 730; ++i) {
        correct += evaluation.predictions[i] == data.labels[i] ? 1 : 0;
        ++confusion[data.labels[i] * 10U + evaluation.predictions[i]];
    }
    EXPECT_EQ(evaluation.correct, correct);
    EXPECT_EQ(evaluation.confusion, confusion);
}

TEST(Backend, EvaluationStopsWhenAsked)
{
    const Architecture architecture = parseArchitecture(kArchitectures[0]);
    std::stop_source stop;
    stop.request_stop();
    const Evaluation evaluation = makeBackend(architecture)
                                      ->evaluate(initialParameters(architecture, 1).values(),
                                                 sampleDigits(2000), stop.get_token());
    EXPECT_TRUE(evaluation.stopped);
    EXPECT_LT(evaluation.images, 2000);
}

TEST(Backend, RefusesDataThatDoesNotFitTheNetwork)
{
    const Architecture small = parseArchitecture("input 20x20, 4@3x3 relu, linear 10");
    EXPECT_THROW(
        makeBackend(small)->evaluate(initialParameters(small, 1).values(), sampleDigits(10)),
        Error);
    const Architecture binary = parseArchitecture("4@3x3 relu, linear 2");
    EXPECT_THROW(
        makeBackend(binary)->evaluate(initialParameters(binary, 1).values(), sampleDigits(10)),
        Error);
}

} // namespace core
