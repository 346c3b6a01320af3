// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/prepared_backend.h"

#include "core/data/deskew.h"
#include "core/data/sample_digits.h"
#include "core/model/architecture_text.h"
#include "core/prune/ablation_evaluator.h"
#include "tests/support/naive_network.h"
#include "tests/support/random_architecture.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

namespace core
{

namespace
{

const char* const kPlain = "2@5x5 prelu pool 4, linear 10";
const char* const kUpright = "deskew, 2@5x5 prelu pool 4, linear 10";
const char* const kShifts = "shifts, 2@5x5 prelu pool 4, linear 10";

class PreparedBackend : public testing::Test
{
protected:
    const Parameters parameters = test::livelyParameters(parseArchitecture(kPlain), 3);
    const Dataset data = sampleDigits(60, 1, Split::Test);
    std::unique_ptr<Backend> plain = makeBackend(parseArchitecture(kPlain));
};

TEST_F(PreparedBackend, SetsImagesUprightWhereTheInputSaysSo)
{
    const auto backend = makeBackend(parseArchitecture(kUpright));
    EXPECT_EQ(backend->architecture(), parseArchitecture(kUpright));
    const Dataset upright = deskewed(data);
    const Evaluation found = backend->evaluate(parameters.values(), data);
    EXPECT_EQ(found.loss, plain->evaluate(parameters.values(), upright).loss);
    EXPECT_NE(found.loss, plain->evaluate(parameters.values(), data).loss);

    const int layers[] = {0, 4};
    const auto outputs =
        backend->activations(parameters.values(), data.imagesAsFloat(0, 7), layers);
    const auto expected =
        plain->activations(parameters.values(), upright.imagesAsFloat(0, 7), layers);
    EXPECT_EQ(outputs[0].values, expected[0].values);
    EXPECT_EQ(outputs[1].values, expected[1].values);
}

TEST_F(PreparedBackend, LearnsFromUprightImages)
{
    const auto backend = makeBackend(parseArchitecture(kUpright));
    const Dataset upright = deskewed(data);
    const std::vector<int> indices = {3, 0, 17};
    LossGradient found;
    LossGradient expected;
    backend->gradient(parameters.values(), {.data = &data, .indices = indices}, found);
    plain->gradient(parameters.values(), {.data = &upright, .indices = indices}, expected);
    EXPECT_EQ(found.loss, expected.loss);
    EXPECT_EQ(found.gradient, expected.gradient);
}

TEST_F(PreparedBackend, AveragesTheAnswersOverFiveShifts)
{
    const Architecture architecture = parseArchitecture(kShifts);
    const Evaluation found = makeBackend(architecture)->evaluate(parameters.values(), data);
    EXPECT_EQ(found.images, data.size());
    const Architecture naive = parseArchitecture(kPlain);
    const std::vector<double> values = test::inDouble(parameters.values());
    double loss = 0;
    int correct = 0;
    for (int index = 0; index < data.size(); ++index) {
        std::vector<double> mean(10);
        for (const auto& [down, right] :
             std::vector<std::pair<int, int>>{{0, 0}, {-1, 0}, {1, 0}, {0, -1}, {0, 1}}) {
            std::vector<double> moved(28 * 28);
            for (int row = 0; row < 28; ++row)
                for (int column = 0; column < 28; ++column) {
                    const int fromRow = row - down;
                    const int fromColumn = column - right;
                    if (fromRow >= 0 && fromRow < 28 && fromColumn >= 0 && fromColumn < 28)
                        moved[static_cast<std::size_t>(row * 28 + column)] =
                            data.image(index)[static_cast<std::size_t>(fromRow * 28 + fromColumn)] /
                            255.0;
                }
            const std::vector<double> logits = test::naiveForward(naive, values, moved).back();
            for (std::size_t c = 0; c < 10; ++c)
                mean[c] += std::exp(-test::crossEntropy(logits, c)) / 5;
        }
        const std::uint8_t label = data.labels[static_cast<std::size_t>(index)];
        const auto prediction = std::ranges::max_element(mean) - mean.begin();
        EXPECT_EQ(found.predictions[static_cast<std::size_t>(index)], prediction) << index;
        correct += prediction == label ? 1 : 0;
        loss -= std::log(mean[label]) / data.size();
    }
    EXPECT_EQ(found.correct, correct);
    EXPECT_NEAR(found.loss, loss, 1e-5 * loss);
}

TEST_F(PreparedBackend, AblationsMeetTheSameImages)
{
    for (const char* text : {kUpright, kShifts}) {
        const Architecture architecture = parseArchitecture(text);
        const auto evaluator =
            makeAblationEvaluator(architecture, parameters.values(), data, {.threads = 1});
        std::vector<float> changed(parameters.values().begin(), parameters.values().end());
        changed[5] = 0;
        EXPECT_EQ(evaluator->measure(5, 0)->correct,
                  makeBackend(architecture)->evaluate(changed, data).correct)
            << text;
    }
}

TEST(PreparedInput, IsWrittenAndReadInTheArchitecturesText)
{
    for (const char* text : {kPlain, kUpright, kShifts, "deskew shifts, linear 10"})
        EXPECT_EQ(toText(parseArchitecture(text)), text);
    EXPECT_FALSE(parseArchitecture(kPlain).input().isTransformed());
    EXPECT_TRUE(parseArchitecture(kShifts).input().isTransformed());
    EXPECT_EQ(withoutTransformation(parseArchitecture("deskew shifts, linear 10")),
              parseArchitecture("linear 10"));
    EXPECT_EQ(forUprightImages(parseArchitecture("deskew shifts, linear 10")),
              parseArchitecture("shifts, linear 10"));
}

} // namespace

} // namespace core
