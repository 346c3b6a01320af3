// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace
{

using test::expectRefused;
using test::Json;
using test::Program;
using testing::HasSubstr;

TEST(CompareCommand, AgreesWithPyTorchOnThePublishedModels)
{
    CADDIE_NEEDS_MNIST();
    CADDIE_NEEDS_SEED();
    Program program;
    program.provideMnist();
    const Json expected =
        Json::parse(test::readFile(test::sourcePath("tests/data/comparison_820_575.json")));
    const auto outcome = program.run({"compare", *test::seedFolder() / "model.pth",
                                      *test::seedFolder() / "model-pruned.pth", "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    const Json found = outcome.json();
    EXPECT_EQ(found["data"], "MNIST test, 10,000 images");
    for (const char* key : {"nonzero", "correct", "agreement", "only_a", "only_b"})
        EXPECT_EQ(found[key], expected[key]) << key;
    EXPECT_EQ(found["mask"], Json({{"both", 575}, {"only_a", 245}, {"only_b", 0}, {"neither", 0}}));
    ASSERT_EQ(found["disagreements"].size(), expected["disagreements"].size());
    for (std::size_t i = 0; i < found["disagreements"].size(); ++i) {
        const Json& image = found["disagreements"][i];
        EXPECT_EQ(Json({image["image"], image["label"], image["a"], image["b"]}),
                  expected["disagreements"][i]);
    }
    ASSERT_EQ(found["matched"].size(), 13U);
    for (const Json& pair : found["matched"]) {
        const Json& matrix = expected["units"][pair["layer"].get<std::string>()]["correlation"];
        EXPECT_EQ(pair["a"], pair["b"]);
        EXPECT_NEAR(
            pair["correlation"].get<double>(),
            matrix[pair["a"].get<std::size_t>()][pair["b"].get<std::size_t>()].get<double>(), 1e-5);
    }
}

TEST(CompareCommand, GivesNumbersThatAgreeWithEachOther)
{
    const Program program;
    const Json found =
        program
            .run({"compare", program.makeModel("a.safetensors", 1),
                  program.makeModel("b.safetensors", 2), "--data", "samples", "--json"})
            .json();
    const auto number = [&](const char* key) { return found[key].get<int>(); };
    EXPECT_EQ(found["images"], 1000);
    EXPECT_EQ(number("both") + number("only_a"), found["correct"]["a"]);
    EXPECT_EQ(number("both") + number("only_b"), found["correct"]["b"]);
    EXPECT_EQ(number("both") + number("only_a") + number("only_b") + number("neither"), 1000);
    EXPECT_EQ(found["disagreements"].size() + found["agreement"].get<std::size_t>(), 1000U);
    int perClass = 0;
    for (const Json& row : found["per_class"])
        perClass += row["agreement"].get<int>();
    EXPECT_EQ(perClass, found["agreement"]);
    for (const Json& row : found["confusion_difference"]) {
        int sum = 0;
        for (const int count : row)
            sum += count;
        EXPECT_EQ(sum, 0); // both have seen the same images
    }
}

TEST(CompareCommand, PrintsTables)
{
    const Program program;
    const auto outcome = program.run({"compare", program.makeModel("a.safetensors", 1),
                                      program.makeModel("b.safetensors", 2), "--data", "samples"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_THAT(outcome.out, HasSubstr("sample digits (built-in) test, 1,000 images"));
    EXPECT_THAT(outcome.out, HasSubstr("same answer"));
    EXPECT_THAT(outcome.out, HasSubstr("conv3"));
}

TEST(CompareCommand, WritesItsObjectToAFile)
{
    const Program program;
    const std::string out = program / "c.json";
    const auto outcome = program.run({"compare", program.makeModel("a.safetensors", 1),
                                      program.makeModel("b.safetensors", 2), "--data", "samples",
                                      "--json", "--out", out});
    EXPECT_EQ(Json::parse(test::readFile(out)), outcome.json());
    expectRefused(program.run({"compare", program / "a.safetensors", program / "b.safetensors",
                               "--out", program / "c.txt"}),
                  2, ".json");
}

TEST(CompareCommand, TakesLayoutsForFilesThatDoNotSayTheirs)
{
    const Program program;
    const std::string model = program.makeModel("a.safetensors");
    // The same tensors with another pool between them: other answers.
    const std::string other = "4@4x4 prelu pool, 5@3x3 prelu avgpool, 4@3x3 prelu, linear 10";
    const auto correct = [&](const std::vector<std::string>& more) {
        std::vector<std::string> words = {"compare", model, model, "--data", "samples", "--json"};
        words.insert(words.end(), more.begin(), more.end());
        const Json found = program.run(words).json();
        return std::pair(found["correct"]["a"].get<int>(), found["correct"]["b"].get<int>());
    };
    const auto [plain, same] = correct({});
    const auto [bothA, bothB] = correct({"--arch", other});
    const auto [onlyA, onlyB] = correct({"--arch-b", other});
    EXPECT_EQ(plain, same);
    EXPECT_NE(bothA, plain);
    EXPECT_EQ(bothA, bothB);
    EXPECT_EQ(onlyA, plain);
    EXPECT_EQ(onlyB, bothB);
    expectRefused(program.run({"compare", model, model, "--layout-b", "2"}), 2, "1 layouts fit");
    expectRefused(program.run({"compare", model, model, "--layout", "1", "--arch", other}), 2,
                  "--arch");
}

TEST(CompareCommand, RefusesWhatItCannotRead)
{
    const Program program;
    const std::string model = program.makeModel("a.safetensors");
    expectRefused(program.run({"compare", model, program / "none.pth"}), 3, "none.pth");
    expectRefused(program.run({"compare", model}), 2, "B is required");
}

} // namespace
