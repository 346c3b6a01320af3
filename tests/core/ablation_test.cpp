// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/ablation.h"

#include "core/base/random.h"
#include "core/data/sample_digits.h"
#include "core/model/architecture_text.h"
#include "tests/support/errors.h"
#include "tests/support/random_architecture.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace core
{

namespace
{

constexpr const char* kGolf = "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10";

Model makeModel(const std::string& architecture)
{
    Model model;
    model.name = "m";
    model.architecture = parseArchitecture(architecture);
    model.parameters = initialParameters(model.architecture, 3);
    const auto lively = test::livelyParameters(model.architecture, 8);
    std::ranges::copy(lively.values(), model.parameters.values().begin());
    return model;
}

/// A network, what it computes on average, and the same after an ablation.
struct Bench {
    explicit Bench(const std::string& architecture) : model(makeModel(architecture)) {}

    Model model;
    std::unique_ptr<Backend> backend = makeBackend(model.architecture);
    Dataset data = sampleDigits(60);
    MeanActivations means = meanActivations(*backend, model.parameters.values(), data);

    Parameters ablated(const AblationTarget& target, AblationKind kind) const
    {
        Parameters result = model.parameters;
        for (const ParameterEdit& edit :
             ablationEdits(model.architecture, model.parameters, target, kind, &means)) {
            EXPECT_EQ(result.values()[edit.parameter], edit.before);
            result.values()[edit.parameter] = edit.after;
        }
        return result;
    }

    std::vector<float> outputs(const Parameters& parameters, int layer)
    {
        return backend
            ->activations(parameters.values(), data.imagesAsFloat(0, data.size()), {{layer}})
            .front()
            .values;
    }
};

double meanOf(const std::vector<float>& values, std::size_t first, std::size_t count,
              std::size_t stride)
{
    double sum = 0;
    double n = 0;
    for (std::size_t start = first; start < values.size(); start += stride)
        for (std::size_t i = start; i < start + count; ++i, ++n)
            sum += values[i];
    return sum / n;
}

} // namespace

TEST(MeanActivations, AreThoseOfASlowLoop)
{
    Bench bench(kGolf);
    EXPECT_EQ(bench.means.images, 60);
    for (const int layer : {0, 4, 7, 9}) {
        const auto values = bench.outputs(bench.model.parameters, layer);
        const auto& found = bench.means.layers[static_cast<std::size_t>(layer)];
        for (std::size_t i = 0; i < found.size(); ++i)
            EXPECT_NEAR(found[i], meanOf(values, i, 1, found.size()), 1e-5);
    }
    double pixel = 0;
    for (int i = 0; i < 60; ++i)
        pixel += bench.data.imagesAsFloat(i, 1)[14 * 28 + 14] / 60;
    EXPECT_NEAR(bench.means.input[14 * 28 + 14], (pixel - 0.1307) / 0.3081, 1e-5);
}

TEST(Ablation, ZeroesExactlyTheWeightThatIsMeant)
{
    const Bench bench(kGolf);
    const auto edits = ablationEdits(bench.model.architecture, bench.model.parameters,
                                     WeightTarget{5}, AblationKind::Zero);
    EXPECT_EQ(edits, (std::vector<ParameterEdit>{{5, bench.model.parameters.values()[5], 0.0F}}));
    Parameters already = bench.model.parameters;
    already.values()[5] = 0;
    EXPECT_TRUE(
        ablationEdits(bench.model.architecture, already, WeightTarget{5}, AblationKind::Zero)
            .empty());
}

TEST(Ablation, HoldsAChannelAtZero)
{
    for (const char* text :
         {kGolf, "3@3x3 relu pool, 4@3x3 tanh, linear 10", "3@3x3 bn leaky 0.1 pool, linear 10"}) {
        Bench bench(text);
        for (int unit = 0; unit + 1 < static_cast<int>(bench.model.architecture.units().size());
             ++unit) {
            const Unit& what = bench.model.architecture.units()[static_cast<std::size_t>(unit)];
            const Parameters ablated = bench.ablated(ChannelTarget{unit, 1}, AblationKind::Zero);
            const auto before = bench.outputs(bench.model.parameters, what.postLayer);
            const auto after = bench.outputs(ablated, what.postLayer);
            const auto area = static_cast<std::size_t>(what.shape.area());
            for (std::size_t i = 0; i < after.size(); ++i) {
                const bool hit = i / area % static_cast<std::size_t>(what.shape.channels) == 1;
                ASSERT_EQ(after[i], hit ? 0.0F : before[i]) << text << ' ' << what.name;
            }
        }
    }
}

TEST(Ablation, HoldsAChannelAtItsMean)
{
    for (const char* text : {kGolf, "3@3x3 relu pool, 4@3x3 tanh, linear 10",
                             "3@3x3 sigmoid pool, 4@3x3 bn leaky 0.1, linear 10"}) {
        Bench bench(text);
        for (int unit = 0; unit + 1 < static_cast<int>(bench.model.architecture.units().size());
             ++unit) {
            const Unit& what = bench.model.architecture.units()[static_cast<std::size_t>(unit)];
            const Parameters ablated = bench.ablated(ChannelTarget{unit, 2}, AblationKind::Mean);
            const auto before = bench.outputs(bench.model.parameters, what.postLayer);
            const auto after = bench.outputs(ablated, what.postLayer);
            const auto area = static_cast<std::size_t>(what.shape.area());
            const auto count = static_cast<std::size_t>(what.shape.count());
            // Maps of odd width are pooled by 2: what is left over isn't read and doesn't count.
            double mean = 0;
            double n = 0;
            const auto next = static_cast<std::size_t>(what.postLayer) + 1;
            const bool pooled =
                std::holds_alternative<Pool>(bench.model.architecture.layers()[next]);
            const int even = what.shape.height - (pooled ? what.shape.height % 2 : 0);
            for (std::size_t image = 0; image < 60; ++image)
                for (int row = 0; row < even; ++row)
                    for (int column = 0; column < even; ++column, ++n)
                        mean += before[image * count + 2 * area +
                                       static_cast<std::size_t>(row * what.shape.width + column)];
            mean /= n;
            for (std::size_t i = 0; i < area; ++i)
                ASSERT_NEAR(after[2 * area + i], mean, 1e-5) << text << ' ' << what.name;
            ASSERT_EQ(after[area], before[area]);
        }
    }
}

TEST(Ablation, OfAWeightByItsMeanKeepsWhatItsOutputIsOnAverage)
{
    // Linear in the weight, so that the mean over images and positions must stay.
    for (const char* text : {kGolf, "3@5x5 stride 2 pad 2 relu, 2@3x3 pad 1 relu, linear 10"}) {
        Bench bench(text);
        int changed = 0;
        for (const ParameterSlice& slice : bench.model.parameters.slices()) {
            if (slice.role != ParameterRole::Weight)
                continue;
            const std::size_t entry = slice.count / 2 + 1;
            const Parameters ablated =
                bench.ablated(WeightTarget{slice.offset + entry}, AblationKind::Mean);
            EXPECT_EQ(ablated.of(slice)[entry], 0);
            const Shape shape = bench.model.architecture.outputOf(slice.layer);
            const auto area = static_cast<std::size_t>(shape.area());
            const std::size_t output =
                entry / (slice.count / static_cast<std::size_t>(slice.shape.front()));
            const auto mean = [&](const Parameters& parameters) {
                return meanOf(bench.outputs(parameters, slice.layer), output * area, area,
                              static_cast<std::size_t>(shape.count()));
            };
            EXPECT_NEAR(mean(ablated), mean(bench.model.parameters), 1e-4)
                << text << ' ' << slice.name;
            changed += bench.outputs(ablated, slice.layer) !=
                       bench.outputs(bench.model.parameters, slice.layer);
        }
        EXPECT_GT(changed, 1) << text; // but for weights that read nothing but zeros
    }
}

TEST(Ablation, OfANeuronIsThatOfSettingItInTheSum)
{
    Bench bench(kGolf);
    const auto features = bench.outputs(bench.model.parameters, 7);
    const auto before = bench.outputs(bench.model.parameters, 9);
    const auto weights =
        bench.model.parameters.of(*bench.model.parameters.find("classifier.0.weight"));
    const std::size_t neuron = 17;
    const double mean = meanOf(features, neuron, 1, 36);
    for (const AblationKind kind : {AblationKind::Zero, AblationKind::Mean}) {
        const auto after = bench.outputs(bench.ablated(NeuronTarget{17}, kind), 9);
        for (std::size_t image = 0; image < 60; ++image)
            for (std::size_t label = 0; label < 10; ++label) {
                const double held = kind == AblationKind::Zero ? 0.0 : mean;
                const double expected =
                    before[image * 10 + label] +
                    weights[label * 36 + neuron] * (held - features[image * 36 + neuron]);
                EXPECT_NEAR(after[image * 10 + label], expected, 1e-4);
            }
    }
}

TEST(Ablation, RefusesWhatCannotBePut)
{
    using test::expectError;
    Bench bench(kGolf);
    const auto& architecture = bench.model.architecture;
    const auto& parameters = bench.model.parameters;
    const auto edits = [&](const AblationTarget& target, AblationKind kind) {
        return [&, target, kind] {
            ablationEdits(architecture, parameters, target, kind, &bench.means);
        };
    };
    expectError(ErrorKind::Usage, "parameter 820", edits(WeightTarget{820}, AblationKind::Zero));
    expectError(ErrorKind::Usage, "features.0.bias", edits(WeightTarget{64}, AblationKind::Mean));
    expectError(ErrorKind::Usage, "channels 0 to 3",
                edits(ChannelTarget{0, 4}, AblationKind::Zero));
    expectError(ErrorKind::Usage, "layer 9", edits(ChannelTarget{9, 0}, AblationKind::Zero));
    expectError(ErrorKind::Usage, "neurons 0 to 35", edits(NeuronTarget{36}, AblationKind::Zero));
    expectError(ErrorKind::Usage, "means", [&] {
        ablationEdits(architecture, parameters, WeightTarget{0}, AblationKind::Mean);
    });
    Bench sigmoid("3@3x3 sigmoid, linear 10");
    expectError(ErrorKind::Usage, "never puts out 0", [&] {
        ablationEdits(sigmoid.model.architecture, sigmoid.model.parameters, ChannelTarget{0, 0},
                      AblationKind::Zero);
    });
    expectError(ErrorKind::Usage, "features.0.weight, features.0.bias",
                [&] { parameterIndex(parameters, "nothing", 0); });
    expectError(ErrorKind::Usage, "entries 0 to 63",
                [&] { parameterIndex(parameters, "features.0.weight", 64); });
    EXPECT_EQ(parameterIndex(parameters, "features.0.bias", 2), 66U);
}

TEST(Ablation, DescribesItsTargets)
{
    const Bench bench(kGolf);
    const auto text = [&](const AblationTarget& target) {
        return describe(bench.model.architecture, bench.model.parameters, target);
    };
    EXPECT_EQ(text(WeightTarget{16 + 4 + 2}), "features.0.weight [1, 0, 1, 2]");
    EXPECT_EQ(text(WeightTarget{64}), "features.0.bias [0]");
    EXPECT_EQ(text(ChannelTarget{1, 3}), "conv2 channel 3");
    EXPECT_EQ(text(NeuronTarget{17}), "neuron 17");
}

TEST(AblationHistory, RestoresTheExactStateOverRandomActions)
{
    const Bench bench(kGolf);
    const auto& architecture = bench.model.architecture;
    AblationHistory history(bench.model.parameters);
    std::vector<std::vector<float>> states = {
        {bench.model.parameters.values().begin(), bench.model.parameters.values().end()}};
    std::size_t at = 0;
    Random random(11);
    for (int action = 0; action < 400; ++action) {
        const auto kind = random.below(2) == 0 ? AblationKind::Zero : AblationKind::Mean;
        switch (random.below(5)) {
        case 0:
            history.undo();
            at -= at > 0 ? 1 : 0;
            break;
        case 1:
            history.redo();
            at += at + 1 < states.size() ? 1 : 0;
            break;
        default: {
            const AblationTarget targets[] = {
                WeightTarget{random.below(64)},
                ChannelTarget{static_cast<int>(random.below(3)), static_cast<int>(random.below(4))},
                NeuronTarget{static_cast<int>(random.below(36))}};
            if (history.ablate(architecture, targets[random.below(3)], kind, &bench.means)) {
                states.resize(++at);
                states.emplace_back(history.parameters().values().begin(),
                                    history.parameters().values().end());
            }
        }
        }
        ASSERT_EQ(history.done().size(), at);
        ASSERT_EQ(history.canUndo(), at > 0);
        ASSERT_EQ(history.canRedo(), at + 1 < states.size());
        ASSERT_TRUE(std::ranges::equal(history.parameters().values(), states[at]));
    }
    while (history.canUndo())
        history.undo();
    EXPECT_TRUE(std::ranges::equal(history.parameters().values(), states.front()));
    AblationHistory copy = history;
    copy.redo();
    EXPECT_FALSE(history.canUndo());
}

TEST(AblationHistory, AModelThatATestSetChoseStaysChosenByIt)
{
    Bench bench(kGolf);
    AblationHistory history(bench.model.parameters);
    history.ablate(bench.model.architecture, NeuronTarget{3}, AblationKind::Zero);
    EXPECT_EQ(ablatedModel(bench.model, history, Split::Validation).provenance.selectedOn,
              "validation");
    bench.model.provenance.selectedOn = "test";
    EXPECT_EQ(ablatedModel(bench.model, history, Split::Validation).provenance.selectedOn, "test");
}

TEST(AblationHistory, TakenApartAndPutTogetherGoesOnAsItWas)
{
    const Bench bench(kGolf);
    const auto& architecture = bench.model.architecture;
    AblationHistory history(bench.model.parameters);
    history.ablate(architecture, ChannelTarget{1, 3}, AblationKind::Mean, &bench.means);
    history.ablate(architecture, WeightTarget{9}, AblationKind::Zero);
    history.ablate(architecture, NeuronTarget{7}, AblationKind::Zero);
    history.undo();
    const std::vector<AblationStep> steps(history.steps().begin(), history.steps().end());
    AblationHistory again(bench.model.parameters, steps, history.done().size());
    for (int step = 0; step < 3; ++step) {
        EXPECT_TRUE(std::ranges::equal(again.parameters().values(), history.parameters().values()));
        EXPECT_TRUE(std::ranges::equal(again.done(), history.done()));
        EXPECT_TRUE(std::ranges::equal(again.undone(), history.undone()));
        step == 0 ? again.redo() : again.undo();
        step == 0 ? history.redo() : history.undo();
    }
    Parameters other = bench.model.parameters;
    other.values()[9] += 1;
    test::expectError(ErrorKind::Input, "features.0.weight [0, 0, 2, 1]",
                      [&] { AblationHistory(other, steps, 0); });
    std::vector<AblationStep> beyond = steps;
    beyond[0].edits[0].parameter = 100000;
    test::expectError(ErrorKind::Input, "conv2 channel 3",
                      [&] { AblationHistory(bench.model.parameters, beyond, 3); });
}

TEST(AblationHistory, LeavesEverythingWhereThereIsNothingToTakeAway)
{
    const Bench bench(kGolf);
    AblationHistory history(bench.model.parameters);
    EXPECT_TRUE(history.ablate(bench.model.architecture, WeightTarget{0}, AblationKind::Zero));
    history.undo();
    EXPECT_TRUE(history.ablate(bench.model.architecture, WeightTarget{1}, AblationKind::Zero));
    EXPECT_FALSE(history.ablate(bench.model.architecture, WeightTarget{1}, AblationKind::Zero));
    EXPECT_EQ(history.done().size(), 1U);
    EXPECT_FALSE(history.canRedo());
}

TEST(AblationHistory, MakesAModelThatSaysWhatWasDoneToIt)
{
    Bench bench(kGolf);
    bench.model.provenance.origin = "trained somewhere";
    bench.model.provenance.accuracies = {{"MNIST test, 10,000 images", "test", 9800, 10000}};
    AblationHistory history(bench.model.parameters);
    EXPECT_EQ(modelHash(ablatedModel(bench.model, history, Split::Test)), modelHash(bench.model));
    history.ablate(bench.model.architecture, ChannelTarget{0, 1}, AblationKind::Zero);
    const Model result = ablatedModel(bench.model, history, Split::Test);
    EXPECT_EQ(result.provenance.origin, "trained somewhere; ablated: conv1 channel 1 (zero)");
    EXPECT_TRUE(result.provenance.accuracies.empty());
    EXPECT_EQ(result.parameters.nonzero(), bench.model.parameters.nonzero() - 17);
    EXPECT_EQ(result.provenance.selectedOn, "test");
    const auto recipe = nlohmann::json::parse(result.provenance.recipe);
    EXPECT_EQ(recipe["command"], "ablate");
    EXPECT_EQ(recipe["steps"],
              nlohmann::json::parse(R"([{"what": "conv1 channel 1", "kind": "zero"}])"));
    EXPECT_EQ(recipe["nonzero"], result.parameters.nonzero());
    EXPECT_EQ(recipe["from"]["hash"], modelHash(bench.model));
    EXPECT_EQ(recipe["from"]["origin"], "trained somewhere");
    const Bench other("2@3x3, linear 10");
    test::expectError(ErrorKind::Input, "other tensors",
                      [&] { ablatedModel(other.model, history, Split::Test); });
}

} // namespace core
