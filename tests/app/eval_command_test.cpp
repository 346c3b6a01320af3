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

TEST(EvalCommand, LabelsTheSampleDigitsWhereMnistIsAbsent)
{
    const Program program;
    const auto outcome = program.run({"eval", program.makeModel("m.safetensors"), "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    EXPECT_EQ(outcome.json()["data"], "sample digits (built-in) test, 1,000 images");
    EXPECT_THAT(outcome.error, HasSubstr("MNIST was not found"));
}

TEST(EvalCommand, TakesTheSampleDigitsWithoutANoteWhenAskedTo)
{
    const Program program;
    const auto outcome = program.run(
        {"eval", program.makeModel("m.safetensors"), "--data", "samples", "--split", "train"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_EQ(outcome.error, "");
    EXPECT_THAT(outcome.out, HasSubstr("sample digits (built-in) train, 10,000 images"));
}

TEST(EvalCommand, GivesNumbersThatAgreeWithEachOther)
{
    const Program program;
    const Json result =
        program.run({"eval", program.makeModel("m.safetensors"), "--data", "samples", "--json"})
            .json();
    int images = 0;
    int correct = 0;
    for (std::size_t label = 0; label < 10; ++label) {
        for (const int count : result["confusion"][label])
            images += count;
        correct += result["confusion"][label][label].get<int>();
        EXPECT_EQ(result["per_class"][label]["images"], 100); // labels go round
    }
    EXPECT_EQ(result["images"], images);
    EXPECT_EQ(result["correct"], correct);
    EXPECT_DOUBLE_EQ(result["accuracy"].get<double>(), correct / 1000.0);
    EXPECT_LT(result["interval"]["low"], result["accuracy"]);
    EXPECT_GT(result["interval"]["high"], result["accuracy"]);
    EXPECT_THAT(result["backend"].get<std::string>(), HasSubstr("fused"));
}

TEST(EvalCommand, FindsMnistMissingWhereItWasSaidToBe)
{
    const Program program;
    expectRefused(program.run({"eval", program.makeModel("m.safetensors"), "--data", program.home(),
                               "--json"}),
                  4, "no MNIST");
}

TEST(EvalCommand, RefusesDataThatIsNotMnist)
{
    const Program program;
    for (const char* name : {"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                             "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"})
        test::writeFile(program.home() / name, "no digits");
    expectRefused(
        program.run({"eval", program.makeModel("m.safetensors"), "--data", program.home()}), 3,
        "t10k");
}

TEST(EvalCommand, AgreesWithPyTorchOnThePublishedModels)
{
    CADDIE_NEEDS_MNIST();
    CADDIE_NEEDS_SEED();
    Program program;
    program.provideMnist();
    for (const test::Published& published : test::publishedModels()) {
        const Json expected = test::referenceOf(published);
        const auto outcome = program.run(
            {"eval", *test::seedFolder() / published.file, "--split", "test", "--json", "--quiet"});
        ASSERT_EQ(outcome.code, 0) << outcome.error;
        const Json result = outcome.json();
        EXPECT_EQ(result["data"], "MNIST test, 10,000 images");
        EXPECT_EQ(result["images"], 10000);
        EXPECT_EQ(result["correct"], expected["correct"]);
        EXPECT_NEAR(result["loss"].get<double>(), expected["loss"].get<double>(), 1e-5);
        EXPECT_EQ(result["confusion"], expected["confusion"]);
    }
}

TEST(EvalCommand, ReadsTheSplitThatIsAskedFor)
{
    CADDIE_NEEDS_MNIST();
    const Program program;
    const std::string model = program.makeModel("m.safetensors");
    const auto result = [&](const char* split) {
        return program
            .run({"eval", model, "--data", *test::mnistFolder(), "--split", split, "--json"})
            .json();
    };
    EXPECT_EQ(result("train")["data"], "MNIST train, 60,000 images");
    EXPECT_EQ(result("validation")["data"], "MNIST validation, 10,000 images");
}

} // namespace
