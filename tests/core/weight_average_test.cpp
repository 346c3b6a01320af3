// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/weight_average.h"

#include "tests/support/trained.h"

#include <gtest/gtest.h>

namespace core
{

namespace
{

using WeightAverage = test::SmallTraining;

TrainingOptions averaging(Averaging kind)
{
    TrainingOptions options{.epochs = 4, .batch = 40, .lr = 0.02};
    options.switches.average = kind;
    options.switches.averageDecay = 0.9;
    options.switches.averageShare = 0.5;
    return options;
}

} // namespace

TEST_F(WeightAverage, LeavesTheTrainingItselfAsItIs)
{
    const TrainingState plain = run(averaging(Averaging::None));
    EXPECT_TRUE(plain.average.empty());
    for (const Averaging kind : {Averaging::Ema, Averaging::Swa}) {
        const TrainingState state = run(averaging(kind));
        EXPECT_EQ(state.parameters, plain.parameters);
        EXPECT_NE(state.keptParameters, plain.keptParameters);
    }
}

TEST_F(WeightAverage, OfSwaIsTheMeanOfTheLastEpochs)
{
    std::vector<std::vector<float>> after;
    TrainingObserver observer;
    observer.state = [&](const TrainingState& state) {
        if (state.imagesDone == 0)
            after.push_back(state.parameters);
    };
    const TrainingState state = run(averaging(Averaging::Swa), observer);
    ASSERT_EQ(after.size(), 4U);
    for (std::size_t i = 0; i < state.average.size(); ++i)
        EXPECT_NEAR(state.average[i], (after[2][i] + after[3][i]) / 2, 1e-6F);
}

TEST_F(WeightAverage, OfEmaForgetsAsItsDecaySays)
{
    std::vector<double> expected;
    double steps = 0;
    TrainingObserver observer;
    observer.state = [&](const TrainingState& state) {
        if (state.imagesDone == 0)
            return;
        expected.resize(state.parameters.size());
        const double decay = steps == 0 ? 0 : std::min(0.9, (1 + steps) / (10 + steps));
        for (std::size_t i = 0; i < expected.size(); ++i)
            expected[i] = decay * expected[i] + (1 - decay) * state.parameters[i];
        ++steps;
    };
    const TrainingState state = run(averaging(Averaging::Ema), observer);
    EXPECT_EQ(state.averaged, 20U); // 200 images in forties, four times
    for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_NEAR(state.average[i], expected[i], 1e-5);
}

TEST_F(WeightAverage, IsWhatIsMeasuredAndKept)
{
    for (const Averaging kind : {Averaging::Ema, Averaging::Swa}) {
        const TrainingState state = run(averaging(kind));
        const Evaluation average = backend->evaluate(state.average, test);
        EXPECT_EQ(state.keptParameters, state.average);
        EXPECT_EQ(state.epochs.back().testLoss, average.loss);
        EXPECT_EQ(&measuredParameters(state), &state.average);
    }
}

TEST_F(WeightAverage, KeepsTheZerosOfAMask)
{
    TrainingOptions options = averaging(Averaging::Ema);
    options.mask.assign(Parameters(backend->architecture()).values().size(), 1);
    for (std::size_t i = 0; i < options.mask.size(); i += 2)
        options.mask[i] = 0;
    const TrainingState state = run(options);
    for (std::size_t i = 0; i < options.mask.size(); ++i)
        EXPECT_EQ(state.average[i] == 0.0F, options.mask[i] == 0) << i;
}

TEST_F(WeightAverage, EndsInTheSameBitsWhereverItWasStopped)
{
    for (const Averaging kind : {Averaging::Ema, Averaging::Swa})
        expectStopsChangeNothing(averaging(kind));
}

} // namespace core
