// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/comparison.h"

#include "core/data/mnist.h"
#include "core/data/sample_digits.h"
#include "core/formats/model_file.h"
#include "core/model/architecture_text.h"
#include "tests/support/errors.h"
#include "tests/support/places.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <numeric>

namespace core
{

namespace
{

Model makeModel(const std::string& architecture, std::uint64_t seed)
{
    Model model;
    model.name = "m" + std::to_string(seed);
    model.architecture = parseArchitecture(architecture);
    model.parameters = initialParameters(model.architecture, seed);
    return model;
}

constexpr const char* kGolf = "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10";

/// The channels of `unit` moved to the places `order` names, with what reads them.
Model withChannelsMoved(const Model& model, const std::vector<std::size_t>& order)
{
    Model moved = model;
    const auto copyRows = [&](int layer, ParameterRole role) {
        const auto* slice = model.parameters.find(layer, role);
        const auto from = model.parameters.of(*slice);
        const auto to = moved.parameters.of(*slice);
        const std::size_t row = slice->count / order.size();
        for (std::size_t i = 0; i < order.size(); ++i)
            std::ranges::copy(from.subspan(order[i] * row, row),
                              to.begin() + static_cast<long>(i * row));
    };
    copyRows(0, ParameterRole::Weight);
    copyRows(0, ParameterRole::Bias);
    copyRows(1, ParameterRole::Slope);
    const auto* slice = model.parameters.find(3, ParameterRole::Weight);
    const auto from = model.parameters.of(*slice);
    const auto to = moved.parameters.of(*slice);
    for (std::size_t output = 0; output < 5; ++output)
        for (std::size_t i = 0; i < order.size(); ++i)
            std::ranges::copy(from.subspan((output * order.size() + order[i]) * 9, 9),
                              to.begin() + static_cast<long>((output * order.size() + i) * 9));
    return moved;
}

Comparison compared(const Model& a, const Model& b, const Dataset& data)
{
    return compareModels(*makeBackend(a.architecture), a, *makeBackend(b.architecture), b, data,
                         {200});
}

} // namespace

TEST(Comparison, OfAModelWithItselfFindsNoDifference)
{
    const Model model = makeModel(kGolf, 3);
    const Dataset data = sampleDigits(300);
    const Comparison result = compared(model, model, data);
    EXPECT_EQ(result.data, data.description());
    EXPECT_EQ(result.predictions.total.agree, 300);
    EXPECT_EQ(result.predictions.total.correctA(), result.a.correct);
    EXPECT_TRUE(result.predictions.disagreements.empty());
    EXPECT_EQ(std::ranges::count(result.predictions.confusionDifference, 0), 100);
    EXPECT_EQ(result.mask.both, model.parameters.nonzero());
    EXPECT_EQ(result.mask.onlyA + result.mask.onlyB, 0U);
    ASSERT_EQ(result.units.size(), 3U);
    for (const UnitMatching& unit : result.units)
        for (const ChannelPair& pair : unit.matched) {
            EXPECT_EQ(pair.a, pair.b);
            EXPECT_NEAR(pair.correlation, 1, 1e-6);
        }
}

TEST(Comparison, FindsChannelsThatHaveMoved)
{
    const Model model = makeModel(kGolf, 4);
    const std::vector<std::size_t> order = {2, 0, 3, 1};
    const Comparison result = compared(model, withChannelsMoved(model, order), sampleDigits(300));
    EXPECT_EQ(result.predictions.total.agree, 300);
    const UnitMatching& conv1 = result.units[0];
    ASSERT_EQ(conv1.matched.size(), 4U);
    for (const ChannelPair& pair : conv1.matched) {
        EXPECT_EQ(order[static_cast<std::size_t>(pair.b)], static_cast<std::size_t>(pair.a));
        EXPECT_NEAR(pair.correlation, 1, 1e-6);
    }
}

TEST(Comparison, CorrelatesAsASlowLoopDoes)
{
    const Model a = makeModel(kGolf, 5);
    const Model b = makeModel("6@4x4 relu pool, 3@3x3 prelu pool, 4@3x3 prelu, linear 10", 6);
    const Dataset data = sampleDigits(120);
    const auto backendA = makeBackend(a.architecture);
    const auto backendB = makeBackend(b.architecture);
    const auto units = matchUnits(*backendA, a, *backendB, b, data, 40);
    std::vector<int> images;
    for (int i = 0; i < 40; ++i)
        images.push_back(3 * i);
    const auto pixels = data.imagesAsFloat(images);
    const int layer = 4; // conv2's activation function
    const auto mapsA = backendA->activations(a.parameters.values(), pixels, {{layer}})[0];
    const auto mapsB = backendB->activations(b.parameters.values(), pixels, {{layer}})[0];
    ASSERT_EQ(units[1].unit, "conv2");
    for (int i = 0; i < 5; ++i)
        for (int j = 0; j < 3; ++j) {
            std::vector<double> x;
            std::vector<double> y;
            for (int n = 0; n < 40; ++n)
                for (int p = 0; p < 100; ++p) {
                    x.push_back(mapsA.values[static_cast<std::size_t>((n * 5 + i) * 100 + p)]);
                    y.push_back(mapsB.values[static_cast<std::size_t>((n * 3 + j) * 100 + p)]);
                }
            const double meanX = std::accumulate(x.begin(), x.end(), 0.0) / 4000;
            const double meanY = std::accumulate(y.begin(), y.end(), 0.0) / 4000;
            double xx = 0;
            double yy = 0;
            double xy = 0;
            for (std::size_t k = 0; k < x.size(); ++k) {
                xx += (x[k] - meanX) * (x[k] - meanX);
                yy += (y[k] - meanY) * (y[k] - meanY);
                xy += (x[k] - meanX) * (y[k] - meanY);
            }
            EXPECT_NEAR(units[1].correlationOf(i, j), xy / std::sqrt(xx * yy), 1e-9);
        }
}

TEST(Comparison, LeavesTheChannelsOfTheWiderNetworkOver)
{
    const Model narrow = makeModel(kGolf, 7);
    const Model wide = makeModel("8@4x4 relu pool, 5@3x3 relu pool, 4@3x3 relu, linear 10", 8);
    const Comparison result = compared(narrow, wide, sampleDigits(200));
    const UnitMatching& conv1 = result.units[0];
    EXPECT_EQ(conv1.matched.size() + conv1.onlyA.size(), 4U);
    EXPECT_EQ(conv1.matched.size() + conv1.onlyB.size(), 8U);
    for (const ChannelPair& pair : conv1.matched)
        EXPECT_GT(pair.correlation, 0);
    // conv1 and conv2 have other shapes, conv3 and the linear map the same; ReLU has no slopes.
    for (const TensorDifference& tensor : result.tensors) {
        const bool same = tensor.nameA == "features.3.bias" ||
                          tensor.nameA.starts_with("features.6.") ||
                          tensor.nameA.starts_with("classifier.");
        EXPECT_EQ(tensor.comparable, same) << tensor.nameA;
        EXPECT_EQ(tensor.mask.total(), same ? narrow.parameters.find(tensor.nameA)->count : 0U);
        EXPECT_EQ(tensor.nameB.empty(), tensor.nameA == "features.1.weight" ||
                                            tensor.nameA == "features.4.weight" ||
                                            tensor.nameA == "features.7.weight");
    }
}

TEST(Comparison, MatchesTheSameKernelInMapsOfOtherSizes)
{
    // A 3x3 kernel, and the same within one of 5x5: their maps have 26 and 24 rows.
    Model small = makeModel("2@3x3, linear 10", 1);
    Model large = makeModel("2@5x5, linear 10", 2);
    const auto in = small.parameters.of(small.parameters.slices()[0]);
    const auto out = large.parameters.of(large.parameters.slices()[0]);
    std::ranges::fill(out, 0.0F);
    for (std::size_t c = 0; c < 2; ++c)
        for (std::size_t i = 0; i < 9; ++i)
            out[(1 - c) * 25 + (i / 3 + 1) * 5 + i % 3 + 1] = in[c * 9 + i];
    const auto units = matchUnits(*makeBackend(small.architecture), small,
                                  *makeBackend(large.architecture), large, sampleDigits(50));
    ASSERT_EQ(units[0].matched.size(), 2U);
    for (const ChannelPair& pair : units[0].matched) {
        EXPECT_EQ(pair.b, 1 - pair.a);
        EXPECT_NEAR(pair.correlation, 1, 1e-6);
    }
}

TEST(Comparison, LeavesConstantChannelsWithoutAPartner)
{
    Model model = makeModel(kGolf, 9);
    Model dead = model;
    const auto weights = dead.parameters.of(dead.parameters.slices()[0]);
    std::ranges::fill(weights.first(16), 0.0F);
    const Comparison result = compared(model, dead, sampleDigits(200));
    EXPECT_EQ(result.units[0].onlyB, std::vector<int>{0});
    EXPECT_EQ(result.units[0].matched.size(), 3U);
    EXPECT_EQ(result.mask.onlyA, 16U);
    EXPECT_EQ(result.tensors[0].mask, (MaskCounts{48, 16, 0, 0}));
    EXPECT_EQ(result.tensors[0].changed, 16U);
}

TEST(Comparison, PrefersOneCertainPairToTwoUnlikelyOnes)
{
    UnitMatching matching{"conv1", 2, 2, {0.9, 0.3, 0.2, -0.8}, {}, {}, {}};
    matchChannels(matching); // 0.9 - 0.8 < 0.3 + 0.2, but there is nothing to the last pair
    ASSERT_EQ(matching.matched.size(), 1U);
    EXPECT_EQ(matching.matched[0].b, 0);
    EXPECT_EQ(matching.onlyA, std::vector<int>{1});
    EXPECT_EQ(matching.onlyB, std::vector<int>{1});
}

TEST(Comparison, CountsWhoIsRightByHand)
{
    Evaluation a;
    Evaluation b;
    a.predictions = {0, 1, 2, 0, 1, 1};
    b.predictions = {0, 2, 2, 1, 0, 1};
    const std::vector<std::uint8_t> labels = {0, 1, 1, 1, 2, 1};
    const PredictionComparison found = comparePredictions(a, b, labels, 3);
    EXPECT_EQ(found.total, (AgreementCounts{6, 3, 2, 1, 1, 2}));
    EXPECT_EQ(found.perClass[1], (AgreementCounts{4, 2, 1, 1, 1, 1}));
    EXPECT_EQ(found.perClass[2], (AgreementCounts{1, 0, 0, 0, 0, 1}));
    EXPECT_EQ(found.disagreements,
              (std::vector<Disagreement>{{1, 1, 1, 2}, {3, 1, 0, 1}, {4, 2, 1, 0}}));
    EXPECT_EQ(found.confusionDifference, (std::vector<int>{0, 0, 0, -1, 0, 1, 1, -1, 0}));
}

TEST(Comparison, PairsTensorsOfTheSameUnitAndRoleInTheirOrder)
{
    const Model model = makeModel("2@3x3 bn relu pool, bn, 3@3x3 relu, linear 10", 1);
    const auto tensors = parameterDifference(model, model);
    for (const TensorDifference& tensor : tensors) {
        EXPECT_EQ(tensor.nameA, tensor.nameB);
        EXPECT_TRUE(tensor.comparable);
    }
    const MaskCounts mask = maskDifference(tensors);
    EXPECT_EQ(mask.total(), model.parameters.count());
    EXPECT_EQ(mask.both, model.parameters.nonzero());
}

TEST(Comparison, RefusesNetworksOfOtherClassesOrInputs)
{
    const Model a = makeModel(kGolf, 1);
    const Model fewer = makeModel("4@4x4 relu, linear 5", 1);
    const Dataset data = sampleDigits(20);
    test::expectError(ErrorKind::Input, "10 classes", [&] { compared(a, fewer, data); });
    Model other = a;
    other.architecture = Architecture(a.architecture.layers(), {30, 30, 0.1307, 0.3081});
    test::expectError(ErrorKind::Input, "30x30", [&] { compared(a, other, data); });
}

TEST(Comparison, SaysWhenItWasStopped)
{
    const Model model = makeModel(kGolf, 3);
    std::stop_source stop;
    stop.request_stop();
    const auto backend = makeBackend(model.architecture);
    const Comparison result = compareModels(*backend, model, *backend, model, sampleDigits(3000),
                                            {}, {}, stop.get_token());
    EXPECT_TRUE(result.stopped);
    EXPECT_LT(result.predictions.total.images, 3000);
}

TEST(Comparison, OfThePublishedModelsIsThatOfPyTorch)
{
    CADDIE_NEEDS_MNIST();
    CADDIE_NEEDS_SEED();
    const auto expected = nlohmann::json::parse(
        test::readFile(test::sourcePath("tests/data/comparison_820_575.json")));
    const Model a = openModel(*test::seedFolder() / "model.pth");
    const Model b = openModel(*test::seedFolder() / "model-pruned.pth");
    const Dataset data = loadMnist(*test::mnistFolder(), Split::Test);
    const Comparison found =
        compareModels(*makeBackend(a.architecture), a, *makeBackend(b.architecture), b, data);
    EXPECT_EQ(found.nonzeroA, expected["nonzero"]["a"]);
    EXPECT_EQ(found.nonzeroB, expected["nonzero"]["b"]);
    EXPECT_EQ(found.predictions.total.correctA(), expected["correct"]["a"]);
    EXPECT_EQ(found.predictions.total.correctB(), expected["correct"]["b"]);
    EXPECT_EQ(found.predictions.total.agree, expected["agreement"]);
    EXPECT_EQ(found.predictions.total.onlyA, expected["only_a"]);
    EXPECT_EQ(found.predictions.total.onlyB, expected["only_b"]);
    EXPECT_EQ(found.predictions.total.neither, expected["both_wrong"]);
    std::vector<int> confusion;
    for (const auto& row : expected["confusion_difference"])
        for (const int count : row)
            confusion.push_back(count);
    EXPECT_EQ(found.predictions.confusionDifference, confusion);
    for (std::size_t label = 0; label < 10; ++label) {
        const auto& row = expected["per_class"][label];
        const AgreementCounts& counts = found.predictions.perClass[label];
        EXPECT_EQ(counts.images, row["images"]);
        EXPECT_EQ(counts.agree, row["agree"]);
        EXPECT_EQ(counts.both, row["both"]);
        EXPECT_EQ(counts.onlyA, row["only_a"]);
        EXPECT_EQ(counts.onlyB, row["only_b"]);
    }
    std::vector<std::vector<int>> disagreements;
    for (const Disagreement& d : found.predictions.disagreements)
        disagreements.push_back({d.image, d.label, d.a, d.b});
    EXPECT_EQ(disagreements, expected["disagreements"].get<std::vector<std::vector<int>>>());
    ASSERT_EQ(found.tensors.size(), expected["mask"].size());
    for (const TensorDifference& tensor : found.tensors) {
        const auto& mask = expected["mask"][tensor.nameA];
        EXPECT_EQ(tensor.mask.both, mask["both"]) << tensor.nameA;
        EXPECT_EQ(tensor.mask.onlyA, mask["only_a"]);
        EXPECT_EQ(tensor.mask.onlyB, mask["only_b"]);
        EXPECT_EQ(tensor.changed, mask["changed"]);
        EXPECT_NEAR(tensor.distance, mask["distance"].get<double>(), 1e-6);
    }
    for (const UnitMatching& unit : found.units) {
        const auto& recorded = expected["units"][unit.unit];
        for (int i = 0; i < unit.channelsA; ++i)
            for (int j = 0; j < unit.channelsB; ++j)
                EXPECT_NEAR(unit.correlationOf(i, j),
                            recorded["correlation"][static_cast<std::size_t>(i)]
                                    [static_cast<std::size_t>(j)]
                                        .get<double>(),
                            1e-5);
        std::vector<std::vector<int>> pairs;
        for (const ChannelPair& pair : unit.matched)
            pairs.push_back({pair.a, pair.b});
        EXPECT_EQ(pairs, recorded["matched"].get<std::vector<std::vector<int>>>()) << unit.unit;
    }
}

} // namespace core
