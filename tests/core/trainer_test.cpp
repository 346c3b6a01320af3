// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/trainer.h"

#include "core/base/error.h"
#include "core/data/sample_digits.h"
#include "core/model/architecture_text.h"

#include <gtest/gtest.h>

namespace core
{

namespace
{

const Architecture& published()
{
    static const Architecture network =
        parseArchitecture("4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10");
    return network;
}

TrainingRun trainOnSamples(const TrainingOptions& options, const TrainingObserver& observer = {},
                           std::stop_token stop = {})
{
    const auto backend = makeBackend(published());
    const Parameters start = initialParameters(published(), options.seed);
    return train(*backend, {start.values().begin(), start.values().end()},
                 sampleDigits(600, 1, Split::Train), sampleDigits(300, 1, Split::Test), options,
                 observer, stop);
}

} // namespace

TEST(Trainer, LearnsTheSampleDigits)
{
    const TrainingRun run = trainOnSamples({.epochs = 6, .lr = 0.004});
    ASSERT_EQ(run.epochs.size(), 6U);
    EXPECT_LT(run.epochs.back().trainLoss, run.epochs.front().trainLoss / 2);
    EXPECT_GT(run.epochs.back().testAccuracy(), 0.8); // chance is 0.1
}

TEST(Trainer, GivesTheSameBitsForTheSameSeed)
{
    const TrainingOptions options{
        .epochs = 2, .schedule = ScheduleKind::Step, .lrStep = 1, .lrGamma = 0.5, .seed = 4};
    EXPECT_EQ(trainOnSamples(options).parameters, trainOnSamples(options).parameters);
    TrainingOptions other = options;
    other.seed = 5;
    EXPECT_NE(trainOnSamples(options).parameters, trainOnSamples(other).parameters);
}

TEST(Trainer, StepsTheLearningRateOnlyWhenAsked)
{
    const TrainingOptions constant{.epochs = 2};
    TrainingOptions stepped = constant;
    stepped.schedule = ScheduleKind::Step;
    stepped.lrStep = 1;
    stepped.lrGamma = 0.1;
    const TrainingRun a = trainOnSamples(constant);
    const TrainingRun b = trainOnSamples(stepped);
    EXPECT_EQ(a.epochs[0].trainLoss, b.epochs[0].trainLoss);
    EXPECT_NE(a.epochs[1].trainLoss, b.epochs[1].trainLoss);
}

TEST(Trainer, StopsWithinABatch)
{
    std::stop_source stop;
    std::uint64_t done = 0;
    TrainingObserver observer;
    observer.batchFinished = [&](int, std::uint64_t images, std::uint64_t) {
        done = images;
        if (images >= 28)
            stop.request_stop();
    };
    const TrainingRun run = trainOnSamples({.epochs = 3}, observer, stop.get_token());
    EXPECT_TRUE(run.stopped);
    EXPECT_EQ(done, 28U);
    EXPECT_TRUE(run.epochs.empty());
}

TEST(Trainer, RefusesSenselessOptions)
{
    EXPECT_THROW(trainOnSamples({.batch = 0}), Error);
    EXPECT_THROW(trainOnSamples({.lr = -1}), Error);
    EXPECT_THROW(trainOnSamples({.epochs = -1}), Error);
}

} // namespace core
