// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/ablation_study.h"

#include "core/data/mnist.h"
#include "core/data/sample_digits.h"
#include "core/formats/model_file.h"
#include "core/inspect/activations.h"
#include "core/model/architecture_text.h"
#include "tests/support/places.h"
#include "tests/support/random_architecture.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

namespace core
{

namespace
{

ModelPointer makeModel()
{
    auto model = std::make_shared<Model>();
    model->architecture =
        parseArchitecture("4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10");
    model->parameters = test::livelyParameters(model->architecture, 8);
    return model;
}

} // namespace

TEST(AblationStudy, EqualsAFullEvaluation)
{
    const ModelPointer model = makeModel();
    const auto data = std::make_shared<const Dataset>(sampleDigits(700));
    AblationStudy study(model, data);
    const auto backend = makeBackend(model->architecture);
    const Evaluation before = backend->evaluate(model->parameters.values(), *data);
    AblationHistory history(model->parameters);
    const std::vector<AblationTarget> targets = {
        WeightTarget{3}, WeightTarget{500}, ChannelTarget{1, 2}, NeuronTarget{4}, WeightTarget{70}};
    for (const AblationTarget& target : targets) {
        history.ablate(model->architecture, target, AblationKind::Zero);
        const auto effect = study.effect(history.parameters().values());
        const Evaluation expected = backend->evaluate(history.parameters().values(), *data);
        ASSERT_TRUE(effect);
        EXPECT_EQ(effect->images, 700);
        EXPECT_EQ(effect->correctBefore, before.correct);
        EXPECT_EQ(effect->correct, expected.correct);
        EXPECT_EQ(effect->change(), expected.correct - before.correct);
        EXPECT_NEAR(effect->loss, expected.loss, 1e-5);
        for (std::size_t label = 0; label < 10; ++label) {
            EXPECT_EQ(effect->correctPerClass[label], expected.confusion[label * 11]);
            EXPECT_EQ(effect->imagesPerClass[label], 70);
            EXPECT_EQ(effect->changeOf(static_cast<int>(label)),
                      expected.confusion[label * 11] - before.confusion[label * 11]);
        }
        study.settle(history.parameters().values());
    }
    EXPECT_EQ(study.effect(model->parameters.values())->change(), 0);
}

TEST(AblationStudy, EqualsAFullEvaluationForEveryWeightOfThePublishedModel)
{
    CADDIE_NEEDS_MNIST();
    CADDIE_NEEDS_SEED();
    const auto model = std::make_shared<const Model>(openModel(*test::seedFolder() / "model.pth"));
    const auto data = std::make_shared<Dataset>(loadMnist(*test::mnistFolder(), Split::Test));
    data->labels.resize(500); // the benchmark does it for all
    data->pixels.resize(500 * 784);
    AblationStudy study(model, data);
    const auto backend = makeBackend(model->architecture);
    int weights = 0;
    for (const ParameterSlice& slice : model->parameters.slices())
        for (std::size_t i = 0; i < slice.count && slice.role == ParameterRole::Weight; ++i) {
            AblationHistory history(model->parameters);
            history.ablate(model->architecture, WeightTarget{slice.offset + i}, AblationKind::Zero);
            const auto effect = study.effect(history.parameters().values());
            const auto expected = backend->evaluate(history.parameters().values(), *data);
            ASSERT_EQ(effect->correct, expected.correct) << slice.name << ' ' << i;
            for (std::size_t label = 0; label < 10; ++label)
                ASSERT_EQ(effect->correctPerClass[label], expected.confusion[label * 11]);
            ++weights;
        }
    EXPECT_EQ(weights, 784);
}

TEST(AblationStudy, FindsTheImagesThatAreAffectedMost)
{
    const ModelPointer model = makeModel();
    const auto data = std::make_shared<const Dataset>(sampleDigits(300));
    AblationStudy study(model, data);
    AblationHistory history(model->parameters);
    history.ablate(model->architecture, ChannelTarget{0, 2}, AblationKind::Mean,
                   study.means(model->parameters.values()));
    const auto found = study.mostAffected(history.parameters().values(), 5);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), 5U);
    const auto backend = makeBackend(model->architecture);
    std::vector<double> changes;
    Model ablated = *model;
    ablated.parameters = history.parameters();
    for (int i = 0; i < 300; ++i) {
        const auto pixels = data->imagesAsFloat(i, 1);
        const auto label = data->labels[static_cast<std::size_t>(i)];
        changes.push_back(activationsOf(*backend, ablated, pixels).probabilities[label] -
                          activationsOf(*backend, *model, pixels).probabilities[label]);
    }
    auto sizes = changes;
    for (double& size : sizes)
        size = std::abs(size);
    std::ranges::sort(sizes, std::greater<>());
    for (std::size_t i = 0; i < 5; ++i) {
        const AffectedImage& image = (*found)[i];
        EXPECT_NEAR(std::abs(image.change()), sizes[i], 1e-5);
        EXPECT_NEAR(image.change(), changes[static_cast<std::size_t>(image.image)], 1e-5);
        EXPECT_EQ(image.label, data->labels[static_cast<std::size_t>(image.image)]);
    }
    EXPECT_TRUE(study.mostAffected(model->parameters.values(), 5)->empty());
}

TEST(AblationStudy, AnswersToAStopWithNothing)
{
    const ModelPointer model = makeModel();
    AblationStudy study(model, std::make_shared<const Dataset>(sampleDigits(1000)));
    std::stop_source stop;
    stop.request_stop();
    AblationHistory history(model->parameters);
    history.ablate(model->architecture, WeightTarget{3}, AblationKind::Zero);
    EXPECT_FALSE(study.effect(history.parameters().values(), stop.get_token()));
    EXPECT_FALSE(study.mostAffected(history.parameters().values(), 3, stop.get_token()));
    EXPECT_EQ(study.means(history.parameters().values(), stop.get_token()), nullptr);
    EXPECT_TRUE(study.effect(history.parameters().values()));
}

} // namespace core
