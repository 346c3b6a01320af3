// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sparse/saliency.h"

#include "core/model/architecture_text.h"
#include "core/model/parameters.h"
#include "tests/support/places.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>

namespace core
{

namespace
{

/// The network, parameters and images of tests/support/record_saliency.py.
class Saliency : public testing::TestWithParam<BackendChoice>
{
protected:
    Saliency()
    {
        const Parameters layout(architecture);
        parameters.resize(layout.values().size());
        for (std::size_t i = 0; i < parameters.size(); ++i)
            parameters[i] = static_cast<float>(std::sin(0.7 * static_cast<double>(i + 1)) * 0.3);
        for (std::size_t i = 0; i < kImages * 784; ++i)
            data.pixels.push_back(static_cast<std::uint8_t>(
                std::floor((std::sin(1.3 * static_cast<double>(i + 1)) * 0.5 + 0.5) * 255)));
        for (std::size_t i = 0; i < kImages; ++i)
            data.labels.push_back(static_cast<std::uint8_t>(i % 10));
        std::iota(indices.begin(), indices.end(), 0);
    }

    static std::vector<double> recorded(const char* which)
    {
        return nlohmann::json::parse(test::readFile(test::sourcePath("tests/data/saliency.json")))
            .at(which)
            .get<std::vector<double>>();
    }

    static double largest(const std::vector<double>& values)
    {
        return std::abs(
            *std::ranges::max_element(values, {}, [](double value) { return std::abs(value); }));
    }

    static constexpr std::size_t kImages = 20;
    const Architecture architecture =
        parseArchitecture("3@5x5 prelu pool 4, 2@3x3 relu, linear 10");
    std::unique_ptr<Backend> backend = makeBackend(architecture, {.choice = GetParam()});
    std::vector<float> parameters;
    Dataset data;
    std::vector<int> indices = std::vector<int>(kImages);
};

} // namespace

TEST_P(Saliency, OfSnipIsThatOfPyTorch)
{
    const std::vector<double> expected = recorded("snip");
    const std::vector<double> found =
        snipSaliency(parameters, lossGradient(*backend, parameters, data, indices));
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i)
        EXPECT_NEAR(found[i], expected[i], 1e-4 * largest(expected)) << i;
}

TEST_P(Saliency, OfGraspIsThatOfPyTorch)
{
    const std::vector<double> expected = recorded("grasp");
    const std::vector<double> found = graspSaliency(
        *backend, parameters, lossGradient(*backend, parameters, data, indices), data, indices);
    ASSERT_EQ(found.size(), expected.size());
    // A difference of gradients in single precision.
    for (std::size_t i = 0; i < found.size(); ++i)
        EXPECT_NEAR(found[i], expected[i], 0.02 * largest(expected)) << i;
}

TEST_P(Saliency, OfSynFlowIsThatOfPyTorch)
{
    const std::vector<double> expected = recorded("synflow");
    const auto found =
        synFlowSaliency(*backend, parameters, std::vector<std::uint8_t>(parameters.size(), 1));
    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), expected.size());
    for (std::size_t i = 0; i < found->size(); ++i)
        EXPECT_NEAR((*found)[i], expected[i], 1e-5 * largest(expected)) << i;
}

TEST_P(Saliency, OfWhatIsMaskedIsNone)
{
    std::vector<std::uint8_t> mask(parameters.size(), 1);
    std::fill_n(mask.begin(), 25, std::uint8_t{0}); // the first channel's kernel
    const auto found = synFlowSaliency(*backend, parameters, mask);
    ASSERT_TRUE(found);
    for (std::size_t i = 0; i < 25; ++i)
        EXPECT_EQ((*found)[i], 0);
    EXPECT_GT((*found)[25], 0);
}

TEST_P(Saliency, StopsWhenAskedTo)
{
    std::stop_source stop;
    stop.request_stop();
    EXPECT_FALSE(synFlowSaliency(
        *backend, parameters, std::vector<std::uint8_t>(parameters.size(), 1), stop.get_token()));
}

INSTANTIATE_TEST_SUITE_P(Backends, Saliency,
                         testing::Values(BackendChoice::Fused, BackendChoice::Torch),
                         [](const auto& which) {
                             return which.param == BackendChoice::Fused ? "fused" : "torch";
                         });

TEST(MaskOfHighest, TakesTheFirstOfEqualsAndNoNumberLast)
{
    const double none = std::numeric_limits<double>::quiet_NaN();
    const std::vector<double> saliency = {none, 2, 5, 2, -1, 9};
    const std::vector<std::size_t> candidates = {0, 1, 2, 3, 4};
    using Mask = std::vector<std::uint8_t>;
    EXPECT_EQ(maskOfHighest(saliency, candidates, 2), (Mask{0, 1, 1, 0, 0, 0}));
    EXPECT_EQ(maskOfHighest(saliency, candidates, 4), (Mask{0, 1, 1, 1, 1, 0}));
    EXPECT_EQ(maskOfHighest(saliency, candidates, 99), (Mask{1, 1, 1, 1, 1, 0}));
}

} // namespace core
