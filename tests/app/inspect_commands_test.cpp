// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sample_digits.h"
#include "tests/app/png.h"
#include "tests/app/reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace
{

using test::expectClose;
using test::expectRefused;
using test::Json;
using test::Program;
using testing::HasSubstr;

TEST(ActivationsCommand, AgreesWithPyTorchOnTheFirstLayerAndTheLogits)
{
    CADDIE_NEEDS_MNIST();
    CADDIE_NEEDS_SEED();
    Program program;
    program.provideMnist();
    for (const test::Published& published : test::publishedModels()) {
        const Json expected = test::referenceOf(published);
        const std::string model = *test::seedFolder() / published.file;
        for (const std::string stage : {"pre", "post"}) {
            const Json found = program
                                   .run({"activations", model, "--image", "test:0", "--layer", "1",
                                         "--stage", stage, "--json"})
                                   .json();
            EXPECT_EQ(found["shape"], expected["conv1_" + stage]["shape"]);
            expectClose(found["values"], expected["conv1_" + stage]["values"]);
        }
        for (int image = 0; image < 3; ++image) {
            const Json logits =
                program
                    .run({"activations", model, "--image", "test:" + std::to_string(image),
                          "--layer", "logits", "--json"})
                    .json();
            EXPECT_EQ(logits["shape"], Json({10, 1, 1}));
            expectClose(logits["values"], expected["logits"][static_cast<std::size_t>(image)]);
        }
    }
}

TEST(ActivationsCommand, TakesLayersByNumberAndByName)
{
    const Program program;
    const std::string model = program.makeModel("m.safetensors");
    const auto of = [&](const std::string& layer) {
        return program.run(
            {"activations", model, "--image", "samples:3", "--layer", layer, "--json"});
    };
    EXPECT_EQ(of("2").json()["values"], of("conv2").json()["values"]);
    EXPECT_EQ(of("2").json()["shape"], Json({5, 10, 10}));
    EXPECT_EQ(of("4").json()["layer"], "logits");
    expectRefused(of("5"), 2, "conv1");
    expectRefused(of("conv9"), 2, "logits");
}

TEST(ActivationsCommand, AppliesTheSlopesBetweenBeforeAndAfter)
{
    const Program program;
    const std::string model = program.makeModel("m.safetensors");
    const auto values = [&](const std::string& stage) {
        return program
            .run({"activations", model, "--image", "samples:3", "--stage", stage, "--json"})
            .json()["values"]
            .get<std::vector<double>>();
    };
    const auto before = values("pre");
    auto expected = before;
    for (double& value : expected)
        value = value < 0 ? 0.25 * value : value; // PyTorch's initial slope
    expectClose(values("post"), expected);
}

TEST(ActivationsCommand, SeesThePixelsOfAPng)
{
    const Program program;
    const std::string model = program.makeModel("m.safetensors");
    const auto digits = core::sampleDigits(4);
    const auto pixels = digits.image(3);
    test::writeGreyPng(program / "digit.png", pixels, 28, 28);
    const auto values = [&](const std::string& image) {
        return program.run({"activations", model, "--image", image, "--json"}).json()["values"];
    };
    EXPECT_EQ(values(program / "digit.png"), values("samples:3"));
}

TEST(ActivationsCommand, RefusesImagesThatDoNotFit)
{
    const Program program;
    const std::string model = program.makeModel("m.safetensors");
    const auto of = [&](const std::string& image) {
        return program.run({"activations", model, "--image", image, "--quiet"});
    };
    test::writeGreyPng(program / "big.png", std::vector<std::uint8_t>(std::size_t{32} * 32), 32,
                       32);
    test::writeFile(program / "text.png", "not a picture");
    expectRefused(of(program / "big.png"), 3, "32x32");
    expectRefused(of(program / "text.png"), 3, "text.png");
    expectRefused(of("samples:1000"), 2, "0 to 999");
    expectRefused(of("test:-1"), 2, "test:-1");
    expectRefused(of("banana"), 2, "banana");
}

TEST(HeatmapCommand, AgreesWithPyTorchOnTheClassMeans)
{
    CADDIE_NEEDS_MNIST();
    CADDIE_NEEDS_SEED();
    Program program;
    program.provideMnist();
    for (const test::Published& published : test::publishedModels()) {
        const Json expected = test::referenceOf(published);
        const Json found = program
                               .run({"heatmap", *test::seedFolder() / published.file, "--split",
                                     "test", "--json", "--quiet"})
                               .json();
        EXPECT_EQ(found["data"], "MNIST test, 10,000 images");
        EXPECT_EQ(found["count"], expected["class_count"]);
        EXPECT_EQ(found["shape"], Json({4, 3, 3}));
        for (std::size_t label = 0; label < 10; ++label) {
            expectClose(found["mean"][label], expected["class_mean"][label]);
            expectClose(found["std"][label], expected["class_std"][label]);
        }
    }
}

TEST(HeatmapCommand, FallsBackToTheLabelledSampleDigits)
{
    const Program program;
    const auto outcome = program.run({"heatmap", program.makeModel("m.safetensors"), "--json"});
    const Json found = outcome.json();
    EXPECT_EQ(found["data"], "sample digits (built-in) test, 1,000 images");
    EXPECT_EQ(found["count"], Json(std::vector<int>(10, 100)));
    EXPECT_EQ(found["mean"].size(), 10U);
    EXPECT_EQ(found["mean"][0].size(), 36U);
    EXPECT_EQ(found["std"][9].size(), 36U);
}

TEST(HeatmapCommand, PrefersTheNumbersStoredWithTheModel)
{
    const Program program;
    core::Model model = core::openModel(program.makeModel("m.safetensors"));
    core::ClassStatistics stored;
    stored.data = "MNIST test, 10,000 images";
    stored.shape = {4, 3, 3};
    stored.count.assign(10, 1000);
    stored.mean.assign(360, 0.5);
    stored.deviation.assign(360, 0.25);
    model.classStatistics = stored;
    core::saveModel(model, program / "stored.safetensors");
    const Json found = program.run({"heatmap", program / "stored.safetensors", "--json"}).json();
    EXPECT_EQ(found["data"], stored.data);
    EXPECT_EQ(found["source"], "stored with the model");
    EXPECT_EQ(found["mean"][9][35], 0.5);
    // Asked for what isn't stored, it computes.
    for (const std::vector<std::string>& more : {std::vector<std::string>{"--stage", "pre"},
                                                 {"--split", "train"},
                                                 {"--data", "samples"}}) {
        std::vector<std::string> arguments = {"heatmap", program / "stored.safetensors", "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        EXPECT_EQ(program.run(arguments).json()["source"], "computed") << more.front();
    }
}

TEST(VisualizeCommand, RaisesEveryObjective)
{
    const Program program;
    const Json found =
        program.run({"visualize", program.makeModel("m.safetensors"), "--steps", "20", "--json"})
            .json();
    EXPECT_EQ(found["targets"].size(), 4U + 5 + 4 + 36 + 10);
    EXPECT_EQ(found["steps"], 20);
    for (const Json& target : found["targets"]) {
        for (const char* key : {"name", "layer", "index", "start", "end"})
            EXPECT_TRUE(target.contains(key)) << key;
        EXPECT_GT(target["end"].get<double>(), target["start"].get<double>()) << target["name"];
    }
}

TEST(VisualizeCommand, GivesTheSameForSomeTargetsAsForAll)
{
    const Program program;
    const std::string model = program.makeModel("m.safetensors");
    const auto of = [&](const std::vector<std::string>& more) {
        std::vector<std::string> arguments = {"visualize", model,    "--steps", "5",
                                              "--preset",  "robust", "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return program.run(arguments).json()["targets"];
    };
    const Json all = of({});
    const Json some = of({"--targets", "conv2,logits"});
    ASSERT_EQ(some.size(), 15U);
    for (const Json& target : some) {
        const auto same = std::ranges::find_if(
            all, [&](const Json& other) { return other["name"] == target["name"]; });
        ASSERT_NE(same, all.end());
        EXPECT_NEAR((*same)["end"].get<double>(), target["end"].get<double>(), 1e-5);
    }
    EXPECT_NE(of({"--targets", "conv2", "--seed", "2"})[0]["start"], some[0]["start"]);
    EXPECT_EQ(of({"--targets", "conv2", "--seed", "1"})[0]["start"], some[0]["start"]);
}

TEST(VisualizeCommand, ComparesWithTheBestImagesOfTheData)
{
    const Program program;
    const Json found = program
                           .run({"visualize", program.makeModel("m.safetensors"), "--targets",
                                 "logits", "--data", "samples", "--compare-dataset", "--json"})
                           .json();
    EXPECT_EQ(found["data"], "sample digits (built-in) test, 1,000 images");
    for (const Json& target : found["targets"])
        EXPECT_GT(target["end"].get<double>(), target["best_of_data"]["value"].get<double>());
}

TEST(VisualizeCommand, NamesTheTargetsThatThereAre)
{
    const Program program;
    const std::string model = program.makeModel("m.safetensors");
    expectRefused(program.run({"visualize", model, "--targets", "conv9"}), 2, "neurons");
    expectRefused(program.run({"visualize", model, "--out", program / "f.docx"}), 2, "f.docx");
}

TEST(VisualizeCommand, WritesAFigureWithoutADisplay)
{
    const Program program;
    const std::string model = program.makeModel("m.safetensors");
    const auto write = [&](const std::string& name) {
        const auto outcome = program.run({"visualize", model, "--targets", "neurons", "--steps",
                                          "2", "--out", program / name, "--json"});
        EXPECT_EQ(outcome.code, 0) << outcome.error;
        return test::readFile(program / name);
    };
    EXPECT_THAT(write("f.png"), testing::StartsWith("\x89PNG"));
    EXPECT_THAT(write("f.pdf"), testing::StartsWith("%PDF"));
    EXPECT_THAT(write("f.svg"), HasSubstr("<svg"));
    EXPECT_EQ(write("f.csv"), write("g.csv"));
}

} // namespace
