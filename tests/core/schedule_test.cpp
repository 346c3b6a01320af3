// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/schedule.h"

#include "core/base/error.h"

#include <gtest/gtest.h>
#include <vector>

namespace core
{

TEST(Schedule, StaysConstantAsThePublishedProgramDid)
{
    const TrainingOptions published;
    EXPECT_EQ(learningRate(published, 1, 0, 100), 0.0008);
    EXPECT_EQ(learningRate(published, 20, 99, 100), 0.0008);
}

// Recorded from torch.optim.lr_scheduler.StepLR(step_size=2, gamma=0.62).
TEST(Schedule, StepsAsPyTorchs)
{
    const TrainingOptions options{
        .lr = 0.01, .schedule = ScheduleKind::Step, .lrStep = 2, .lrGamma = 0.62};
    const std::vector<double> expected = {0.01, 0.01, 0.0062, 0.0062, 0.003844, 0.003844};
    for (int epoch = 1; epoch <= 6; ++epoch)
        for (const std::uint64_t batch : {0U, 4U})
            EXPECT_DOUBLE_EQ(learningRate(options, epoch, batch, 5),
                             expected[static_cast<std::size_t>(epoch - 1)]);
}

// Recorded from torch.optim.lr_scheduler.CosineAnnealingLR(T_max=12, eta_min=0.001), which has
// rounding errors of its own because it goes from value to value.
TEST(Schedule, FollowsPyTorchsCosineBatchByBatch)
{
    const TrainingOptions options{
        .epochs = 3, .lr = 0.01, .schedule = ScheduleKind::Cosine, .lrEnd = 0.001};
    const std::vector<double> expected = {
        0.01,
        0.009846666218300808,
        0.009397114317029977,
        0.008681980515339464,
        0.00775,
        0.006664685702961345,
        0.0055,
        0.004335314297038657,
        0.00325,
        0.0023180194846605367,
        0.001602885682970026,
        0.001153333781699193,
    };
    for (std::size_t step = 0; step < expected.size(); ++step)
        EXPECT_NEAR(learningRate(options, 1 + static_cast<int>(step / 4), step % 4, 4),
                    expected[step], 1e-15);
}

TEST(TrainingOptions, AreRefusedWithASentenceWhereTheyMakeNoSense)
{
    const std::vector<TrainingOptions> senseless = {
        {.epochs = -1},
        {.batch = 0},
        {.batch = 1025},
        {.lr = 0},
        {.schedule = ScheduleKind::Step, .lrStep = 0},
        {.schedule = ScheduleKind::Step, .lrGamma = -0.5},
        {.schedule = ScheduleKind::Cosine, .lrEnd = -1},
        {.optimizer = OptimizerKind::Sgd, .momentum = 1},
        {.weightDecay = -0.1},
        {.labelSmoothing = 1},
    };
    for (const TrainingOptions& options : senseless) {
        try {
            requireSensible(options);
            ADD_FAILURE() << "nothing was thrown";
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::Usage);
            EXPECT_NE(std::string(error.what()).find("expected"), std::string::npos);
        }
    }
    EXPECT_NO_THROW(requireSensible(TrainingOptions{}));
    EXPECT_NO_THROW(requireSensible(TrainingOptions{.lrStep = 0})); // not used by a constant rate
}

TEST(TrainingOptions, SayWhatAKeptEpochWasChosenBy)
{
    EXPECT_EQ(selectedOn(KeptEpoch::Last), "");
    EXPECT_EQ(selectedOn(KeptEpoch::BestTest), "test");
    EXPECT_EQ(selectedOn(KeptEpoch::BestValidation), "validation");
    EXPECT_TRUE(holdsOutValidation({.keep = KeptEpoch::BestValidation}));
    EXPECT_TRUE(holdsOutValidation({.validation = true}));
    EXPECT_FALSE(holdsOutValidation({.keep = KeptEpoch::BestTest}));
}

} // namespace core
