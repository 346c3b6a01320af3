// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/golf/golf.h"

#include "core/data/sample_digits.h"
#include "core/model/architecture_text.h"
#include "core/model/parameters.h"
#include "core/prune/candidates.h"
#include "core/prune/dead_paths.h"
#include "tests/support/errors.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <limits>

namespace core
{

namespace
{

/// A short game on the sample digits.
class Golf : public testing::Test
{
protected:
    Golf()
    {
        options.threshold = 0.5;
        options.starts = 2;
        options.startEpochs = 2;
        options.denseEpochs = 3;
        options.epochs = 2;
        options.firstEpochs = 1;
        options.swaps = 2;
        options.swapEpochs = 1;
        options.share = 0.15;
        options.firstShare = 0.3;
        options.many = 150;
        options.swapBelow = 130;
        options.curvatureImages = 100;
        options.trialImages = 60;
        options.trials = 2;
        options.least = 60;
        options.denseRate = 0.01;
    }

    GolfState play(GolfState state, const GolfObserver& observer = {}, std::stop_token stop = {})
    {
        return playGolf(*backend, std::move(state), {&training, &selection}, options, observer,
                        std::move(stop));
    }

    std::vector<GolfStep> steps()
    {
        std::vector<GolfStep> steps;
        GolfObserver observer;
        observer.step = [&](const GolfStep& step) { steps.push_back(step); };
        play(initialGolfState(), observer);
        return steps;
    }

    const Architecture architecture = parseArchitecture("2@5x5 prelu pool 4, linear 10");
    std::unique_ptr<Backend> backend = makeBackend(architecture);
    const Dataset training = sampleDigits(300, 1, Split::Train);
    const Dataset selection = sampleDigits(200, 1, Split::Test);
    GolfOptions options;
};

void expectSame(const GolfState& a, const GolfState& b)
{
    EXPECT_EQ(a.phase, b.phase);
    EXPECT_EQ(a.step, b.step);
    EXPECT_EQ(a.round, b.round);
    EXPECT_EQ(a.epochs, b.epochs);
    EXPECT_EQ(a.parameters, b.parameters);
    EXPECT_EQ(a.loss, b.loss);
    EXPECT_EQ(a.best, b.best);
    EXPECT_EQ(a.bestNonzero, b.bestNonzero);
    EXPECT_EQ(a.bestCorrect, b.bestCorrect);
}

TEST_F(Golf, EndsWithTheFewestParametersThatMetTheGoal)
{
    const GolfState end = play(initialGolfState());
    EXPECT_EQ(end.phase, GolfPhase::Finished);
    ASSERT_GT(end.bestNonzero, 0);
    EXPECT_LT(end.bestNonzero, 130);
    EXPECT_EQ(nonzeroCount(architecture, end.best), end.bestNonzero);
    const Evaluation again = backend->evaluate(end.best, selection);
    EXPECT_EQ(again.correct, end.bestCorrect);
    EXPECT_GE(again.correct, requiredCorrect(0.5, selection.size()));
    EXPECT_TRUE(deadParameters(architecture, end.parameters).empty());
}

TEST_F(Golf, TellsOfEachStepWhatItTrained)
{
    const std::vector<GolfStep> told = steps();
    ASSERT_GT(told.size(), 6U);
    EXPECT_EQ(told[0].phase, GolfPhase::Start);
    EXPECT_EQ(told[1].phase, GolfPhase::Start);
    EXPECT_EQ(told[2].phase, GolfPhase::Dense);
    EXPECT_EQ(told[3].phase, GolfPhase::Prune);
    EXPECT_EQ(told[0].nonzero, static_cast<int>(architecture.trainableCount()));
    EXPECT_EQ(told[3].nonzero, told[2].nonzero - told[2].nonzero * 3 / 10);
    for (std::size_t i = 0; i < told.size(); ++i)
        EXPECT_EQ(told[i].step, i + 1);
    EXPECT_TRUE(std::ranges::any_of(
        told, [](const GolfStep& step) { return step.phase == GolfPhase::Shrink; }));
}

TEST_F(Golf, SwapsWithoutAddingAParameterOrLosingGround)
{
    int nonzero = 0;
    double loss = 0;
    for (const GolfStep& step : steps()) {
        if (step.phase == GolfPhase::Shrink && step.accepted) {
            EXPECT_LE(step.nonzero, nonzero);
            EXPECT_LT(step.trainLoss, loss);
        }
        if (step.accepted && step.phase != GolfPhase::Grow) {
            nonzero = step.nonzero;
            loss = step.trainLoss;
        }
    }
}

TEST_F(Golf, GoesOnWithTheStartThatIsBestAtTheEndOfItsHeat)
{
    options.starts = 3;
    options.heat = 120;
    const std::vector<GolfStep> told = steps();
    std::vector<GolfStep> ends;
    std::size_t next = 0;
    while (ends.size() < 3) {
        EXPECT_EQ(told[next].phase, GolfPhase::Start);
        EXPECT_FALSE(told[next].accepted);
        while (told[next].nonzero > options.heat) {
            EXPECT_FALSE(isRefused(told[next], options)) << "its heat goes on";
            ++next;
        }
        ends.push_back(told[next++]);
        EXPECT_EQ(ends.back().phase, GolfPhase::Heat);
    }
    double least = std::numeric_limits<double>::infinity();
    for (const GolfStep& end : ends) {
        EXPECT_EQ(end.accepted, end.trainLoss < least);
        EXPECT_EQ(isRefused(end, options), !end.accepted);
        least = std::min(least, end.trainLoss);
    }
    EXPECT_EQ(told[next].phase, GolfPhase::Grow) << "few enough for swaps";
    EXPECT_TRUE(std::ranges::none_of(
        told, [](const GolfStep& step) { return step.phase == GolfPhase::Dense; }));
}

TEST_F(Golf, OnlyPrunesWhereNothingIsToBeTrained)
{
    const GolfState trained = play(initialGolfState());
    options.epochs = 0;
    options.firstEpochs = 0;
    options.swaps = 0;
    options.criterion = GolfCriterion::Magnitude;
    const GolfState state = golfStateAt(architecture, trained.best, options);
    GolfObserver observer;
    observer.step = [](const GolfStep& step) { EXPECT_EQ(step.epochs, 0U); };
    const GolfState end = play(state, observer);
    EXPECT_LT(nonzeroCount(architecture, end.parameters), trained.bestNonzero);
    for (std::size_t i = 0; i < end.parameters.size(); ++i)
        EXPECT_TRUE(end.parameters[i] == 0 || end.parameters[i] == trained.best[i]);
    EXPECT_LE(end.bestNonzero, trained.bestNonzero) << "what it began with met the goal";
    EXPECT_EQ(backend->evaluate(end.best, selection).correct, end.bestCorrect);
}

class GolfHeats : public Golf, public testing::WithParamInterface<int>
{
};

INSTANTIATE_TEST_SUITE_P(And, GolfHeats, testing::Values(0, 120));

TEST_P(GolfHeats, GoOnBitForBitWhereverTheyWereStopped)
{
    options.heat = GetParam();
    const GolfState whole = play(initialGolfState());
    GolfState state = initialGolfState();
    int stops = 0;
    std::uint64_t told = 0;
    while (state.phase != GolfPhase::Finished) {
        std::stop_source stop;
        GolfState last = state;
        GolfObserver observer;
        observer.state = [&](const GolfState& now) {
            last = now;
            if (++told % 37 == 0)
                stop.request_stop();
        };
        const GolfState returned = play(state, observer, stop.get_token());
        state = stops % 2 == 0 || returned.phase == GolfPhase::Finished ? returned : last;
        ++stops;
    }
    EXPECT_GT(stops, 5);
    expectSame(state, whole);
}

TEST_F(Golf, EndsAfterMissingTheGoalTooOften)
{
    options.threshold = 1;
    options.patience = 2;
    const GolfState end = play(initialGolfState());
    EXPECT_EQ(end.phase, GolfPhase::Finished);
    EXPECT_EQ(end.bestNonzero, 0);
    EXPECT_EQ(end.round, 3);
    EXPECT_TRUE(end.best.empty());
}

TEST_F(Golf, EndsWithTheStepThatSpentTheBudget)
{
    options.budget = 1e-9;
    const GolfState end = play(initialGolfState());
    EXPECT_EQ(end.phase, GolfPhase::Finished);
    EXPECT_EQ(end.step, 1U);
}

TEST_F(Golf, OtherSeedsPlayOtherGames)
{
    const GolfState one = play(initialGolfState());
    options.seed = 2;
    EXPECT_NE(play(initialGolfState()).parameters, one.parameters);
}

TEST_F(Golf, RefusesOptionsThatMakeNoSense)
{
    options.denseEpochs = 0;
    test::expectError(ErrorKind::Usage, "dense epochs 0, expected 1 to",
                      [&] { play(initialGolfState()); });
    options.denseEpochs = 1;
    options.heat = 100;
    options.rewind = GolfRewind::Initial;
    test::expectError(ErrorKind::Usage, "a heat and rewinding, expected one of them",
                      [&] { play(initialGolfState()); });
}

} // namespace

} // namespace core
