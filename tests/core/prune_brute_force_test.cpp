// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prune/brute_force.h"

#include "core/base/error.h"
#include "core/data/mnist.h"
#include "core/data/sample_digits.h"
#include "core/formats/model_file.h"
#include "core/model/architecture_text.h"
#include "core/model/parameters.h"
#include "core/prune/candidates.h"
#include "tests/support/errors.h"
#include "tests/support/places.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

namespace core
{

namespace
{

/// A small network that guesses, with the digits it guesses at: every removal matters to some.
struct Scene {
    explicit Scene(const char* layers = "2@5x5 stride 3 prelu pool, 3@3x3 prelu, linear 10",
                   std::uint64_t seed = 1)
        : architecture(parseArchitecture(layers)),
          parameters(initialParameters(architecture, seed)), data(sampleDigits(120, seed)),
          backend(makeBackend(architecture))
    {
        start.assign(parameters.values().begin(), parameters.values().end());
        correct = evaluate(start);
        options.threshold = (correct - 2) / 120.0;
    }

    int evaluate(const std::vector<float>& values)
    {
        return backend->evaluate(values, data).correct;
    }
    double lossOf(const std::vector<float>& values) { return backend->evaluate(values, data).loss; }
    PruneState prune(const PruneObserver& observer = {}, std::stop_token stop = {})
    {
        return core::prune(architecture, initialPruneState(start), data, options, {}, observer,
                           stop, PruneEvaluation::Full);
    }

    Architecture architecture;
    Parameters parameters;
    Dataset data;
    std::unique_ptr<Backend> backend;
    std::vector<float> start;
    int correct = 0;
    PruneOptions options;
};

/// The published procedure as plainly as it can be said: weights in the order `order`.
std::vector<float> bruteForce(Scene& scene, const std::vector<std::size_t>& order)
{
    std::vector<float> values = scene.start;
    for (const std::size_t i : order) {
        const float before = values[i];
        values[i] = 0;
        if (scene.evaluate(values) < scene.correct - 2)
            values[i] = before;
    }
    return values;
}

std::vector<std::size_t> weightIndices(const Parameters& parameters)
{
    std::vector<std::size_t> indices;
    for (const ParameterSlice& slice : parameters.slices())
        for (std::size_t i = 0; i < slice.count; ++i)
            if (slice.role == ParameterRole::Weight)
                indices.push_back(slice.offset + i);
    return indices;
}

/// Stops and resumes after every `every` decisions, each time from a copy of the state.
PruneState pruneInPieces(Scene& scene, int every)
{
    PruneState state = initialPruneState(scene.start);
    while (!state.finished) {
        std::stop_source stop;
        int decisions = 0;
        PruneObserver observer;
        observer.visited = [&](const PruneVisit&) {
            if (++decisions == every)
                stop.request_stop();
        };
        const PruneState copy = state;
        state = core::prune(scene.architecture, copy, scene.data, scene.options, {}, observer,
                            stop.get_token(), PruneEvaluation::Full);
    }
    return state;
}

} // namespace

TEST(BruteForce, RemovesWhatThePlainProcedureRemoves)
{
    Scene scene;
    const PruneState state = scene.prune();
    EXPECT_EQ(state.parameters, bruteForce(scene, weightIndices(scene.parameters)));
    EXPECT_TRUE(state.finished);
    EXPECT_EQ(state.visited, weightIndices(scene.parameters).size());
    EXPECT_EQ(state.correct, scene.evaluate(state.parameters));
    EXPECT_GT(state.removed, 10U);
    EXPECT_LT(state.removed, state.visited);
}

TEST(BruteForce, TellsEachDecisionWithWhatItCost)
{
    Scene scene;
    std::vector<float> values = scene.start;
    int correct = scene.correct;
    std::uint64_t visits = 0;
    PruneObserver observer;
    observer.visited = [&](const PruneVisit& visit) {
        EXPECT_EQ(visit.visit, ++visits);
        EXPECT_EQ(visit.pass, 1);
        EXPECT_EQ(visit.value, values[visit.parameter]);
        EXPECT_EQ(visit.correctBefore, correct);
        values[visit.parameter] = 0;
        EXPECT_EQ(visit.correct, scene.evaluate(values));
        EXPECT_TRUE(visit.exact);
        EXPECT_EQ(visit.removed, visit.correct >= scene.correct - 2);
        if (visit.removed)
            correct = visit.correct;
        else
            values[visit.parameter] = visit.value;
        EXPECT_EQ(visit.nonzero, nonzeroCount(scene.architecture, values));
    };
    EXPECT_EQ(scene.prune(observer).parameters, values);
}

TEST(BruteForce, DoesNotVisitWhatIsZeroAlready)
{
    Scene scene;
    scene.start[3] = 0;
    scene.start[7] = -0.0F;
    PruneObserver observer;
    observer.visited = [&](const PruneVisit& visit) {
        EXPECT_NE(visit.parameter, 3U);
        EXPECT_NE(visit.parameter, 7U);
    };
    scene.options.threshold = 0.01;
    EXPECT_EQ(scene.prune(observer).visited, weightIndices(scene.parameters).size() - 2);
}

TEST(BruteForce, VisitsBiasesAndSlopesWhereAsked)
{
    Scene scene;
    scene.options.threshold = 0.001;
    const std::vector<float> zeros(scene.start.size());
    scene.options.biases = true;
    PruneState state = scene.prune();
    const ParameterSlice* slopes = scene.parameters.find(1, ParameterRole::Slope);
    ASSERT_NE(slopes, nullptr);
    EXPECT_EQ(state.parameters[slopes->offset], 0.25F);
    EXPECT_EQ(nonzeroCount(scene.architecture, state.parameters), 5);
    scene.options.slopes = true;
    state = scene.prune();
    EXPECT_EQ(nonzeroCount(scene.architecture, state.parameters), 0);
}

TEST(BruteForce, OrdersByMagnitude)
{
    Scene scene;
    scene.options.order = PruneOrder::Magnitude;
    std::vector<std::size_t> order = weightIndices(scene.parameters);
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return std::abs(scene.start[i]); });
    EXPECT_EQ(scene.prune().parameters, bruteForce(scene, order));
}

TEST(BruteForce, OrdersByTheLossWithoutEachWeight)
{
    Scene scene;
    scene.options.order = PruneOrder::LossRise;
    std::vector<double> losses(scene.start.size());
    std::vector<std::size_t> order = weightIndices(scene.parameters);
    for (const std::size_t i : order) {
        std::vector<float> without = scene.start;
        without[i] = 0;
        losses[i] = scene.lossOf(without);
    }
    double last = 0;
    PruneObserver observer;
    observer.visited = [&](const PruneVisit& visit) {
        EXPECT_GE(losses[visit.parameter], last - 1e-6) << "in float32 losses are this exact";
        last = losses[visit.parameter];
    };
    EXPECT_EQ(scene.prune(observer).visited, order.size());
}

TEST(BruteForce, ShufflesBySeedAndPass)
{
    Scene scene;
    scene.options.order = PruneOrder::Random;
    scene.options.passes = 2;
    const auto orders = [&](std::uint64_t seed) {
        scene.options.seed = seed;
        std::vector<std::vector<std::size_t>> seen(2);
        PruneObserver observer;
        observer.visited = [&](const PruneVisit& visit) {
            seen[static_cast<std::size_t>(visit.pass) - 1].push_back(visit.parameter);
        };
        scene.prune(observer);
        return seen;
    };
    const auto first = orders(1);
    EXPECT_EQ(first, orders(1));
    EXPECT_NE(first, orders(2));
    std::vector<std::size_t> sorted = first[0];
    EXPECT_FALSE(std::ranges::is_sorted(sorted));
    std::ranges::sort(sorted);
    EXPECT_EQ(sorted, weightIndices(scene.parameters));
    EXPECT_FALSE(std::ranges::is_sorted(first[1]));
    EXPECT_LT(first[1].size(), first[0].size());
}

TEST(BruteForce, EndsWithThePassThatRemovesNothing)
{
    Scene scene;
    scene.options.passes = 100;
    int passes = 0;
    std::uint64_t removedInLast = 0;
    PruneObserver observer;
    observer.visited = [&](const PruneVisit& visit) {
        if (visit.pass > passes)
            removedInLast = 0;
        passes = visit.pass;
        removedInLast += visit.removed ? 1 : 0;
    };
    const PruneState state = scene.prune(observer);
    EXPECT_LT(passes, 20);
    EXPECT_EQ(removedInLast, 0U);
    EXPECT_EQ(state.pass, passes);
}

TEST(BruteForce, DecidesTheSameWhenStoppedAndResumedAnywhere)
{
    for (const PruneOrder order : {PruneOrder::Published, PruneOrder::Random, PruneOrder::LossRise})
        for (const int every : {1, 7}) {
            Scene scene;
            scene.options.order = order;
            scene.options.passes = 2;
            const PruneState whole = scene.prune();
            const PruneState pieces = pruneInPieces(scene, every);
            EXPECT_EQ(pieces.parameters, whole.parameters);
            EXPECT_EQ(pieces.visited, whole.visited);
            EXPECT_EQ(pieces.removed, whole.removed);
            EXPECT_EQ(pieces.correct, whole.correct);
        }
}

TEST(BruteForce, RefusesANetworkBelowTheThreshold)
{
    Scene scene;
    scene.options.threshold = 0.98;
    test::expectError(ErrorKind::GoalNotReached, "expected at least 118 (98 %)",
                      [&] { scene.prune(); });
}

TEST(BruteForce, RefusesOptionsWithoutSense)
{
    Scene scene;
    scene.options.passes = 0;
    test::expectError(ErrorKind::Usage, "0 passes", [&] { scene.prune(); });
    scene.options.passes = 1;
    for (const double threshold : {0.0, 1.5, std::nan("")}) {
        scene.options.threshold = threshold;
        test::expectError(ErrorKind::Usage, "threshold", [&] { scene.prune(); });
    }
}

TEST(BestFirst, RemovesWhatTheBestOfAllTrialsIs)
{
    Scene scene("avgpool 7, 1@2x2 stride 2 relu, linear 10");
    scene.options.method = PruneMethod::BestFirst;
    scene.options.biases = true;
    scene.data = sampleDigits(60);
    scene.correct = scene.evaluate(scene.start);
    scene.options.threshold = (scene.correct - 1) / 60.0;
    std::vector<std::size_t> left(scene.start.size());
    std::iota(left.begin(), left.end(), std::size_t{0});
    std::vector<float> values = scene.start;
    PruneObserver observer;
    observer.visited = [&](const PruneVisit& visit) {
        int best = 0;
        double smallest = 0; // loss of the removals that leave `best`
        double chosenLoss = 0;
        for (const std::size_t i : left) {
            std::vector<float> without = values;
            without[i] = 0;
            const int correct = scene.evaluate(without);
            const double loss = scene.lossOf(without);
            if (i == visit.parameter) {
                EXPECT_EQ(visit.correct, correct);
                chosenLoss = loss;
            }
            if (correct > best || (correct == best && loss < smallest))
                smallest = loss;
            best = std::max(best, correct);
        }
        EXPECT_EQ(visit.correct, best);
        EXPECT_NEAR(chosenLoss, smallest, 1e-6);
        EXPECT_GE(best, scene.correct - 1);
        values[visit.parameter] = 0;
        std::erase(left, visit.parameter);
    };
    const PruneState state = scene.prune(observer);
    EXPECT_EQ(state.parameters, values);
    EXPECT_EQ(state.removed, scene.start.size() - left.size());
    EXPECT_GT(state.removed, 5U);
    for (const std::size_t i : left) {
        std::vector<float> without = values;
        without[i] = 0;
        EXPECT_LT(scene.evaluate(without), scene.correct - 1) << "could still be removed";
    }
}

TEST(BestFirst, DecidesTheSameWhenStoppedAndResumedAnywhere)
{
    Scene scene("avgpool 7, 1@2x2 stride 2 relu, linear 10");
    scene.options.method = PruneMethod::BestFirst;
    scene.data = sampleDigits(60);
    scene.correct = scene.evaluate(scene.start);
    scene.options.threshold = scene.correct / 60.0;
    const PruneState whole = scene.prune();
    const PruneState pieces = pruneInPieces(scene, 1);
    EXPECT_EQ(pieces.parameters, whole.parameters);
    EXPECT_EQ(pieces.visited, whole.visited);
}

// The published result, to the last weight. The slow way takes minutes on LibTorch.
TEST(PublishedPruning, MakesThePublishedNetwork)
{
    CADDIE_NEEDS_MNIST();
    CADDIE_NEEDS_SEED();
    const Model model = openModel(*test::seedFolder() / "model.pth");
    const Model published = openModel(*test::seedFolder() / "model-pruned.pth");
    const Dataset data = loadMnist(*test::mnistFolder(), Split::Test);
    const PruneState state =
        prune(model.architecture, initialPruneState(model.parameters.values()), data, {}, {});
    EXPECT_EQ(state.visited, 784U);
    EXPECT_EQ(state.removed, 245U);
    EXPECT_EQ(state.correct, 9800);
    EXPECT_EQ(nonzeroCount(model.architecture, state.parameters), 575);
    int different = 0;
    for (std::size_t i = 0; i < state.parameters.size(); ++i)
        different += (state.parameters[i] == 0) != (published.parameters.values()[i] == 0) ? 1 : 0;
    EXPECT_EQ(different, 0);
}

TEST(RequiredCorrect, CountsInWholeImages)
{
    EXPECT_EQ(requiredCorrect(0.98, 10000), 9800);
    EXPECT_EQ(requiredCorrect(0.98, 120), 118); // 117.6
    EXPECT_EQ(requiredCorrect(0.07, 100), 7);   // 0.07 * 100 is 7.000000000000001
    EXPECT_EQ(requiredCorrect(0.98001, 10000), 9801);
    EXPECT_EQ(requiredCorrect(1, 60000), 60000);
    for (int correct = 1; correct <= 60000; correct += 7)
        ASSERT_EQ(requiredCorrect(correct / 60000.0, 60000), correct);
}

} // namespace core
