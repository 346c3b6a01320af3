// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/attribution.h"

#include "core/data/sample_digits.h"
#include "core/inspect/activations.h"
#include "core/model/architecture_text.h"
#include "tests/support/errors.h"
#include "tests/support/random_architecture.h"

#include <cmath>
#include <gtest/gtest.h>

namespace core
{

namespace
{

class Attribution : public testing::Test
{
protected:
    static Model makeModel(const std::string& architecture)
    {
        Model model;
        model.architecture = parseArchitecture(architecture);
        model.parameters = initialParameters(model.architecture, 3);
        const auto lively = test::livelyParameters(model.architecture, 8);
        std::ranges::copy(lively.values(), model.parameters.values().begin());
        return model;
    }

    Model model = makeModel("4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10");
    std::unique_ptr<Backend> backend = makeBackend(model.architecture);
    Dataset data = sampleDigits(20);
    std::vector<float> image = data.imagesAsFloat(6, 1);

    float logitOf(const std::vector<float>& pixels, int label)
    {
        return activationsOf(*backend, model, pixels).logits[static_cast<std::size_t>(label)];
    }
};

} // namespace

TEST_F(Attribution, TermsAddUpToTheLogits)
{
    const auto activations = activationsOf(*backend, model, image);
    const LogitTerms terms = logitTerms(*backend, model, image);
    EXPECT_EQ(terms.shape, (Shape{4, 3, 3}));
    EXPECT_EQ(terms.count(), 36);
    EXPECT_EQ(terms.classes(), 10);
    EXPECT_EQ(terms.logits, activations.logits);
    EXPECT_EQ(terms.features, activations.layers[7].values);
    for (int label = 0; label < 10; ++label) {
        double size = std::abs(terms.bias[static_cast<std::size_t>(label)]);
        for (int f = 0; f < 36; ++f)
            size += std::abs(terms.term(label, f));
        // The network adds 37 floats, each time rounding to 24 bits.
        EXPECT_NEAR(terms.sum(label), terms.logits[static_cast<std::size_t>(label)],
                    37 * size * 0x1p-24);
    }
}

TEST_F(Attribution, TermsAreWeightTimesFeature)
{
    const LogitTerms terms = logitTerms(*backend, model, image);
    const auto* slice = model.parameters.find("classifier.0.weight");
    const auto weights = model.parameters.of(*slice);
    EXPECT_DOUBLE_EQ(terms.term(7, 13),
                     static_cast<double>(weights[7 * 36 + 13]) * terms.features[13]);
    EXPECT_DOUBLE_EQ(terms.bias[7],
                     model.parameters.of(*model.parameters.find("classifier.0.bias"))[7]);
}

TEST_F(Attribution, TermsOfOtherNetworksAddUpToo)
{
    for (const char* text : {"linear 10", "2@5x5 relu pool, linear 12 relu, linear 10",
                             "3@3x3 tanh avgpool, dropout 0.5, linear 10"}) {
        const Model other = makeModel(text);
        const auto engine = makeBackend(other.architecture);
        const LogitTerms terms = logitTerms(*engine, other, image);
        for (int label = 0; label < 10; ++label)
            EXPECT_NEAR(terms.sum(label), terms.logits[static_cast<std::size_t>(label)], 1e-3)
                << text;
    }
    const Model convolution = makeModel("10@28x28");
    const auto engine = makeBackend(convolution.architecture);
    test::expectError(ErrorKind::Usage, "linear", [&] { logitTerms(*engine, convolution, image); });
}

TEST_F(Attribution, OcclusionIsThatOfCoveringBySlowLoops)
{
    const OcclusionOptions options{6, 4, 0.25F};
    const OcclusionMap map = occlusion(*backend, model, image, 6, options);
    ASSERT_EQ(map.rows, 6);
    ASSERT_EQ(map.columns, 6);
    EXPECT_FLOAT_EQ(map.logit, logitOf(image, 6));
    std::vector<double> sum(784);
    std::vector<int> count(784);
    for (int i = 0; i < 6; ++i)
        for (int j = 0; j < 6; ++j) {
            auto covered = image;
            for (int y = 4 * i; y < 4 * i + 6; ++y)
                for (int x = 4 * j; x < 4 * j + 6; ++x)
                    covered[static_cast<std::size_t>(y * 28 + x)] = 0.25F;
            const double drop = map.logit - logitOf(covered, 6);
            EXPECT_NEAR(map.drops[static_cast<std::size_t>(i * 6 + j)], drop, 1e-4);
            for (int y = 4 * i; y < 4 * i + 6; ++y)
                for (int x = 4 * j; x < 4 * j + 6; ++x) {
                    sum[static_cast<std::size_t>(y * 28 + x)] += drop;
                    ++count[static_cast<std::size_t>(y * 28 + x)];
                }
        }
    for (std::size_t pixel = 0; pixel < 784; ++pixel)
        EXPECT_NEAR(map.perPixel[pixel], count[pixel] ? sum[pixel] / count[pixel] : 0, 1e-4);
}

TEST_F(Attribution, CoveringPaperWithPaperChangesNothing)
{
    const std::vector<float> paper(784, 0.0F);
    const OcclusionMap map = occlusion(*backend, model, paper, 2);
    EXPECT_EQ(map.rows, 24);
    for (const float drop : map.drops)
        EXPECT_EQ(drop, 0);
}

TEST_F(Attribution, GradientIsThatOfFiniteDifferences)
{
    const GradientMap map = gradientAttribution(*backend, model, image, 4);
    EXPECT_FLOAT_EQ(map.logit, logitOf(image, 4));
    int checked = 0;
    for (std::size_t pixel = 0; pixel < 784; pixel += 29) {
        const float step = 1e-3F;
        auto more = image;
        auto less = image;
        more[pixel] += step;
        less[pixel] -= step;
        const double up = (logitOf(more, 4) - map.logit) / step;
        const double down = (map.logit - logitOf(less, 4)) / step;
        if (std::abs(up - down) > 0.02)
            continue; // a kink of PReLU or pooling lies between
        EXPECT_NEAR(map.gradient[pixel], (up + down) / 2, 0.02) << pixel;
        EXPECT_FLOAT_EQ(map.timesInput[pixel], map.gradient[pixel] * image[pixel]);
        ++checked;
    }
    EXPECT_GT(checked, 15);
}

TEST_F(Attribution, OfWhatDoesNotExistIsRefused)
{
    using test::expectError;
    expectError(ErrorKind::Usage, "logits 0 to 9",
                [&] { gradientAttribution(*backend, model, image, 10); });
    expectError(ErrorKind::Usage, "logit -1", [&] { occlusion(*backend, model, image, -1); });
    expectError(ErrorKind::Usage, "29 pixels", [&] { occlusion(*backend, model, image, 0, {29}); });
    expectError(ErrorKind::Usage, "stride", [&] { occlusion(*backend, model, image, 0, {3, 0}); });
}

TEST_F(Attribution, StoppedOcclusionSaysSo)
{
    std::stop_source stop;
    stop.request_stop();
    const OcclusionMap map = occlusion(*backend, model, image, 0, {}, stop.get_token());
    EXPECT_TRUE(map.stopped);
    EXPECT_EQ(map.drops.size(), 24U * 24U);
}

} // namespace core
