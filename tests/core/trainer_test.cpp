// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/trainer.h"

#include "core/base/error.h"
#include "tests/support/trained.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace core
{

namespace
{

const char* const kPublished = "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10";
const char* const kSmall = "2@5x5 relu pool 4, linear 10";

/// Trainings that measure on validation images, too.
class Training : public test::SmallTraining
{
protected:
    Training() { use(kSmall); }

    TrainingData data() const override { return {&training, &test, &validation}; }

    const Dataset validation = sampleDigits(100, 1, Split::Validation);
};

void expectSame(const TrainingState& a, const TrainingState& b)
{
    EXPECT_EQ(a.parameters, b.parameters);
    EXPECT_EQ(a.optimizer, b.optimizer);
    EXPECT_EQ(a.keptEpoch, b.keptEpoch);
    EXPECT_EQ(a.keptParameters, b.keptParameters);
    ASSERT_EQ(a.epochs.size(), b.epochs.size());
    for (std::size_t i = 0; i < a.epochs.size(); ++i) {
        EXPECT_EQ(a.epochs[i].trainLoss, b.epochs[i].trainLoss);
        EXPECT_EQ(a.epochs[i].trainCorrect, b.epochs[i].trainCorrect);
        EXPECT_EQ(a.epochs[i].testCorrect, b.epochs[i].testCorrect);
        EXPECT_EQ(a.epochs[i].validationCorrect, b.epochs[i].validationCorrect);
    }
}

} // namespace

TEST_F(Training, LearnsTheSampleDigits)
{
    use(kPublished);
    const Parameters start = initialParameters(backend->architecture(), 1);
    const TrainingState state =
        train(*backend, {start.values().begin(), start.values().end()},
              sampleDigits(600, 1, Split::Train), test, {.epochs = 6, .lr = 0.004});
    ASSERT_EQ(state.epochs.size(), 6U);
    EXPECT_FALSE(state.stopped);
    EXPECT_LT(state.epochs.back().trainLoss, state.epochs.front().trainLoss / 2);
    EXPECT_GT(state.epochs.back().testAccuracy(), 0.8); // chance is 0.1
    EXPECT_GT(state.epochs.back().trainAccuracy(), 0.8);
    EXPECT_EQ(state.epochs.back().validationImages, 0);
}

TEST_F(Training, GivesTheSameBitsForTheSameSeed)
{
    const TrainingOptions options{
        .epochs = 2, .schedule = ScheduleKind::Step, .lrStep = 1, .lrGamma = 0.5, .seed = 4};
    const TrainingState first = run(options);
    expectSame(run(options), first);
    TrainingOptions other = options;
    other.seed = 5;
    EXPECT_NE(run(other).parameters, first.parameters);
}

TEST_F(Training, GivesTheSameBitsOnAnyNumberOfThreads)
{
    const TrainingOptions options{.epochs = 2, .batch = 64, .lr = 0.01};
    const TrainingState one = run(options);
    use(kSmall, 2);
    expectSame(run(options), one);
}

TEST_F(Training, EndsInTheSameBitsWhereverItWasStopped)
{
    constexpr std::uint64_t kBatches = 13; // an epoch's: 200 images in sixteens, the last half full
    for (const OptimizerKind kind :
         {OptimizerKind::AdamW, OptimizerKind::Adam, OptimizerKind::Sgd}) {
        const TrainingOptions options{.epochs = 3,
                                      .batch = 16,
                                      .optimizer = kind,
                                      .lr = 0.01,
                                      .schedule = ScheduleKind::Cosine,
                                      .labelSmoothing = 0.1,
                                      .keep = KeptEpoch::BestValidation};
        const TrainingState undisturbed = run(options);
        for (const std::uint64_t batch :
             {std::uint64_t{1}, std::uint64_t{2}, kBatches - 1, kBatches, kBatches + 1,
              2 * kBatches + 5, 3 * kBatches - 1, 3 * kBatches}) {
            TrainingState state = runUntil(batch, begin(options), options);
            EXPECT_TRUE(state.stopped || batch == 3 * kBatches) << batch;
            expectSame(goOn(std::move(state), options), undisturbed);
        }
    }
}

TEST_F(Training, EndsInTheSameBitsWhenStoppedAfterEachBatch)
{
    const TrainingOptions options{.epochs = 2, .batch = 50, .lr = 0.01};
    const TrainingState undisturbed = run(options);
    TrainingState state = begin(options);
    state.stopped = true;
    int stops = 0;
    for (; state.stopped && stops < 100; ++stops)
        state = runUntil(1, std::move(state), options);
    EXPECT_GE(stops, 8); // one a batch
    expectSame(state, undisturbed);
}

TEST_F(Training, EndsInTheSameBitsWithDropoutAndBatchNorm)
{
    use("2@5x5 bn relu dropout 0.3 pool 4, linear 10");
    const TrainingOptions options{.epochs = 2, .batch = 40, .lr = 0.01};
    const TrainingState undisturbed = run(options);
    expectSame(goOn(runUntil(3, begin(options), options), options), undisturbed);
    expectSame(goOn(runUntil(7, begin(options), options), options), undisturbed);
}

TEST_F(Training, DoesNotDecayWhatBatchNormMeasures)
{
    use("2@5x5 bn relu pool 4, linear 10");
    TrainingOptions options{.epochs = 1, .batch = 200, .lr = 1e-12, .weightDecay = 0};
    const TrainingState plain = run(options);
    options.weightDecay = 1e11; // times the learning rate: a tenth
    const TrainingState decayed = run(options);
    const Parameters layout(backend->architecture());
    for (const ParameterSlice& slice : layout.slices()) {
        if (isTrainable(slice.role))
            continue;
        for (std::size_t i = slice.offset; i < slice.offset + slice.count; ++i)
            EXPECT_EQ(decayed.parameters[i], plain.parameters[i]);
    }
    EXPECT_NE(decayed.parameters[0], plain.parameters[0]);
}

TEST_F(Training, StopsWithinABatch)
{
    const TrainingOptions options{.epochs = 3, .batch = 14};
    const TrainingState state = runUntil(2, begin(options), options);
    EXPECT_TRUE(state.stopped);
    EXPECT_EQ(state.imagesDone, 28U);
    EXPECT_TRUE(state.epochs.empty());
}

TEST_F(Training, StepsTheLearningRateOnlyWhenAsked)
{
    const TrainingOptions constant{.epochs = 2};
    TrainingOptions stepped = constant;
    stepped.schedule = ScheduleKind::Step;
    stepped.lrStep = 1;
    stepped.lrGamma = 0.1;
    const TrainingState a = run(constant);
    const TrainingState b = run(stepped);
    EXPECT_EQ(a.epochs[0].trainLoss, b.epochs[0].trainLoss);
    EXPECT_NE(a.epochs[1].trainLoss, b.epochs[1].trainLoss);
    EXPECT_DOUBLE_EQ(b.epochs[1].lr, constant.lr * 0.1);
}

TEST_F(Training, HoldsMaskedParametersAtExactlyZero)
{
    for (const OptimizerKind kind :
         {OptimizerKind::AdamW, OptimizerKind::Adam, OptimizerKind::Sgd}) {
        TrainingOptions options{.epochs = 2, .optimizer = kind, .lr = 0.01};
        options.mask.assign(Parameters(backend->architecture()).values().size(), 1);
        for (std::size_t i = 0; i < options.mask.size(); i += 3)
            options.mask[i] = 0;
        const TrainingState state = run(options);
        for (std::size_t i = 0; i < options.mask.size(); ++i)
            EXPECT_EQ(state.parameters[i] == 0.0F, options.mask[i] == 0) << i;
    }
}

TEST_F(Training, FindsTheZerosToHold)
{
    Parameters parameters(parseArchitecture("2@5x5 bn relu pool 4, linear 10"));
    const auto values = parameters.values();
    std::ranges::fill(values, 1.0F);
    const ParameterSlice weight = parameters.slices().front();
    const ParameterSlice* mean = parameters.find(1, ParameterRole::RunningMean);
    ASSERT_TRUE(mean);
    values[weight.offset + 3] = 0;
    values[mean->offset] = 0; // not a parameter
    std::vector<std::uint8_t> expected(values.size(), 1);
    expected[weight.offset + 3] = 0;
    EXPECT_EQ(maskOfZeros(parameters), expected);
}

TEST_F(Training, KeepsTheBestEpochOfTheNamedSplit)
{
    for (const KeptEpoch keep : {KeptEpoch::Last, KeptEpoch::BestTest, KeptEpoch::BestValidation}) {
        const TrainingOptions options{.epochs = 5, .batch = 10, .lr = 0.05, .keep = keep};
        std::vector<std::vector<float>> after;
        TrainingObserver observer;
        observer.epochParameters = [&](const EpochResult&, std::span<const float> parameters) {
            after.emplace_back(parameters.begin(), parameters.end());
        };
        const TrainingState state = run(options, observer);
        ASSERT_EQ(after.size(), 5U);
        const auto best =
            std::ranges::max_element(state.epochs, {}, [keep](const EpochResult& epoch) {
                return keep == KeptEpoch::Last       ? epoch.epoch
                       : keep == KeptEpoch::BestTest ? epoch.testCorrect
                                                     : epoch.validationCorrect;
            });
        EXPECT_EQ(state.keptEpoch, best->epoch);
        EXPECT_EQ(state.keptParameters, after[static_cast<std::size_t>(best->epoch - 1)]);
    }
}

TEST_F(Training, MeasuresWhatABackendMeasures)
{
    const TrainingOptions options{.epochs = 2, .lr = 0.01};
    const TrainingState state = run(options);
    const EpochResult& last = state.epochs.back();
    const Evaluation onTest = backend->evaluate(state.parameters, test);
    const Evaluation onValidation = backend->evaluate(state.parameters, validation);
    EXPECT_EQ(last.testCorrect, onTest.correct);
    EXPECT_EQ(last.testLoss, onTest.loss);
    EXPECT_EQ(last.testImages, 150);
    EXPECT_EQ(last.validationCorrect, onValidation.correct);
    EXPECT_EQ(last.validationImages, 100);
    EXPECT_EQ(last.trainImages, 200);
}

TEST_F(Training, ShowsItsStateAfterEachBatchAndEpoch)
{
    const TrainingOptions options{.epochs = 2, .batch = 100};
    std::vector<std::pair<std::size_t, std::uint64_t>> seen;
    TrainingObserver observer;
    observer.state = [&](const TrainingState& state) {
        seen.emplace_back(state.epochs.size(), state.imagesDone);
    };
    run(options, observer);
    const std::vector<std::pair<std::size_t, std::uint64_t>> expected = {
        {0, 100}, {0, 200}, {1, 0}, {1, 100}, {1, 200}, {2, 0}};
    EXPECT_EQ(seen, expected);
}

TEST_F(Training, RefusesSenselessOptions)
{
    EXPECT_THROW(begin({.batch = 0}), Error);
    EXPECT_THROW(begin({.lr = -1}), Error);
    EXPECT_THROW(begin({.mask = {1, 0}}), Error);
    const TrainingOptions options{.epochs = 1, .keep = KeptEpoch::BestValidation};
    EXPECT_THROW(train(*backend, begin(options), {&training, &test, nullptr}, options), Error);
    const Dataset none;
    EXPECT_THROW(train(*backend, begin({}), {&none, &test, nullptr}, {}), Error);
}

} // namespace core
