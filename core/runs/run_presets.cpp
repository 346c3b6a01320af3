// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/run_spec.h"

#include <algorithm>

namespace core
{

namespace
{

constexpr const char* k1055 = "8@4x4 relu pool, 5@3x3 relu pool, 4@3x3 relu, linear 10";
constexpr const char* k807 = "4@4x4 relu pool, 5@3x3 relu pool, 4@3x3 relu, linear 10";
constexpr const char* kTeacher =
    "32@3x3 relu, 64@3x3 relu pool dropout 0.25, linear 128 relu dropout, linear 10";
constexpr const char* k820 = "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10";

RunPreset training(std::string id, std::string title, std::string about, const char* architecture,
                   TrainingOptions options = {})
{
    RunSpec spec;
    spec.title = title;
    spec.work = TrainSpec{architecture, std::move(options)};
    return {std::move(id), std::move(title), std::move(about), std::move(spec)};
}

RunPreset pruning(std::string id, std::string title, std::string about, const PruneOptions& options)
{
    RunSpec spec;
    spec.title = title;
    spec.work = PruneSpec{options};
    return {std::move(id), std::move(title), std::move(about), std::move(spec)};
}

RunPreset golf(std::string id, std::string title, std::string about, GolfSpec game)
{
    RunSpec spec;
    spec.title = title;
    spec.work = std::move(game);
    return {std::move(id), std::move(title), std::move(about), std::move(spec)};
}

std::vector<RunPreset> makePresets()
{
    const TrainingOptions stepped{
        .lr = 0.003, .schedule = ScheduleKind::Step, .lrStep = 4, .lrGamma = 0.5};
    const TrainingOptions cosine{.epochs = 40,
                                 .batch = 16,
                                 .optimizer = OptimizerKind::Adam,
                                 .lr = 0.003,
                                 .schedule = ScheduleKind::Cosine,
                                 .weightDecay = 0,
                                 .keep = KeptEpoch::BestValidation};
    const GolfOptions quick{.threshold = 0.97,
                            .starts = 2,
                            .startEpochs = 2,
                            .denseEpochs = 6,
                            .share = 0.1,
                            .firstShare = 0.2,
                            .epochs = 3,
                            .firstEpochs = 2,
                            .swaps = 1,
                            .swapEpochs = 2,
                            .trials = 4,
                            .patience = 2};
    // That of models/golf-raw. The heats and the swaps are what brings a game below 300.
    const GolfOptions published{.starts = 24,
                                .startEpochs = 25,
                                .heat = 290,
                                .share = 0.03,
                                .firstShare = 0.15,
                                .epochs = 14,
                                .firstEpochs = 4,
                                .swaps = 14,
                                .swapBelow = 330,
                                .trials = 6,
                                .promising = 2,
                                .patience = 4};
    GolfOptions heldOut = published;
    heldOut.threshold = 0.982;
    heldOut.refit = 40;
    // About that of the last games of models/golf-99: long trainings, many swaps.
    const GolfOptions ninetyNine{
        .threshold = 0.99,
        .share = 0.035,
        .many = 3000,
        .epochs = 40,
        .swaps = 16,
        .swapBelow = 900,
        .swapEpochs = 12,
        .switches = {.augment = Augmentation::Affine, .augmentStrength = 0.7},
        .trials = 6,
        .promising = 2,
        .patience = 6};
    return {
        training("published-1055", "Published 1055",
                 "The hand-made ReLU network: AdamW, 20 epochs, batch 14, at the constant rate of "
                 "0.0008 that the published program really had.",
                 k1055),
        training("published-807", "Published 807",
                 "The ReLU network that the hyper-parameter search found, by the same recipe with "
                 "its constant rate of 0.0008.",
                 k807),
        training("published-820", "Published 820",
                 "The network with one PReLU slope a channel, by the same recipe with its constant "
                 "rate of 0.0008.",
                 k820),
        training("intended-820", "Published 820, stepped",
                 "The recipe as its program meant it: the rate of 0.0008 is multiplied by 0.62 "
                 "every 5 epochs.",
                 k820, {.schedule = ScheduleKind::Step}),
        training("stepped-807", "Stepped 807",
                 "The 807 network at a rate of 0.003 that halves every 4 epochs.", k807, stepped),
        training("stepped-820", "Stepped 820",
                 "The 820 network at a rate of 0.003 that halves every 4 epochs.", k820, stepped),
        training("cosine-820", "Cosine 820",
                 "The 820 network with Adam, its rate falling from 0.003 to 0 over 40 epochs; the "
                 "best epoch by the last 10,000 training images, which it does not train on.",
                 k820, cosine),
        training("teacher", "Teacher",
                 "The network of PyTorch's MNIST example with its 1,199,882 parameters, to learn "
                 "from: 14 epochs of Adam, whose rate of 0.001 falls by 30 % an epoch. LibTorch "
                 "takes about three minutes an epoch.",
                 kTeacher,
                 {.epochs = 14,
                  .batch = 64,
                  .optimizer = OptimizerKind::Adam,
                  .lr = 0.001,
                  .schedule = ScheduleKind::Step,
                  .lrStep = 1,
                  .lrGamma = 0.7,
                  .weightDecay = 0}),
        pruning("published-pruning", "Published pruning",
                "Brute force in the published order, down to 98 % on the test set. It selects on "
                "the test set, as the published procedure did, and the model says so.",
                {.split = Split::Test}),
        pruning("validation-pruning", "Pruning on validation",
                "Brute force in the published order, down to 98 % on the last 10,000 training "
                "images; the test set is only measured on.",
                {.split = Split::Validation}),
        pruning("best-first-pruning", "Best-first pruning",
                "Each step removes the weight, bias or slope whose removal costs least, down to "
                "98 % on the last 10,000 training images.",
                {.method = PruneMethod::BestFirst,
                 .biases = true,
                 .slopes = true,
                 .split = Split::Validation}),
        golf(
            "quick-golf", "Quick golf",
            "A short game down to 97 %: two dense starts, large cuts, one swap a round. To see how "
            "it goes, not to win.",
            {kGolfArchitecture, quick}),
        golf("golf-98", "Golf for 98 %",
             "The fewest parameters that read 98.2 % of the last 10,000 training images, trained "
             "on all of them in the end: what was chosen by them is a little worse elsewhere. The "
             "test set is looked at once. Three hours or more on one core.",
             {kGolfArchitecture, heldOut}),
        golf("published-golf", "Golf for 98 %, on test",
             "The published rules: the fewest parameters that read 98 % of the test images, which "
             "select the network, and the model says so. Three hours or more on one core.",
             {kGolfArchitecture, published, Split::Test}),
        golf("golf-99", "Golf for 99 %, on test",
             "A wider network, turned and sheared images, and 99 % of the test images, which "
             "select it. Half a day on one core.",
             {"6@5x5 prelu pool, 8@3x3 prelu pool, 6@3x3 prelu, linear 10", ninetyNine,
              Split::Test}),
    };
}

} // namespace

const std::vector<RunPreset>& runPresets()
{
    static const std::vector<RunPreset> kPresets = makePresets();
    return kPresets;
}

const RunPreset* findRunPreset(std::string_view id)
{
    const auto found = std::ranges::find(runPresets(), id, &RunPreset::id);
    return found == runPresets().end() ? nullptr : &*found;
}

} // namespace core
