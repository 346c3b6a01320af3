// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/orientation.h"

#include "core/formats/model_file.h"
#include "core/inspect/edge_stimuli.h"
#include "core/model/architecture_text.h"
#include "tests/support/errors.h"
#include "tests/support/places.h"

#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <gtest/gtest.h>
#include <numbers>

namespace core
{

namespace
{

constexpr double kDegree = std::numbers::pi / 180;

/// Value at x to the right of the kernel's middle and y above it.
using Kernel = std::function<double(double x, double y)>;

/// A network whose first layer has these kernels, without biases, for square images.
Model kernelsModel(int size, const std::vector<Kernel>& kernels, const std::string& rest = "",
                   int input = 28)
{
    Model model;
    model.architecture = Architecture(
        parseArchitecture(fmt::format("{0}@{1}x{1}{2}, linear 10", kernels.size(), size, rest))
            .layers(),
        {input, input});
    model.parameters = Parameters(model.architecture);
    auto weight = model.parameters.of(model.parameters.slices().front()).begin();
    for (const Kernel& kernel : kernels)
        for (int row = 0; row < size; ++row)
            for (int column = 0; column < size; ++column)
                *weight++ =
                    static_cast<float>(kernel(column - (size - 1) / 2.0, (size - 1) / 2.0 - row));
    return model;
}

Model kernelModel(int size, const Kernel& kernel, const std::string& rest = "")
{
    return kernelsModel(size, {kernel}, rest);
}

OrientedChannel measured(const Model& model)
{
    return orientations(*makeBackend(model.architecture), model).at(0);
}

/// Between two lines, whose angles repeat after 180 degrees.
double degreesBetween(double a, double b)
{
    const double difference = std::fmod(std::abs(a - b), 180);
    return std::min(difference, 180 - difference);
}

/// A line (phase 0) or edge (a quarter turn) along `angle`, whose values add up to 0.
Kernel gabor(int size, double angle, double wavelength, double phase)
{
    const Kernel raw = [=](double x, double y) {
        const double across = -x * std::sin(angle * kDegree) + y * std::cos(angle * kDegree);
        const double deviation = size / 4.0;
        return std::exp(-(x * x + y * y) / (2 * deviation * deviation)) *
               std::cos(2 * std::numbers::pi * across / wavelength + phase);
    };
    double mean = 0;
    for (int i = 0; i < size * size; ++i)
        mean += raw(i % size - (size - 1) / 2.0, i / size - (size - 1) / 2.0) / (size * size);
    return [=](double x, double y) { return raw(x, y) - mean; };
}

} // namespace

TEST(Orientation, FindsTheEdgesOfSobelsKernels)
{
    // Gx, which answers to vertical lines, has ink to the right; Gy has it above.
    const auto vertical =
        measured(kernelModel(3, [](double x, double y) { return x * (2 - std::abs(y)); }));
    EXPECT_LT(degreesBetween(vertical.post.angle, 90), 1e-3);
    EXPECT_EQ(vertical.label(), "vertical");
    EXPECT_EQ(vertical.pre.polarity, Polarity::Balanced);
    const auto horizontal =
        measured(kernelModel(3, [](double x, double y) { return y * (2 - std::abs(x)); }));
    EXPECT_LT(degreesBetween(horizontal.post.angle, 0), 1e-3);
    EXPECT_EQ(horizontal.label(), "horizontal");
}

TEST(Orientation, FindsTheEdgesOfPrewittsKernels)
{
    const auto vertical = measured(kernelModel(3, [](double x, double) { return x; }));
    EXPECT_LT(degreesBetween(vertical.pre.angle, 90), 1e-3);
    // Prewitt's compass kernel for the diagonals: one sign on each side of it.
    const auto positive = measured(kernelModel(3, [](double x, double y) {
        return y > x ? 1.0 : y < x ? -1.0 : 0.0;
    }));
    EXPECT_LT(degreesBetween(positive.pre.angle, 45), 1e-3);
    EXPECT_EQ(positive.label(), "positive diagonal");
    const auto negative = measured(kernelModel(3, [](double x, double y) {
        return y > -x ? 1.0 : y < -x ? -1.0 : 0.0;
    }));
    EXPECT_LT(degreesBetween(negative.pre.angle, 135), 1e-3);
    EXPECT_EQ(negative.label(), "negative diagonal");
}

TEST(Orientation, FindsTheAngleOfGaborKernelsWithinFiveDegrees)
{
    for (const int size : {5, 7, 9}) {
        std::vector<Kernel> kernels;
        std::vector<int> angles;
        for (const double wavelength : {4.0, 5.0, 7.0})
            for (const double phase : {0.0, std::numbers::pi / 2})
                for (int angle = 0; angle < 180; angle += 5) {
                    kernels.push_back(gabor(size, angle, wavelength, phase));
                    angles.push_back(angle);
                }
        const Model model = kernelsModel(size, kernels, "", size); // maps of one value
        const auto channels = orientations(*makeBackend(model.architecture), model);
        ASSERT_EQ(channels.size(), kernels.size());
        for (std::size_t i = 0; i < angles.size(); ++i) {
            EXPECT_LE(degreesBetween(channels[i].post.angle, angles[i]), 5)
                << size << " pixels, " << angles[i] << " degrees, kernel " << i;
            const double beside = std::abs(std::fmod(angles[i], 45) - 22.5); // of the next name
            if (beside > 5)
                EXPECT_EQ(channels[i].label(), orientationName(angles[i]))
                    << channels[i].post.angle;
        }
    }
}

TEST(Orientation, CallsBlobsMixed)
{
    for (const int size : {3, 4, 5, 7}) {
        const auto gaussian = measured(kernelModel(size, [&](double x, double y) {
            return std::exp(-(x * x + y * y) / (size * size / 8.0));
        }));
        EXPECT_EQ(gaussian.label(), "mixed") << size << ' ' << gaussian.post.selectivity;
        EXPECT_EQ(gaussian.post.polarity, Polarity::Normal);
        const auto dark = measured(kernelModel(size, [](double, double) { return -1.0; }));
        EXPECT_EQ(dark.label(), "mixed, inverted") << size << ' ' << dark.post.selectivity;
    }
}

TEST(Orientation, SelectivityIsThatOfClosedForms)
{
    std::vector<double> flat;
    std::vector<double> gradient;
    std::vector<double> joined; // by an unoriented part as strong as the gradient
    std::vector<double> single(kOrientationAngles);
    for (int i = 0; i < kOrientationAngles; ++i) {
        const double r = std::abs(std::cos((i * kOrientationStep - 30) * kDegree));
        flat.push_back(1);
        gradient.push_back(r);
        joined.push_back(r + 2 / std::numbers::pi);
    }
    single[7] = 3;
    EXPECT_NEAR(preferredOrientation(flat).selectivity, 0, 1e-12);
    EXPECT_NEAR(preferredOrientation(gradient).selectivity, 1.0 / 3, 0.003); // 36 angles, not all
    EXPECT_NEAR(preferredOrientation(gradient).angle, 30, 0.01);
    EXPECT_NEAR(preferredOrientation(joined).selectivity, kMixedBelow, 0.003);
    EXPECT_NEAR(preferredOrientation(single).selectivity, 1, 1e-12);
    EXPECT_NEAR(preferredOrientation(single).angle, 35, 1e-9);
    EXPECT_EQ(preferredOrientation(std::vector<double>(kOrientationAngles)).selectivity, 0);
}

TEST(Orientation, OfGratingsIsTheKernelsSpectrum)
{
    // The deviation over phases of a convolution with a cosine is |K(f)| / sqrt(2), times the
    // contrast of 1/2 in pixels, over the input's deviation.
    const Model model =
        kernelModel(3, [](double x, double y) { return x + 0.3 * y + 0.1 * x * y; });
    const auto channel = measured(model);
    const auto weights = model.parameters.of(model.parameters.slices().front());
    for (int i = 0; i < kOrientationAngles; ++i) {
        double expected = 0;
        for (const double period : {4.0, 6.0, 8.0}) {
            double real = 0;
            double imaginary = 0;
            for (int k = 0; k < 9; ++k) {
                const double across = -(k % 3 - 1) * std::sin(i * 5 * kDegree) +
                                      (1 - k / 3) * std::cos(i * 5 * kDegree);
                const double turn = 2 * std::numbers::pi * across / period;
                real += weights[static_cast<std::size_t>(k)] * std::cos(turn);
                imaginary += weights[static_cast<std::size_t>(k)] * std::sin(turn);
            }
            expected += std::hypot(real, imaginary) / std::sqrt(2.0) * 0.5 / 0.3081 / 3;
        }
        EXPECT_NEAR(channel.pre.gratings[static_cast<std::size_t>(i)], expected, 1e-5);
    }
}

TEST(Orientation, KnowsOnWhichSideTheInkMustBe)
{
    // Ink on the left of a vertical line, seen upwards.
    const auto left = measured(kernelModel(4, [](double x, double) { return x < 0 ? 1.0 : -1.0; }));
    EXPECT_GT(left.pre.inkLeft[18], 1);
    EXPECT_NEAR(left.pre.inkRight[18], 0, 1e-4);
    const auto right =
        measured(kernelModel(4, [](double x, double) { return x > 0 ? 1.0 : -1.0; }));
    EXPECT_NEAR(right.pre.inkLeft[18], 0, 1e-4);
    // All 8 pixels of the bright half: from half black (0) to white, in the input's deviations.
    EXPECT_NEAR(right.pre.inkRight[18], 8 / 0.3081, 1e-3);
}

TEST(Orientation, TellsWhatLeavesTheActivationFromWhatEntersIt)
{
    const auto dark = [](double x, double) { return -0.3 - x; };
    Model model = kernelModel(3, dark, " prelu");
    const auto slope = model.parameters.of(*model.parameters.find(1, ParameterRole::Slope));
    const auto bias = model.parameters.of(*model.parameters.find(0, ParameterRole::Bias));
    slope[0] = 0.5F;
    auto channel = measured(model);
    EXPECT_EQ(channel.pre.polarity, Polarity::Inverted);
    EXPECT_TRUE(channel.passesInverted());
    EXPECT_DOUBLE_EQ(*channel.slope, 0.5);
    slope[0] = -0.5F; // turns what is negative, the ink, round again
    channel = measured(model);
    EXPECT_EQ(channel.pre.polarity, Polarity::Inverted);
    EXPECT_FALSE(channel.passesInverted());
    EXPECT_EQ(channel.label(Stage::Pre), "vertical, inverted");
    EXPECT_EQ(channel.post.polarity, Polarity::Normal);
    slope[0] = 0;
    bias[0] = -10; // nothing gets through
    channel = measured(model);
    EXPECT_EQ(channel.label(Stage::Pre), "vertical, inverted");
    EXPECT_FALSE(channel.passesInverted());
}

TEST(Orientation, IsSilentWhereNothingGetsThrough)
{
    Model model = kernelModel(
        3, [](double x, double) { return x; }, " relu");
    model.parameters.of(*model.parameters.find(0, ParameterRole::Bias))[0] = -100;
    const auto channel = measured(model);
    EXPECT_EQ(channel.label(Stage::Post), "silent");
    EXPECT_EQ(channel.label(Stage::Pre), "vertical");
    EXPECT_EQ(channel.post.selectivity, 0);
    EXPECT_DOUBLE_EQ(*channel.slope, 0);
}

TEST(Orientation, RefusesNetworksWithoutAConvolutionInFront)
{
    Model model;
    model.architecture = parseArchitecture("linear 10");
    model.parameters = initialParameters(model.architecture, 1);
    const auto backend = makeBackend(model.architecture);
    test::expectError(ErrorKind::Usage, "linear", [&] { orientations(*backend, model); });
}

TEST(Orientation, AnswersToAStopWithNothing)
{
    const Model model = kernelModel(3, [](double x, double) { return x; });
    std::stop_source stop;
    stop.request_stop();
    EXPECT_TRUE(orientations(*makeBackend(model.architecture), model, stop.get_token()).empty());
}

TEST(Orientation, NamesTheAnglesInWords)
{
    EXPECT_EQ(orientationName(0), "horizontal");
    EXPECT_EQ(orientationName(22), "horizontal");
    EXPECT_EQ(orientationName(23), "positive diagonal");
    EXPECT_EQ(orientationName(90), "vertical");
    EXPECT_EQ(orientationName(135), "negative diagonal");
    EXPECT_EQ(orientationName(179), "horizontal");
}

TEST(Orientation, DiffersByTheShorterWayRound)
{
    EXPECT_DOUBLE_EQ(orientationDifference(10, 30), 20);
    EXPECT_DOUBLE_EQ(orientationDifference(30, 10), -20);
    EXPECT_DOUBLE_EQ(orientationDifference(175, 5), 10);
    EXPECT_DOUBLE_EQ(orientationDifference(5, 175), -10);
    EXPECT_DOUBLE_EQ(orientationDifference(0, 90), 90);
    EXPECT_DOUBLE_EQ(orientationDifference(90, 0), 90);
}

TEST(Orientation, OfThePublishedModelsIsAsTheirAuthorDescribesIt)
{
    CADDIE_NEEDS_SEED();
    for (const char* file : {"model.pth", "model-pruned.pth"}) {
        const Model model = openModel(*test::seedFolder() / file);
        const auto channels = orientations(*makeBackend(model.architecture), model);
        ASSERT_EQ(channels.size(), 4U);
        for (const Stage stage : {Stage::Pre, Stage::Post}) {
            EXPECT_EQ(channels[0].label(stage), "positive diagonal, inverted") << file;
            EXPECT_EQ(channels[1].label(stage), "negative diagonal") << file;
            EXPECT_EQ(channels[2].label(stage), "vertical") << file;
            EXPECT_EQ(channels[3].label(stage), "horizontal") << file;
        }
        for (const OrientedChannel& channel : channels)
            EXPECT_EQ(channel.passesInverted(), channel.channel == 0) << file;
        EXPECT_LT(*channels[2].slope, 0);
    }
}

} // namespace core
