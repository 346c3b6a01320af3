// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prune/ablation_evaluator.h"
#include "core/prune/incremental_evaluator.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/data/sample_digits.h"
#include "core/model/architecture_text.h"
#include "core/model/parameters.h"
#include "core/prune/candidates.h"
#include "tests/support/errors.h"
#include "tests/support/random_architecture.h"

#include <gtest/gtest.h>

namespace core
{

namespace
{

/// Padding, strides, both kinds of pool, every activation, slopes of their own and shared ones,
/// layers without bias, an activation before the first weights, overlapping windows.
const std::vector<const char*> kArchitectures = {
    "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10",
    "3@5x5 stride 2 relu pool, 4@3x3 leaky 0.1, linear 10",
    "2@3x3 pad 1 prelu1 avgpool, 3@5x3 pad 2 stride 2 relu pool 3 stride 2 pad 1 ceil, linear 10",
    "2@7x7 stride 3 nobias prelu, 3@2x2 pad 1 prelu1 gavgpool, linear 10 nobias",
    "pool prelu, 2@3x3 stride 2 pool prelu, linear 10",
};

/// Random pixels of the size that the network takes.
Dataset noise(const Architecture& architecture, int count, std::uint64_t seed)
{
    Random random(seed);
    Dataset data;
    data.name = "noise";
    data.synthetic = true;
    data.height = architecture.input().height;
    data.width = architecture.input().width;
    data.pixels.resize(static_cast<std::size_t>(count * data.height * data.width));
    for (std::uint8_t& pixel : data.pixels)
        pixel = static_cast<std::uint8_t>(random.below(256));
    data.labels.resize(static_cast<std::size_t>(count));
    return data;
}

struct Scene {
    Scene(const char* layers, std::uint64_t seed)
        : architecture(parseArchitecture(layers)),
          parameters(initialParameters(architecture, seed)),
          data(sampleDigits(90 + static_cast<int>(seed), seed))
    {
        Random random(seed);
        for (float& value : parameters.values())
            value += static_cast<float>(0.3 * random.normal());
        relabel();
    }
    explicit Scene(std::uint64_t seed)
        : architecture(test::randomGolfNetwork(seed)),
          parameters(test::livelyParameters(architecture, seed)),
          data(noise(architecture, 40 + static_cast<int>(seed), seed))
    {
        relabel();
    }

    /// Its own answers, but for a tenth of the images, are what it is to remember.
    void relabel()
    {
        const auto answers = makeBackend(architecture)->evaluate(parameters.values(), data);
        for (std::size_t i = 0; i < data.labels.size(); ++i)
            if (i % 10 != 0)
                data.labels[i] = answers.predictions[i];
    }

    std::unique_ptr<AblationEvaluator> evaluator(PruneEvaluation kind, int threads = 1) const
    {
        return makeAblationEvaluator(architecture, parameters.values(), data,
                                     {BackendChoice::Fused, threads}, kind);
    }
    double shareAbove(int allowedToLose) const
    {
        const int correct = *evaluator(PruneEvaluation::Full)->correct();
        return std::max(1, correct - allowedToLose) / static_cast<double>(data.size());
    }
    std::vector<PruneVisit> visits(const PruneOptions& options, PruneEvaluation kind, int threads,
                                   PruneState& result) const
    {
        std::vector<PruneVisit> visits;
        PruneObserver observer;
        observer.visited = [&](const PruneVisit& visit) { visits.push_back(visit); };
        result = prune(architecture, initialPruneState(parameters.values()), data, options,
                       {BackendChoice::Fused, threads}, observer, {}, kind);
        return visits;
    }

    Architecture architecture;
    Parameters parameters;
    Dataset data;
};

void expectSame(const PruneVisit& fast, const PruneVisit& slow)
{
    EXPECT_EQ(fast.visit, slow.visit);
    EXPECT_EQ(fast.pass, slow.pass);
    EXPECT_EQ(fast.parameter, slow.parameter);
    EXPECT_EQ(fast.value, slow.value);
    EXPECT_EQ(fast.removed, slow.removed);
    EXPECT_EQ(fast.correctBefore, slow.correctBefore);
    EXPECT_EQ(fast.nonzero, slow.nonzero);
    if (fast.exact)
        EXPECT_EQ(fast.correct, slow.correct);
    else
        EXPECT_GE(fast.correct, slow.correct);
}

void expectSameDecisions(const Scene& scene, const PruneOptions& options)
{
    PruneState slowState;
    const auto slow = scene.visits(options, PruneEvaluation::Full, 1, slowState);
    for (const int threads : {1, 2, 3}) {
        PruneState fastState;
        const auto fast = scene.visits(options, PruneEvaluation::Incremental, threads, fastState);
        ASSERT_EQ(fast.size(), slow.size());
        for (std::size_t i = 0; i < fast.size(); ++i)
            expectSame(fast[i], slow[i]);
        EXPECT_EQ(fastState.parameters, slowState.parameters);
        EXPECT_EQ(fastState.correct, slowState.correct);
        EXPECT_EQ(fastState.visited, slowState.visited);
    }
    EXPECT_GT(slowState.removed, 0U);
    EXPECT_LT(slowState.removed, slowState.visited);
}

class IncrementalPruning : public testing::TestWithParam<const char*>
{
};

} // namespace

TEST_P(IncrementalPruning, DecidesLikeTheSlowWayWeightByWeight)
{
    const Scene scene(GetParam(), 1);
    ASSERT_TRUE(canEvaluateIncrementally(scene.architecture, scene.data.size()));
    PruneOptions options;
    for (const int allowedToLose : {0, 3}) {
        options.threshold = scene.shareAbove(allowedToLose);
        expectSameDecisions(scene, options);
    }
}

TEST_P(IncrementalPruning, DecidesAlikeInEveryOrderWithBiasesAndSlopes)
{
    const Scene scene(GetParam(), 2);
    PruneOptions options;
    options.biases = options.slopes = true;
    options.passes = 3;
    options.threshold = scene.shareAbove(2);
    for (const PruneOrder order :
         {PruneOrder::Random, PruneOrder::Magnitude, PruneOrder::LossRise}) {
        options.order = order;
        expectSameDecisions(scene, options);
    }
}

TEST_P(IncrementalPruning, MeasuresWhatTheSlowWayMeasures)
{
    const Scene scene(GetParam(), 3);
    const auto slow = scene.evaluator(PruneEvaluation::Full);
    const auto fast = scene.evaluator(PruneEvaluation::Incremental, 2);
    Random random(4);
    for (std::size_t i = 0; i < scene.parameters.values().size();
         i += 1 + static_cast<std::size_t>(random.below(9))) {
        const auto value = static_cast<float>(random.normal());
        const auto expected = slow->measure(i, value);
        const auto found = fast->measure(i, value);
        ASSERT_EQ(found->correct, expected->correct) << "parameter " << i;
        ASSERT_EQ(found->correctPerClass, expected->correctPerClass) << "parameter " << i;
        ASSERT_EQ(found->lossUnits, expected->lossUnits) << "parameter " << i;
        if (random.below(4) == 0) {
            slow->commit(i, value);
            fast->commit(i, value);
            ASSERT_EQ(fast->correct(), slow->correct());
        }
    }
}

TEST(IncrementalRandomNetworks, DecideLikeTheSlowWay)
{
    int tried = 0;
    for (std::uint64_t seed = 1; tried < 12; ++seed) {
        const Scene scene(seed);
        if (scene.parameters.values().size() > 3000)
            continue; // the slow way would take long
        ++tried;
        SCOPED_TRACE(toText(scene.architecture));
        PruneOptions options;
        options.biases = options.slopes = true;
        options.threshold = scene.shareAbove(1);
        PruneState slowState;
        const auto slow = scene.visits(options, PruneEvaluation::Full, 1, slowState);
        PruneState fastState;
        const auto fast = scene.visits(options, PruneEvaluation::Incremental, 2, fastState);
        ASSERT_EQ(fast.size(), slow.size());
        for (std::size_t i = 0; i < fast.size(); ++i)
            expectSame(fast[i], slow[i]);
        EXPECT_EQ(fastState.parameters, slowState.parameters);
    }
}

// Enough blocks that most are not among those that scout.
TEST(IncrementalLookahead, DecidesLikeTheSlowWay)
{
    const Scene scene("2@5x5 stride 3 prelu pool, linear 10", 900);
    PruneOptions options;
    options.passes = 2;
    for (const int allowedToLose : {0, 5, 50}) {
        options.threshold = scene.shareAbove(allowedToLose);
        expectSameDecisions(scene, options);
    }
}

INSTANTIATE_TEST_SUITE_P(, IncrementalPruning, testing::ValuesIn(kArchitectures),
                         [](const auto& each) { return "Network" + std::to_string(each.index); });

TEST(IncrementalBestFirst, ChoosesTheSame)
{
    const Scene scene("1@7x7 stride 7 prelu pool, linear 10", 5);
    PruneOptions options;
    options.method = PruneMethod::BestFirst;
    options.biases = options.slopes = true;
    options.threshold = scene.shareAbove(1);
    expectSameDecisions(scene, options);
}

TEST(IncrementalEvaluator, EndsEarlyOnlyBelowWhatIsAskedFor)
{
    const Scene scene(kArchitectures.front(), 6);
    const auto slow = scene.evaluator(PruneEvaluation::Full);
    const auto fast = scene.evaluator(PruneEvaluation::Incremental);
    Random random(7);
    for (int i = 0; i < 60; ++i) {
        const auto parameter =
            static_cast<std::size_t>(random.below(scene.parameters.values().size()));
        const int exact = *slow->tryValue(parameter, 2, 0);
        EXPECT_EQ(*fast->tryValue(parameter, 2, exact), exact);
        EXPECT_LT(*fast->tryValue(parameter, 2, exact + 1), exact + 1);
        EXPECT_GE(*fast->tryValue(parameter, 2, exact + 1), 0);
    }
    EXPECT_EQ(fast->correct(), slow->correct());
}

TEST(IncrementalEvaluator, ChangesNothingWhereItIsStopped)
{
    const Scene scene(kArchitectures.front(), 8);
    const auto fast = scene.evaluator(PruneEvaluation::Incremental, 2);
    const auto before = fast->measure(0, scene.parameters.values()[0]);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(fast->tryValue(100, 5, 0, stop.get_token()), std::nullopt);
    EXPECT_FALSE(fast->measure(200, 5, stop.get_token()).has_value());
    EXPECT_EQ(fast->measure(0, scene.parameters.values()[0])->lossUnits, before->lossUnits);
    EXPECT_EQ(fast->parameters()[100], scene.parameters.values()[100]);
}

TEST(IncrementalEvaluator, RefusesImagesOfAnotherSize)
{
    const Architecture architecture = parseArchitecture("input 20x20, 2@3x3 relu, linear 10");
    const Parameters parameters = initialParameters(architecture, 1);
    test::expectError(ErrorKind::Input, "28x28 pixels, the network expects 20x20", [&] {
        makeAblationEvaluator(architecture, parameters.values(), sampleDigits(10), {});
    });
}

TEST(IncrementalEvaluator, LeavesToTheSlowWayWhatTheFusedEngineDoesNotCover)
{
    EXPECT_FALSE(canEvaluateIncrementally(parseArchitecture("4@3x3 tanh pool, linear 10"), 100));
    const Architecture large = parseArchitecture("32@3x3 relu, 32@3x3 relu, linear 10");
    EXPECT_TRUE(canEvaluateIncrementally(large, 100));
    EXPECT_FALSE(canEvaluateIncrementally(large, 60000)) << "needs gigabytes";
}

} // namespace core
