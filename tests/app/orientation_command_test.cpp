// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/reference.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace
{

using test::expectRefused;
using test::Json;
using test::Program;
using testing::HasSubstr;

/// A model whose four kernels are given from top left, row by row.
std::string modelWithKernels(const Program& program, const std::vector<std::vector<float>>& kernels)
{
    core::Model model;
    model.architecture = core::parseArchitecture("4@3x3 prelu pool, linear 10");
    model.parameters = core::initialParameters(model.architecture, 1);
    auto values = model.parameters.values().begin();
    for (const auto& kernel : kernels)
        values = std::ranges::copy(kernel, values).out;
    const std::string file = program / "kernels.safetensors";
    core::saveModel(model, file);
    return file;
}

const std::vector<std::vector<float>> kKernels = {
    {-1, 0, 1, -2, 0, 2, -1, 0, 1}, // Sobel's for vertical lines
    {1, 2, 1, 0, 0, 0, -1, -2, -1}, // and for horizontal ones
    {0, 1, 1, -1, 0, 1, -1, -1, 0}, // Prewitt's: one sign above the falling diagonal
    {-1, -1, -1, -1, -1, -1, -1, -1, -1},
};

TEST(OrientationCommand, NamesTheEdgesOfKnownKernels)
{
    const Program program;
    const std::string file = modelWithKernels(program, kKernels);
    for (const std::string stage : {"pre", "post"}) {
        const auto outcome = program.run({"orientation", file, "--stage", stage, "--json"});
        ASSERT_EQ(outcome.code, 0) << outcome.error;
        const Json found = outcome.json();
        EXPECT_EQ(found["layer"], "conv1");
        EXPECT_EQ(found["stage"], stage);
        const Json& channels = found["channels"];
        ASSERT_EQ(channels.size(), 4U);
        const std::vector<double> angles = {90, 0, 135};
        const std::vector<std::string> labels = {"vertical", "horizontal", "negative diagonal",
                                                 "mixed, inverted"};
        for (std::size_t i = 0; i < 4; ++i) {
            EXPECT_EQ(channels[i]["index"], i);
            EXPECT_EQ(channels[i]["label"], labels[i]);
            EXPECT_EQ(channels[i]["polarity"], i == 3 ? "inverted" : "balanced");
            EXPECT_DOUBLE_EQ(channels[i]["slope"].get<double>(), 0.25);
            EXPECT_EQ(channels[i]["gratings"].size(), 36U);
            if (i < 3) {
                const double apart =
                    std::abs(channels[i]["angle_degrees"].get<double>() - angles[i]);
                EXPECT_LT(std::min(apart, 180 - apart), 5);
            }
        }
        EXPECT_EQ(channels[3]["passes_inverted"], true);
    }
}

TEST(OrientationCommand, PrintsATableThatSaysWhatAnglesMean)
{
    const Program program;
    const auto outcome = program.run({"orientation", modelWithKernels(program, kKernels)});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_THAT(outcome.out, HasSubstr("mixed, inverted"));
    EXPECT_THAT(outcome.out, HasSubstr("counter-clockwise"));
}

TEST(OrientationCommand, CallsThePublishedChannelsWhatTheirAuthorDoes)
{
    CADDIE_NEEDS_SEED();
    const Program program;
    for (const test::Published& published : test::publishedModels()) {
        const Json channels =
            program.run({"orientation", *test::seedFolder() / published.file, "--json"})
                .json()["channels"];
        EXPECT_EQ(channels[0]["label"], "positive diagonal, inverted");
        EXPECT_EQ(channels[1]["label"], "negative diagonal");
        EXPECT_EQ(channels[2]["label"], "vertical");
        EXPECT_EQ(channels[3]["label"], "horizontal");
    }
}

TEST(OrientationCommand, RefusesWhatItCannotReadOrWrite)
{
    const Program program;
    expectRefused(program.run({"orientation", program / "none.pth"}), 3, "none.pth");
    expectRefused(program.run({"orientation", program.makeModel("m.safetensors"), "--out",
                               program / "o.txt"}),
                  2, ".json");
}

} // namespace
