// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/maximizer.h"

#include "core/base/error.h"
#include "core/inspect/receptive_field.h"
#include "core/model/architecture_text.h"
#include "core/model/parameters.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace core
{

namespace
{

class Maximizer : public testing::Test
{
protected:
    Maximization run(std::vector<MaximizerTarget> targets, const MaximizerOptions& options,
                     const MaximizerObserver& observer = {}, std::stop_token stop = {})
    {
        return maximize(*backend, parameters.values(), std::move(targets), options, observer,
                        std::move(stop));
    }

    Architecture architecture =
        parseArchitecture("4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10");
    Parameters parameters = initialParameters(architecture, 5);
    std::unique_ptr<Backend> backend = makeBackend(architecture);
};

std::span<const float> imageOf(const Maximization& result, std::size_t target)
{
    return std::span(result.images).subspan(target * 784, 784);
}

} // namespace

TEST_F(Maximizer, OffersEveryChannelNeuronAndLogit)
{
    EXPECT_THAT(maximizerGroups(architecture),
                testing::ElementsAre("conv1", "conv2", "conv3", "neurons", "logits"));
    std::size_t count = 0;
    for (const std::string& group : maximizerGroups(architecture))
        count += maximizerTargets(architecture, group).size();
    EXPECT_EQ(count, 4U + 5 + 4 + 36 + 10);
    const MaximizerTarget neuron = maximizerTargets(architecture, "neurons")[17];
    EXPECT_EQ(neuron.objective.channel, 1); // 17 = 1 * 9 + 2 * 3 + 2
    EXPECT_EQ(neuron.objective.position, 8);
    EXPECT_EQ(neuron.objective.layer, architecture.featureLayer());
    EXPECT_EQ(maximizerTargets(architecture, "conv1", Stage::Pre)[0].objective.layer, 0);
    EXPECT_THROW(maximizerTargets(architecture, "conv9"), Error);
}

TEST_F(Maximizer, RaisesEveryObjectiveWithEveryPreset)
{
    for (const char* preset : {"plain", "smooth", "robust"}) {
        MaximizerOptions options = maximizerPreset(preset);
        options.steps = 40;
        for (const char* group : {"conv1", "conv3", "logits"}) {
            const Maximization result = run(maximizerTargets(architecture, group), options);
            for (std::size_t i = 0; i < result.targets.size(); ++i)
                EXPECT_GT(result.end[i], result.start[i])
                    << preset << " " << result.targets[i].name;
        }
    }
}

TEST_F(Maximizer, LowersObjectivesWhenAsked)
{
    const Maximization result = run(maximizerTargets(architecture, "conv2"),
                                    {.steps = 20, .direction = AscentDirection::Minimize});
    for (std::size_t i = 0; i < result.targets.size(); ++i)
        EXPECT_LT(result.end[i], result.start[i]);
}

TEST_F(Maximizer, GivesATargetAloneTheSameImageAsAmongAll)
{
    auto all = maximizerTargets(architecture, "neurons");
    const auto logits = maximizerTargets(architecture, "logits");
    all.insert(all.end(), logits.begin(), logits.end());
    for (const char* preset : {"plain", "robust"}) {
        MaximizerOptions options = maximizerPreset(preset);
        options.steps = 12;
        const Maximization together = run(all, options);
        for (const std::size_t i : {7U, 40U}) {
            const Maximization alone = run({all[i]}, options);
            EXPECT_TRUE(std::ranges::equal(imageOf(alone, 0), imageOf(together, i))) << preset;
            EXPECT_EQ(alone.end[0], together.end[i]);
        }
    }
}

TEST_F(Maximizer, StartsElsewhereWithAnotherSeed)
{
    const auto target = maximizerTargets(architecture, "conv1")[0];
    const auto image = [&](std::uint64_t seed) {
        return run({target}, {.steps = 2, .seed = seed}).images;
    };
    EXPECT_EQ(image(1), image(1));
    EXPECT_NE(image(1), image(2));
}

TEST_F(Maximizer, LeavesPixelsAloneThatTheNeuronDoesNotSee)
{
    const auto targets = maximizerTargets(architecture, "neurons");
    const Maximization start = run(targets, {.steps = 0});
    const Maximization end = run(targets, {.steps = 8});
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const int position = *targets[i].objective.position;
        const PixelWindow window =
            receptiveWindow(architecture, architecture.featureLayer(), position / 3, position % 3);
        for (int pixel = 0; pixel < 784; ++pixel)
            if (!window.contains(pixel / 28, pixel % 28)) {
                ASSERT_EQ(imageOf(start, i)[static_cast<std::size_t>(pixel)],
                          imageOf(end, i)[static_cast<std::size_t>(pixel)]);
            }
    }
}

TEST_F(Maximizer, GradientOutsideTheReceptiveFieldIsExactlyZero)
{
    const auto targets = maximizerTargets(architecture, "neurons");
    std::vector<Objective> objectives;
    for (const MaximizerTarget& target : targets)
        objectives.push_back(target.objective);
    const Maximization start = run(targets, {.steps = 0, .startNoise = 0.5});
    const auto found = backend->imageGradient(parameters.values(), objectives, start.images);
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const int position = *objectives[i].position;
        const PixelWindow window =
            receptiveWindow(architecture, architecture.featureLayer(), position / 3, position % 3);
        bool anyInside = false;
        for (int pixel = 0; pixel < 784; ++pixel) {
            const float g = found.gradient[i * 784 + static_cast<std::size_t>(pixel)];
            if (window.contains(pixel / 28, pixel % 28))
                anyInside = anyInside || g != 0;
            else {
                ASSERT_EQ(g, 0.0F);
            }
        }
        EXPECT_TRUE(anyInside);
    }
}

TEST_F(Maximizer, KeepsPixelsInRangeUnlessTheyAreFree)
{
    const auto targets = maximizerTargets(architecture, "logits");
    const auto highest = [&](PixelRange range) {
        return std::ranges::max(run(targets, {.steps = 40, .range = range}).images);
    };
    EXPECT_EQ(highest(PixelRange::Unit), 1.0F);
    EXPECT_GT(highest(PixelRange::Free), 1.0F);
}

TEST_F(Maximizer, ReportsEachStepWithItsOwnValues)
{
    std::vector<int> steps;
    std::vector<float> last;
    std::vector<float> lastImages;
    const auto targets = maximizerTargets(architecture, "conv2");
    const Maximization result = run(targets, {.steps = 5}, [&](const MaximizerFrame& frame) {
        steps.push_back(frame.step);
        last.assign(frame.values.begin(), frame.values.end());
        lastImages.assign(frame.images.begin(), frame.images.end());
        EXPECT_EQ(frame.values.size(), targets.size());
    });
    EXPECT_THAT(steps, testing::ElementsAre(0, 1, 2, 3, 4, 5));
    EXPECT_EQ(last, result.end);
    EXPECT_EQ(lastImages, result.images);
}

TEST_F(Maximizer, StopsAndKeepsWhatItHas)
{
    std::stop_source stop;
    const auto stopAtThree = [&](const MaximizerFrame& frame) {
        if (frame.step == 3)
            stop.request_stop();
    };
    const Maximization result = run(maximizerTargets(architecture, "logits"), {.steps = 100},
                                    stopAtThree, stop.get_token());
    EXPECT_TRUE(result.stopped);
    EXPECT_EQ(result.steps, 4); // the step under way is finished
    EXPECT_EQ(result.images.size(), 10U * 784);
}

TEST_F(Maximizer, WakesUpNeuronsThatAReLUSilences)
{
    architecture = parseArchitecture("4@4x4 relu pool, 5@3x3 relu pool, 4@3x3 relu, linear 10");
    parameters = initialParameters(architecture, 2);
    const ParameterSlice* bias = parameters.find("features.6.bias");
    ASSERT_NE(bias, nullptr);
    for (float& value : parameters.of(*bias))
        value = -0.3F; // off for a grey image
    backend = makeBackend(architecture);
    const Maximization result =
        run(maximizerTargets(architecture, "neurons"), {.steps = 200, .range = PixelRange::Free});
    int silentAtStart = 0;
    for (std::size_t i = 0; i < result.targets.size(); ++i) {
        silentAtStart += result.start[i] == 0 ? 1 : 0;
        EXPECT_GT(result.end[i], 0) << result.targets[i].name;
    }
    EXPECT_GT(silentAtStart, 0);
}

TEST_F(Maximizer, RefusesSenselessOptions)
{
    const auto targets = maximizerTargets(architecture, "conv1");
    EXPECT_THROW(run(targets, {.steps = -1}), Error);
    EXPECT_THROW(run(targets, {.lr = 0}), Error);
    EXPECT_THROW(run(targets, {.jitter = -1}), Error);
    EXPECT_THROW(maximizerPreset("fancy"), Error);
}

} // namespace core
