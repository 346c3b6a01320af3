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

TEST(TopCommand, GivesTheHighestOfWhatActivationsShows)
{
    const Program program;
    const std::string model = program.makeModel("m.safetensors");
    const auto outcome = program.run({"top", model, "--layer", "conv2", "--channel", "3", "--data",
                                      "samples", "--count", "4", "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    const Json found = outcome.json();
    EXPECT_EQ(found["layer"], "conv2");
    EXPECT_EQ(found["images"], 1000);
    ASSERT_EQ(found["strongest"].size(), 4U);
    ASSERT_EQ(found["weakest"].size(), 4U);
    for (const char* kind : {"strongest", "weakest"})
        for (const Json& example : found[kind]) {
            const std::string image = "samples:" + std::to_string(example["image"].get<int>());
            const Json shown =
                program.run({"activations", model, "--image", image, "--layer", "conv2", "--json"})
                    .json();
            const auto values = shown["values"].get<std::vector<double>>();
            const auto highest = std::max_element(values.begin() + 300, values.begin() + 400);
            EXPECT_NEAR(example["value"].get<double>(), *highest, 1e-4);
            EXPECT_EQ(example["row"].get<int>() * 10 + example["column"].get<int>(),
                      highest - values.begin() - 300);
            EXPECT_EQ(example["label"], shown["label"]);
            EXPECT_EQ(example["window"]["top"], 2 * example["row"].get<int>());
            EXPECT_EQ(example["window"]["height"], 9);
        }
    int counted = 0;
    for (const Json& row : found["distribution"]["histogram"])
        for (const int count : row)
            counted += count;
    EXPECT_EQ(counted, 1000);
    EXPECT_EQ(found["distribution"]["high"].get<float>(),
              found["strongest"][0]["value"].get<float>());
}

TEST(TopCommand, LooksAtOneNeuronWhereAPositionIsGiven)
{
    const Program program;
    const std::string model = program.makeModel("m.safetensors");
    const auto outcome = program.run({"top", model, "--layer", "conv3", "--channel", "1",
                                      "--position", "5", "--data", "samples", "--count", "1"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_THAT(outcome.out, HasSubstr("row 1 column 2"));
    EXPECT_THAT(outcome.out, HasSubstr("4..22, 8..26"));
}

TEST(TopCommand, RefusesWhatDoesNotExist)
{
    const Program program;
    const std::string model = program.makeModel("m.safetensors");
    expectRefused(program.run({"top", model, "--layer", "conv9", "--data", "samples"}), 2, "conv1");
    expectRefused(program.run({"top", model, "--channel", "4", "--data", "samples"}), 2,
                  "channels 0 to 3");
    expectRefused(
        program.run({"top", model, "--layer", "3", "--position", "9", "--data", "samples"}), 2,
        "positions 0 to 8");
}

} // namespace
