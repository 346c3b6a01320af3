// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sparse/moving_mask.h"
#include "core/sparse/sparse_mask.h"
#include "core/sparse/tensor_shares.h"

#include "core/base/error.h"
#include "core/prune/candidates.h"
#include "tests/support/trained.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>

namespace core
{

namespace
{

constexpr SparseMethod kMethods[] = {
    SparseMethod::Random, SparseMethod::Erk,     SparseMethod::Magnitude, SparseMethod::Snip,
    SparseMethod::Grasp,  SparseMethod::SynFlow, SparseMethod::Set,       SparseMethod::RigL};

TrainingOptions sparse(SparseMethod method, int nonzero = 300)
{
    TrainingOptions options{.epochs = 4, .batch = 40, .lr = 0.02, .seed = 3};
    options.switches.sparse = method;
    options.switches.nonzero = nonzero;
    options.switches.moveInterval = 3;
    return options;
}

class SparseTraining : public test::SmallTraining
{
protected:
    std::vector<std::uint8_t> maskBy(const TrainingOptions& options)
    {
        const auto mask = sparseMask(*backend, begin(options).parameters, training, options);
        return mask.value();
    }
};

int ones(const std::vector<std::uint8_t>& mask)
{
    return std::accumulate(mask.begin(), mask.end(), 0);
}

} // namespace

TEST_F(SparseTraining, TrainsExactlyAsManyParametersAsAsked)
{
    for (const SparseMethod method : kMethods)
        for (const int nonzero : {1, 77, 300, 784}) { // of 784
            const TrainingOptions options = sparse(method, nonzero);
            EXPECT_EQ(ones(maskBy(options)), nonzero) << static_cast<int>(method);
        }
}

TEST_F(SparseTraining, NeverHasMoreThanThatAfterAnyEpoch)
{
    for (const SparseMethod method : kMethods) {
        const TrainingOptions options = sparse(method);
        int epochs = 0;
        TrainingObserver observer;
        observer.epochParameters = [&](const EpochResult&, std::span<const float> parameters) {
            EXPECT_LE(nonzeroCount(backend->architecture(), parameters), 300);
            EXPECT_GE(nonzeroCount(backend->architecture(), parameters), 290);
            ++epochs;
        };
        const TrainingState state = run(options, observer);
        EXPECT_EQ(epochs, 4);
        for (std::size_t i = 0; i < state.mask.size(); ++i)
            EXPECT_TRUE(state.mask[i] == 1 || state.parameters[i] == 0.0F) << i;
    }
}

TEST_F(SparseTraining, KeepsTheCountInAnAverageWhoseMaskMoves)
{
    for (const Averaging average : {Averaging::Ema, Averaging::Swa}) {
        TrainingOptions options = sparse(SparseMethod::Set);
        options.switches.average = average;
        options.switches.averageShare = 0.75;
        EXPECT_LE(nonzeroCount(backend->architecture(), run(options).keptParameters), 300);
    }
}

TEST_F(SparseTraining, MovesTheMaskWhereTheMethodSaysSo)
{
    for (const SparseMethod method : kMethods) {
        const TrainingOptions options = sparse(method);
        const bool moves = method == SparseMethod::Set || method == SparseMethod::RigL;
        EXPECT_EQ(run(options).mask != maskBy(options), moves) << static_cast<int>(method);
    }
}

TEST_F(SparseTraining, EndsInTheSameBitsWhereverItWasStopped)
{
    for (const SparseMethod method : {SparseMethod::Snip, SparseMethod::Set, SparseMethod::RigL}) {
        TrainingOptions options = sparse(method);
        options.switches.average = Averaging::Ema;
        expectStopsChangeNothing(options);
    }
}

TEST_F(SparseTraining, StaysInsideTheOptionsMask)
{
    for (const SparseMethod method : kMethods) {
        TrainingOptions options = sparse(method, 200);
        options.mask.assign(Parameters(backend->architecture()).values().size(), 1);
        for (std::size_t i = 0; i < options.mask.size(); i += 3)
            options.mask[i] = 0;
        const TrainingState state = run(options);
        EXPECT_EQ(ones(state.mask), 200);
        for (std::size_t i = 0; i < options.mask.size(); i += 3)
            EXPECT_EQ(state.mask[i], 0) << i;
    }
}

TEST_F(SparseTraining, LeavesRunningStatisticsAlone)
{
    use("2@5x5 bn relu pool 4, linear 10");
    const TrainingState state = run(sparse(SparseMethod::Magnitude, 100));
    const Parameters layout(backend->architecture());
    for (const ParameterSlice& slice : layout.slices())
        for (std::size_t i = slice.offset; i < slice.offset + slice.count; ++i)
            EXPECT_TRUE(state.mask[i] == 1 || isTrainable(slice.role)) << i;
    EXPECT_LE(nonzeroCount(backend->architecture(), state.parameters), 100);
}

TEST_F(SparseTraining, ByMagnitudeKeepsTheLargest)
{
    const TrainingOptions options = sparse(SparseMethod::Magnitude);
    const std::vector<std::uint8_t> mask = maskBy(options);
    const std::vector<float> parameters = begin(options).parameters;
    float smallestKept = 1e9F;
    float largestGone = 0;
    for (std::size_t i = 0; i < mask.size(); ++i)
        if (mask[i])
            smallestKept = std::min(smallestKept, std::abs(parameters[i]));
        else
            largestGone = std::max(largestGone, std::abs(parameters[i]));
    EXPECT_GE(smallestKept, largestGone);
}

TEST_F(SparseTraining, RefusesMoreThanThereAre)
{
    const TrainingOptions options = sparse(SparseMethod::Random, 785);
    EXPECT_THROW(run(options), Error);
    EXPECT_THROW(begin(sparse(SparseMethod::Random, 0)), Error);
    EXPECT_THROW(begin(sparse(SparseMethod::None, 5)), Error);
}

TEST(ErdosRenyiCounts, AreInProportionToTheSumOfSizesOverTheirProduct)
{
    const Parameters layout(parseArchitecture("8@5x5 relu pool, 16@3x3 relu pool, linear 10"));
    std::vector<std::size_t> sizes;
    for (const ParameterSlice& slice : layout.slices())
        sizes.push_back(slice.count);
    const std::vector<std::size_t> counts = erdosRenyiCounts(layout.slices(), sizes, 600);
    EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), std::size_t{0}), 600U);
    // By hand: [8,1,5,5] has a raw density of 19/200, [16,8,3,3] of 30/1152, [10,400] of 410/4000;
    // the biases' raw density is 1, so they are dense.
    ASSERT_EQ(counts.size(), 6U);
    EXPECT_EQ(counts[1], 8U);
    EXPECT_EQ(counts[3], 16U);
    EXPECT_EQ(counts[5], 10U);
    const double scale = (600.0 - 34) / (19 + 30 + 410);
    EXPECT_NEAR(static_cast<double>(counts[0]), 19 * scale, 1);
    EXPECT_NEAR(static_cast<double>(counts[2]), 30 * scale, 1);
    EXPECT_NEAR(static_cast<double>(counts[4]), 410 * scale, 1);
}

TEST(MovedMask, SwapsTheSmallestForTheMostPromising)
{
    ParameterSlice slice;
    slice.count = 6;
    const std::vector<std::uint8_t> mask = {1, 1, 1, 1, 0, 0};
    const std::vector<float> values = {0.1F, -3, 2, -0.2F, 0, 0};
    using Mask = std::vector<std::uint8_t>;
    EXPECT_EQ(movedMask({slice}, mask, {}, values, std::vector<double>{0, 0, 0, 0, 1, 2}, 0.5),
              (Mask{0, 1, 1, 0, 1, 1}));
    // What went may come back where it promises more.
    EXPECT_EQ(movedMask({slice}, mask, {}, values, std::vector<double>{5, 0, 0, 0, 1, 2}, 0.5),
              (Mask{1, 1, 1, 0, 0, 1}));
    EXPECT_EQ(movedMask({slice}, mask, Mask{1, 1, 1, 1, 1, 0}, values,
                        std::vector<double>{0, 0, 0, 0, 1, 2}, 0.25),
              (Mask{0, 1, 1, 1, 1, 0}));
}

TEST(MovedShare, FallsAlongHalfACosineAndEndsAtThreeQuarters)
{
    TrainingOptions options = sparse(SparseMethod::RigL);
    options.epochs = 8;
    options.switches.moveInterval = 10;
    constexpr std::uint64_t kBatches = 100;
    EXPECT_EQ(movedShare(options, 1, 0, kBatches), 0);
    EXPECT_EQ(movedShare(options, 1, 15, kBatches), 0);
    EXPECT_NEAR(movedShare(options, 1, 10, kBatches), 0.3, 1e-3);
    EXPECT_NEAR(movedShare(options, 4, 0, kBatches), 0.15, 1e-9); // half of 600 steps
    EXPECT_GT(movedShare(options, 6, 90, kBatches), 0);
    EXPECT_EQ(movedShare(options, 7, 0, kBatches), 0);
    options.switches.sparse = SparseMethod::Set;
    EXPECT_EQ(movedShare(options, 1, 0, kBatches), 0);
    EXPECT_EQ(movedShare(options, 8, 0, kBatches), 0.3);
    EXPECT_EQ(movedShare(options, 8, 10, kBatches), 0);
}

} // namespace core
