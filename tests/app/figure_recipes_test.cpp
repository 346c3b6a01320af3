// SPDX-License-Identifier: GPL-3.0-or-later
// Recipes: checked, looked for, refused. rendered_again_test has each kind of figure.
#include "tests/app/figure_sets.h"

#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace
{

namespace fs = std::filesystem;
using test::Json;
using test::Outcome;
using test::Program;
using testing::HasSubstr;

class FigureRecipes : public test::FigureSets
{
};

} // namespace

TEST_F(FigureRecipes, WritesTheFontsOfAPdfInTheSameOrderInEveryProcess)
{
    for (int i = 0; i < 6; ++i)
        EXPECT_EQ(run({"--check", set() + "/edges.pdf"}).code, 0);
}

TEST_F(FigureRecipes, ChecksAFileAgainstItsOwnRecipeAndSaysWhereItDiffers)
{
    const std::string file = *s_program / "changed.svg";
    std::string content = test::readFile(set() + "/network.svg");
    test::writeFile(file, content);
    EXPECT_EQ(run({"--check", file}).code, 0);
    const std::size_t place = content.find("<text");
    ASSERT_NE(place, std::string::npos);
    content.insert(place, "<text>forged</text>");
    test::writeFile(file, content);
    const Outcome outcome = run({"--check", file});
    test::expectRefused(outcome, 6, fmt::format("{} bytes instead of", content.size()));
    EXPECT_THAT(outcome.error, HasSubstr(fmt::format("at byte {}", place + 5)));
}

TEST_F(FigureRecipes, FindsTheModelByItsParametersUnderAnyNameAndInAnyContainer)
{
    const std::string folder = *s_program / "models";
    fs::create_directories(folder);
    s_program->makeModel("models/another.safetensors", 2);
    const std::string renamed = folder + "/renamed.pth";
    ASSERT_EQ(s_program->run({"convert", s_model, renamed}).code, 0);
    const Outcome outcome =
        s_program->run({"figures", "--recipe", set() + "/kernels-conv1.svg", "--models", folder,
                        "--check", set() + "/kernels-conv1.svg", "--quiet"});
    EXPECT_EQ(outcome.code, 0) << outcome.error;
}

TEST_F(FigureRecipes, NamesTheModelThatIsMissing)
{
    const std::string other = s_program->makeModel("other.safetensors", 3);
    test::expectRefused(
        s_program->run({"figures", other, "--recipe", set() + "/edges.json", "--out",
                        *s_program / "x.svg", "--models", *s_program / "nothing", "--quiet"}),
        3, "is not among the 1 files looked at");
}

TEST_F(FigureRecipes, RefusesWhatIsNoRecipeAndWhatSaysNotWhatToDo)
{
    test::writeFile(*s_program / "a.svg", "<svg/>");
    test::expectRefused(run({"--recipe", *s_program / "a.svg", "--out", *s_program / "b.svg"}), 3,
                        "no recipe inside");
    test::expectRefused(run({"--recipe", *s_program / "absent.json", "--out", "b.svg"}), 3,
                        "absent.json");
    test::expectRefused(run({"--recipe", set() + "/edges.json"}), 2, "--out");
    test::expectRefused(run({"--recipe", set() + "/edges.json", "--out", "b.jpeg"}), 2, "b.jpeg");
    std::string recipe = test::readFile(set() + "/kernels-conv1.json");
    recipe.replace(recipe.find("conv1"), 5, "conv9");
    test::writeFile(*s_program / "wrong.json", recipe);
    test::expectRefused(run({"--recipe", *s_program / "wrong.json", "--out", *s_program / "b.svg"}),
                        3, "conv9");
}

TEST_F(FigureRecipes, SayWhichBackendComputedThemAndFromWhichImages)
{
    const Json heatmap = Json::parse(test::readFile(set() + "/heatmap-rows.json"));
    EXPECT_THAT(heatmap["backend"].get<std::string>(), testing::StartsWith("fused"));
    EXPECT_EQ(heatmap["dataHash"].get<std::string>().size(), 64U);
    const Json kernels = Json::parse(test::readFile(set() + "/kernels-conv1.json"));
    EXPECT_FALSE(kernels.contains("backend"));
    EXPECT_FALSE(kernels.contains("dataHash"));
    const std::string svg = *s_program / "torch.svg";
    const Outcome torch =
        s_program->run({"figures", s_model, "--data", "samples", "--backend", "torch", "--recipe",
                        set() + "/heatmap-rows.json", "--out", svg});
    EXPECT_EQ(torch.code, 0);
    EXPECT_THAT(torch.error, HasSubstr("the recipe's numbers come from fused"));
    // The recipe is followed where nobody asks for another backend.
    const Outcome followed =
        s_program->run({"figures", s_model, "--data", "samples", "--check", svg});
    EXPECT_EQ(followed.code, 0) << followed.error;
    EXPECT_EQ(followed.error, "");
}

TEST_F(FigureRecipes, RefuseWhatNobodyCouldDraw)
{
    const auto refused = [&](const std::string& text, int code, const std::string& words) {
        const std::string file = *s_program / "hostile.json";
        test::writeFile(file, text);
        test::expectRefused(run({"--recipe", file, "--out", *s_program / "b.svg"}), code, words);
    };
    const auto changed = [&](const char* figure, const Json& change) {
        Json recipe = Json::parse(test::readFile(set() + "/" + figure + ".json"));
        recipe.merge_patch(change);
        return recipe.dump();
    };
    refused(std::string(200000, '['), 3, "damaged");
    refused(R"({"recipe":1,"view":)" + std::string(100, '{'), 3, "damaged");
    refused(R"({"recipe":"1","view":"edges"})", 3, "this is no recipe");
    refused(R"({"recipe":1,"view":["edges"]})", 3, "no \"view\", or it is no text");
    refused(R"({"recipe":1,"view":"edges","model":"me"})", 3, "is not among");
    refused(R"({"recipe":1,"view":"weather"})", 3, "expected one of overview, ");
    refused(changed("edges", {{"recipe", 2}}), 3, "version 2, this program reads up to 1");
    refused(changed("edges", {{"size", {{"widthMm", 1e9}}}}), 3, "can't be drawn");
    refused(changed("kernels-conv1", {{"layer", 5}}), 3, "no \"layer\", or it is no text");
    refused(changed("features-conv1", {{"settings", {{"steps", 2000000000}}}}), 3,
            "can't be computed");
    refused(changed("channels-conv1-digit-0", {{"pixels", "u8:AAAA"}}), 3, "has 3 pixels");
    refused(changed("channels-conv1-digit-0", {{"range", "rainbow"}}), 3, "expected one of unit");
    refused(changed("confusion", {{"data", "ImageNet test, 9 images"}}), 4, "--data names");
    refused(changed("confusion", {{"dataHash", "0123"}}), 4, "other images or labels");
    refused(changed("overview", {{"model", {{"hash", "0123"}}}}), 3, "is not among");
}

TEST_F(FigureRecipes, ComeWithAPreflightInWordsAndNumbers)
{
    const Outcome outcome = run({"--recipe", set() + "/edges.json", "--preflight", "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    const Json findings = outcome.json()["preflight"];
    const auto smallest = std::ranges::find_if(
        findings, [](const Json& finding) { return finding["what"] == "smallest-text"; });
    ASSERT_NE(smallest, findings.end());
    EXPECT_EQ((*smallest)["passed"], true);
    EXPECT_NEAR((*smallest)["value"].get<double>(), 6, 1e-6); // captions of the print style
    EXPECT_THAT(run({"--recipe", set() + "/edges.json", "--preflight"}).out,
                HasSubstr("1 of 1 figures have nothing to be mended"));
}

TEST(FiguresCommand, TellsOfThePruningThatMadeTheModelAndRendersItAgain)
{
    const Program program;
    const std::string runs = program / "runs";
    const std::string small = program / "small.safetensors";
    const Outcome pruned =
        program.run({"prune", test::sourcePath("models/prelu-820.safetensors"), "--data", "samples",
                     "--split", "test", "--runs", runs, "--out", small, "--quiet"});
    ASSERT_EQ(pruned.code, 0) << pruned.error;
    const std::string set = program / "set";
    const std::vector<std::string> arguments = {"figures", small, "--data",    "samples",
                                                "--out",   set,   "--formats", "svg,csv",
                                                "--steps", "1",   "--quiet"};
    ASSERT_EQ(program.run(arguments).code, 0);
    EXPECT_FALSE(fs::exists(set + "/pruning.svg"));
    std::vector<std::string> withRuns = arguments;
    withRuns.insert(withRuns.end(), {"--runs", runs});
    ASSERT_EQ(program.run(withRuns).code, 0);
    EXPECT_THAT(test::readFile(set + "/index.html"), HasSubstr("src=\"pruning.svg\""));
    const Outcome checked =
        program.run({"figures", "--check", set + "/pruning.svg", "--runs", runs, "--quiet"});
    EXPECT_EQ(checked.code, 0) << checked.error;
    test::expectRefused(program.run({"figures", "--check", set + "/pruning.svg", "--runs",
                                     program / "elsewhere", "--quiet"}),
                        3, "--runs names another folder");
}

TEST(FiguresCommand, KnowsTheSizesOfColumnsAndSlides)
{
    const Program program;
    const std::string model = program.makeModel("m.safetensors");
    const auto sizeOf = [&](const std::vector<std::string>& more) {
        std::vector<std::string> arguments = {
            "figures", model, "--data",  "samples", "--out", program / "set", "--formats", "json",
            "--steps", "1",   "--quiet", "--dpi",   "150"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        EXPECT_EQ(program.run(arguments).code, 0);
        return Json::parse(test::readFile(program / "set/network.json"))["size"];
    };
    EXPECT_EQ(sizeOf({"--size", "single"}),
              Json({{"dpi", 150}, {"magnification", 1}, {"widthMm", 89}}));
    EXPECT_EQ(sizeOf({"--size", "slide"}),
              Json({{"dpi", 150}, {"magnification", 2}, {"widthMm", 330}}));
    EXPECT_EQ(sizeOf({"--size", "single", "--width-mm", "60"})["widthMm"], 60);
}
