// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/top_examples.h"

#include "core/data/sample_digits.h"
#include "core/inspect/activations.h"
#include "core/model/architecture_text.h"
#include "tests/support/errors.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>

namespace core
{

namespace
{

class TopExamplesTest : public testing::Test
{
protected:
    static Model makeModel()
    {
        Model model;
        model.architecture =
            parseArchitecture("4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10");
        model.parameters = initialParameters(model.architecture, 3);
        return model;
    }

    /// Value and position of each image, one by one.
    std::vector<std::pair<float, int>> slowly(const ExampleSubject& subject)
    {
        std::vector<std::pair<float, int>> result;
        for (int i = 0; i < data.size(); ++i) {
            const auto found = activationsOf(*backend, model, data.imagesAsFloat(i, 1));
            const auto& output = found.layers[static_cast<std::size_t>(subject.layer)];
            const int area = output.shape.area();
            int best = subject.position.value_or(0);
            for (int p = 0; p < area && !subject.position; ++p)
                if (output.values[static_cast<std::size_t>(subject.channel * area + p)] >
                    output.values[static_cast<std::size_t>(subject.channel * area + best)])
                    best = p;
            result.emplace_back(
                output.values[static_cast<std::size_t>(subject.channel * area + best)], best);
        }
        return result;
    }

    Model model = makeModel();
    std::unique_ptr<Backend> backend = makeBackend(model.architecture);
    Dataset data = sampleDigits(620);
};

} // namespace

TEST_F(TopExamplesTest, AreThoseOfASlowLoop)
{
    for (const ExampleSubject& subject :
         {ExampleSubject{4, 2, std::nullopt}, ExampleSubject{7, 1, 5}}) {
        const auto values = slowly(subject);
        std::vector<int> order(values.size());
        std::iota(order.begin(), order.end(), 0);
        std::ranges::stable_sort(order, std::greater<>(),
                                 [&](int i) { return values[static_cast<std::size_t>(i)].first; });
        const TopExamples found = topExamples(*backend, model, data, subject, {7, 10});
        EXPECT_EQ(found.images, 620);
        EXPECT_EQ(found.data, data.description());
        ASSERT_EQ(found.strongest.size(), 7U);
        ASSERT_EQ(found.weakest.size(), 7U);
        const int width = model.architecture.outputOf(subject.layer).width;
        for (std::size_t i = 0; i < 7; ++i) {
            const Example& strong = found.strongest[i];
            const auto& expected = values[static_cast<std::size_t>(order[i])];
            EXPECT_NEAR(strong.value, expected.first, 1e-5); // batches add in another order
            EXPECT_EQ(strong.row * width + strong.column, expected.second);
            EXPECT_EQ(strong.label, data.labels[static_cast<std::size_t>(strong.image)]);
            EXPECT_EQ(strong.window, receptiveWindow(model.architecture, subject.layer, strong.row,
                                                     strong.column));
            EXPECT_NEAR(found.weakest[i].value,
                        values[static_cast<std::size_t>(order[order.size() - 1 - i])].first, 1e-5);
        }
    }
}

TEST_F(TopExamplesTest, NothingOutsideTheWindowMatters)
{
    const ExampleSubject subject{7, 3, std::nullopt};
    const Example example = topExamples(*backend, model, data, subject).strongest.front();
    auto pixels = data.imagesAsFloat(example.image, 1);
    for (int row = 0; row < 28; ++row)
        for (int column = 0; column < 28; ++column)
            if (!example.window.contains(row, column))
                pixels[static_cast<std::size_t>(row * 28 + column)] = 0.7F;
    const auto found = activationsOf(*backend, model, pixels);
    EXPECT_FLOAT_EQ(
        found.layers[7].values[static_cast<std::size_t>(27 + example.row * 3 + example.column)],
        example.value);
}

TEST_F(TopExamplesTest, BreakTiesByTheFirstImage)
{
    std::ranges::fill(model.parameters.values(), 0.0F);
    const TopExamples found = topExamples(*backend, model, data, {1, 0, std::nullopt}, {3, 5});
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(found.strongest[i].image, static_cast<int>(i));
        EXPECT_EQ(found.weakest[i].image, static_cast<int>(i));
        EXPECT_EQ(found.strongest[i].row, 0);
        EXPECT_EQ(found.strongest[i].column, 0);
    }
    EXPECT_EQ(found.distribution.countOf(0, 0), 62);
}

TEST_F(TopExamplesTest, HaveADistributionThatCountsEveryImageOnce)
{
    const ExampleSubject subject{1, 2, std::nullopt};
    const TopExamples found = topExamples(*backend, model, data, subject, {9, 16});
    const ValueDistribution& distribution = found.distribution;
    const auto values = slowly(subject);
    EXPECT_FLOAT_EQ(static_cast<float>(distribution.high), found.strongest.front().value);
    EXPECT_FLOAT_EQ(static_cast<float>(distribution.low), found.weakest.front().value);
    EXPECT_EQ(std::accumulate(distribution.histogram.begin(), distribution.histogram.end(), 0),
              620);
    for (int label = 0; label < 10; ++label) {
        const Quartiles& quartiles = distribution.perClass[static_cast<std::size_t>(label)];
        EXPECT_EQ(quartiles.count, 62);
        double sum = 0;
        for (std::size_t i = static_cast<std::size_t>(label); i < values.size(); i += 10)
            sum += values[i].first; // labels go round
        EXPECT_NEAR(quartiles.mean, sum / 62, 1e-5);
    }
}

TEST(ValueDistribution, HasTheQuartilesOfNumpy)
{
    // numpy.percentile([3, 1, 4, 1.5, 9, 2.6], [0, 25, 50, 75, 100])
    const std::vector<float> values = {3, 1, 4, 1.5F, 9, 2.6F};
    const Quartiles found = quartilesOf(values);
    EXPECT_DOUBLE_EQ(found.minimum, 1);
    EXPECT_NEAR(found.lower, 1.775, 1e-6);
    EXPECT_NEAR(found.median, 2.8, 1e-6);
    EXPECT_NEAR(found.upper, 3.75, 1e-6);
    EXPECT_DOUBLE_EQ(found.maximum, 9);
    EXPECT_NEAR(found.mean, 3.5166666, 1e-6);
    EXPECT_EQ(quartilesOf({}).count, 0);
    EXPECT_DOUBLE_EQ(quartilesOf(std::vector<float>{5}).upper, 5);
}

TEST(ValueDistribution, PutsTheHighestValueIntoTheLastBin)
{
    const std::vector<float> values = {0, 1, 2, 3, 4};
    const std::vector<std::uint8_t> labels = {0, 1, 0, 1, 1};
    const ValueDistribution found = distributionOf(values, labels, 2, 4);
    EXPECT_EQ(found.histogram, (std::vector<int>{1, 0, 1, 0, 0, 1, 0, 2}));
    EXPECT_EQ(found.perClass[0].count, 2);
    EXPECT_EQ(found.overall.count, 5);
}

TEST_F(TopExamplesTest, LeaveOutWhatIsNoNumber)
{
    auto weights = model.parameters.of(model.parameters.slices()[0]);
    weights[0] = std::numeric_limits<float>::quiet_NaN();
    weights[16] = std::numeric_limits<float>::infinity();
    for (const int channel : {0, 1}) {
        const TopExamples found = topExamples(*backend, model, data, {0, channel, 7});
        EXPECT_EQ(found.images, 620);
        EXPECT_TRUE(found.strongest.empty());
        EXPECT_EQ(found.distribution.overall.count, 0);
    }
    const std::vector<float> values = {1, std::numeric_limits<float>::quiet_NaN(), 3};
    const std::vector<std::uint8_t> labels = {0, 0, 1};
    const ValueDistribution spread = distributionOf(values, labels, 2, 2);
    EXPECT_EQ(spread.overall.count, 2);
    EXPECT_EQ(spread.histogram, (std::vector<int>{1, 0, 0, 1}));
}

TEST_F(TopExamplesTest, OfWhatDoesNotExistAreRefused)
{
    using test::expectError;
    const auto ask = [&](const ExampleSubject& subject) {
        return [this, subject] { topExamples(*backend, model, data, subject); };
    };
    expectError(ErrorKind::Usage, "layers 0 to", ask({99, 0, std::nullopt}));
    expectError(ErrorKind::Usage, "channels 0 to 3", ask({0, 4, std::nullopt}));
    expectError(ErrorKind::Usage, "positions 0 to 8", ask({7, 0, 9}));
}

TEST_F(TopExamplesTest, AfterAStopAreOfTheImagesSeen)
{
    std::stop_source stop;
    const auto observer = [&](const Progress&) { stop.request_stop(); };
    const TopExamples found =
        topExamples(*backend, model, data, {0, 0, std::nullopt}, {}, observer, stop.get_token());
    EXPECT_TRUE(found.stopped);
    EXPECT_EQ(found.images, 500);
    EXPECT_EQ(found.distribution.overall.count, 500);
    stop.request_stop();
    EXPECT_EQ(
        topExamples(*backend, model, data, {0, 0, std::nullopt}, {}, {}, stop.get_token()).images,
        0);
}

} // namespace core
