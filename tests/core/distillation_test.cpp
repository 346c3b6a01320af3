// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/logits.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "tests/support/naive_network.h"
#include "tests/support/trained.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

namespace core
{

namespace
{

/// Probabilities at a temperature, by the definition.
std::vector<double> probabilities(const std::vector<double>& logits, double temperature)
{
    std::vector<double> result;
    double sum = 0;
    for (const double logit : logits)
        sum += result.emplace_back(std::exp(logit / temperature));
    for (double& value : result)
        value /= sum;
    return result;
}

/// A student, and batches with a teacher's word.
class Distillation : public testing::TestWithParam<BackendChoice>
{
protected:
    Distillation()
    {
        Random random(7);
        for (int i = 0; i < data.size(); ++i)
            for (int c = 0; c < 10; ++c)
                teacher.push_back(static_cast<float>(random.normal() * 3));
    }

    TrainingBatch batch(double temperature, double weight)
    {
        targets = softened(teacher, 10, temperature);
        return {.data = &data,
                .indices = indices,
                .labelSmoothing = 0.1,
                .softTargets = targets,
                .temperature = temperature,
                .softWeight = weight};
    }

    /// The mean loss by the naive network and the definition.
    double expectedLoss(std::span<const float> parameters, const TrainingBatch& batch) const
    {
        double sum = 0;
        for (std::size_t i = 0; i < batch.indices.size(); ++i) {
            const int index = batch.indices[i];
            const auto image = test::inDouble(data.imagesAsFloat(index, 1));
            const auto logits =
                test::naiveForward(architecture, test::inDouble(parameters), image).back();
            sum += lossOf(logits, data.labels[static_cast<std::size_t>(index)],
                          batch.softTargets.subspan(i * 10, 10), batch);
        }
        return sum / static_cast<double>(batch.indices.size());
    }

    static double lossOf(const std::vector<double>& logits, std::size_t label,
                         std::span<const float> target, const TrainingBatch& batch)
    {
        const auto plain = probabilities(logits, 1);
        const auto soft = probabilities(logits, batch.temperature);
        double hard = 0;
        double divergence = 0;
        for (std::size_t c = 0; c < 10; ++c) {
            const double wanted =
                (c == label ? 1 - batch.labelSmoothing : 0) + batch.labelSmoothing / 10;
            hard -= wanted * std::log(plain[c]);
            divergence += target[c] * std::log(target[c] / soft[c]);
        }
        const double squared = batch.temperature * batch.temperature;
        return batch.softWeight * squared * divergence + (1 - batch.softWeight) * hard;
    }

    const Architecture architecture = parseArchitecture("2@5x5 prelu pool 4, linear 10");
    std::unique_ptr<Backend> backend = makeBackend(architecture, {.choice = GetParam()});
    const Dataset data = sampleDigits(40, 1, Split::Train);
    const std::vector<int> indices = {3, 17, 0, 21, 39, 3, 8,  11, 30, 5,
                                      1, 2,  4, 6,  7,  9, 10, 12, 13};
    std::vector<float> teacher; ///< logits
    std::vector<float> targets;
};

} // namespace

TEST_P(Distillation, HasTheLossOfItsDefinition)
{
    const Parameters student = initialParameters(architecture, 1);
    for (const double temperature : {1.0, 4.0})
        for (const double weight : {0.0, 0.3, 1.0}) {
            LossGradient found;
            std::vector<float> order; // targets lie in the order of the batch
            TrainingBatch asked = batch(temperature, weight);
            for (const int index : indices)
                order.insert(order.end(), targets.begin() + index * 10,
                             targets.begin() + index * 10 + 10);
            asked.softTargets = order;
            backend->gradient(student.values(), asked, found);
            EXPECT_NEAR(found.loss, expectedLoss(student.values(), asked), 1e-5)
                << temperature << " " << weight;
        }
}

TEST_P(Distillation, HasTheGradientOfItsLoss)
{
    const Parameters student = initialParameters(architecture, 1);
    const TrainingBatch asked = batch(3, 0.6);
    LossGradient found;
    backend->gradient(student.values(), asked, found);
    for (std::size_t i = 0; i < found.gradient.size(); i += 41) {
        constexpr float kStep = 1e-3F;
        std::vector<float> moved(student.values().begin(), student.values().end());
        moved[i] += kStep;
        const double above = expectedLoss(moved, asked);
        moved[i] -= 2 * kStep;
        const double below = expectedLoss(moved, asked);
        EXPECT_NEAR(found.gradient[i], (above - below) / (2 * kStep), 2e-3) << i;
    }
}

TEST_P(Distillation, WithoutWeightIsPlainTraining)
{
    const Parameters student = initialParameters(architecture, 1);
    TrainingBatch asked = batch(3, 0);
    LossGradient taught;
    backend->gradient(student.values(), asked, taught);
    asked.softTargets = {};
    LossGradient plain;
    backend->gradient(student.values(), asked, plain);
    EXPECT_EQ(taught.correct, plain.correct);
    for (std::size_t i = 0; i < plain.gradient.size(); ++i)
        EXPECT_NEAR(taught.gradient[i], plain.gradient[i], 1e-6) << i;
}

TEST_P(Distillation, KnowsTargetsThatAreZero)
{
    targets.assign(indices.size() * 10, 0.0F);
    for (std::size_t i = 0; i < indices.size(); ++i)
        targets[i * 10 + 4] = 1;
    LossGradient found;
    backend->gradient(initialParameters(architecture, 1).values(),
                      {.data = &data,
                       .indices = indices,
                       .softTargets = targets,
                       .temperature = 2,
                       .softWeight = 1},
                      found);
    EXPECT_TRUE(std::isfinite(found.loss));
    EXPECT_TRUE(std::ranges::all_of(found.gradient, [](float g) { return std::isfinite(g); }));
}

INSTANTIATE_TEST_SUITE_P(Backends, Distillation,
                         testing::Values(BackendChoice::Fused, BackendChoice::Torch),
                         [](const auto& which) {
                             return which.param == BackendChoice::Fused ? "fused" : "torch";
                         });

namespace
{

/// A training whose teacher knows every answer.
class TaughtTraining : public test::SmallTraining
{
protected:
    TaughtTraining()
    {
        for (const std::uint8_t label : training.labels)
            for (int c = 0; c < 10; ++c)
                teacher.push_back(c == label ? 6.0F : 0.0F);
        options.switches.teacher = "one";
        options.switches.teacherWeight = 1;
    }

    TrainingData data() const override { return {&training, &test, nullptr, teacher}; }

    std::vector<float> teacher;
    TrainingOptions options{.epochs = 4, .batch = 20, .lr = 0.02};
};

} // namespace

TEST_F(TaughtTraining, LearnsFromTheTeacherAlone)
{
    Dataset wrong = training; // whose labels have no weight
    std::ranges::fill(wrong.labels, std::uint8_t{0});
    const TrainingData asked = {&wrong, &test, nullptr, teacher};
    const TrainingState state = train(*backend, begin(options), asked, options);
    EXPECT_GT(state.epochs.back().testAccuracy(), 0.6);
}

TEST_F(TaughtTraining, EndsInTheSameBitsWhereverItWasStopped)
{
    options.switches.augment = Augmentation::Elastic;
    options.batch = 70;
    expectStopsChangeNothing(options);
}

TEST_F(TaughtTraining, NeedsTheTeachersAnswers)
{
    EXPECT_THROW(train(*backend, begin(options), {&training, &test, nullptr}, options), Error);
}

TEST(Softened, IsTheSoftmaxOfTheCooledLogits)
{
    const std::vector<float> logits = {1, 2, 3, -1, 0, 500};
    const std::vector<float> found = softened(logits, 3, 2);
    const std::vector<double> first = probabilities({1, 2, 3}, 2);
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_NEAR(found[i], first[i], 1e-6);
    EXPECT_EQ(found[5], 1.0F);
    EXPECT_EQ(found[3], 0.0F);
}

} // namespace core
