// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace
{

namespace fs = std::filesystem;
using test::expectRefused;
using test::Json;
using test::Program;
using testing::HasSubstr;

TEST(FiguresCommand, RendersTheWholeSetWithoutADisplay)
{
    const Program program;
    const fs::path folder = program / "figures";
    const auto outcome =
        program.run({"figures", program.makeModel("m.safetensors"), "--data", "samples", "--out",
                     folder, "--formats", "svg,csv", "--steps", "2", "--preflight", "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    const Json result = outcome.json();
    EXPECT_EQ(result["files"].size(), 2 * result["figures"].get<std::size_t>() + 1);
    for (const std::string file : result["files"])
        EXPECT_GT(fs::file_size(folder / file), 0U) << file;
    for (const char* name : {"overview", "kernels-conv1", "edges", "channels-conv3-digit-9",
                             "heatmap-rows", "heatmap-maps", "heatmap-difference", "features-conv2",
                             "features-neurons", "features-logits"})
        EXPECT_TRUE(fs::exists(folder / (std::string(name) + ".svg"))) << name;
    EXPECT_EQ(result["preflight"].size(), result["figures"].get<std::size_t>());
    const std::string page = test::readFile(folder / "index.html");
    EXPECT_THAT(page, HasSubstr("src=\"features-neurons.svg\""));
    EXPECT_THAT(page, HasSubstr("sample digits (built-in) test, 1,000 images"));
}

TEST(FiguresCommand, ShowsTheClassMeansStoredWithAShippedModelWhereMnistIsAbsent)
{
    const Program program;
    const auto draw = [&](const std::vector<std::string>& more) {
        std::vector<std::string> arguments = {
            "figures",   test::sourcePath("models/prelu-820.safetensors"),
            "--out",     program / "figures",
            "--formats", "csv",
            "--steps",   "1",
            "--quiet"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        EXPECT_EQ(program.run(arguments).code, 0);
        return test::readFile(program / "figures/index.html");
    };
    EXPECT_THAT(draw({}), HasSubstr("MNIST test, 10,000 images"));
    EXPECT_THAT(draw({"--data", "samples"}), testing::Not(HasSubstr("MNIST test, 10,000 images")));
}

TEST(FiguresCommand, NeedsAFolderThatCanBeMade)
{
    const Program program;
    const std::string model = program.makeModel("m.safetensors");
    expectRefused(program.run({"figures", model, "--quiet"}), 2, "--out");
    expectRefused(
        program.run({"figures", model, model, model, "--quiet", "--out", program / "set"}), 2,
        "found 3");
    expectRefused(program.run({"figures", model, "--quiet", "--out", model + "/below"}), 5,
                  "below");
}

TEST(FetchCommand, SaysWhatNoMirrorAnswered)
{
    const Program program;
    // Nobody listens on port 1.
    expectRefused(program.run({"fetch", "mnist", "--mirror", "http://127.0.0.1:1/", "--out",
                               program / "mnist"}),
                  4, "127.0.0.1:1");
    expectRefused(program.run({"fetch", "imagenet"}), 2, "imagenet");
}

TEST(FetchCommand, IsContentWithFilesThatAreThere)
{
    CADDIE_NEEDS_MNIST();
    Program program;
    program.set("XDG_DATA_HOME", program / "share");
    fs::create_directories(program / "share/caddie");
    // A link: the data may be read-only, and a copy of a folder is as read-only as the folder.
    fs::create_directory_symlink(*test::mnistFolder(), program / "share/caddie/mnist");
    const auto outcome =
        program.run({"fetch", "mnist", "--mirror", "http://127.0.0.1:1/", "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    EXPECT_EQ(outcome.json()["complete"], true);
    // Where it put them is where every command looks.
    const Json result = program.run({"eval", program.makeModel("m.safetensors"), "--json"}).json();
    EXPECT_EQ(result["data"], "MNIST test, 10,000 images");
}

} // namespace
