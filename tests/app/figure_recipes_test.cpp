// SPDX-License-Identifier: GPL-3.0-or-later
// Figures rendered from their recipes, and what the exported files hold for other programs.
#include "tests/app/program.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <sstream>

namespace
{

namespace fs = std::filesystem;
using test::Json;
using test::Outcome;
using test::Program;
using testing::HasSubstr;

/// Standard output of another program; empty where it is not installed.
std::string outputOf(const std::string& command)
{
    std::string text;
    std::array<char, 4096> buffer;
    FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
    while (const std::size_t read = fread(buffer.data(), 1, buffer.size(), pipe))
        text.append(buffer.data(), read);
    pclose(pipe);
    return text;
}

bool isInstalled(const std::string& program)
{
    return !outputOf("command -v " + program).empty();
}

/// The fonts of a PDF as pdffonts lists them: name, and whether the file holds them.
std::vector<std::pair<std::string, std::string>> embeddedFonts(const fs::path& pdf)
{
    std::vector<std::pair<std::string, std::string>> fonts;
    std::istringstream lines(outputOf(fmt::format("pdffonts '{}' | tail -n +3", pdf.string())));
    for (std::string line; std::getline(lines, line);) {
        std::istringstream text(line);
        const std::vector<std::string> words{std::istream_iterator<std::string>(text), {}};
        if (words.size() > 5) // name, type, encoding, emb, sub, uni, and two of the object
            fonts.emplace_back(words.front(), words[words.size() - 5]);
    }
    return fonts;
}

/// A model, and the whole set of its figures in one folder; small, because every pixel counts.
class FigureRecipes : public testing::Test
{
protected:
    static void SetUpTestSuite()
    {
        s_program = std::make_unique<Program>();
        s_model = s_program->makeModel("m.safetensors");
        s_set = *s_program / "set";
        const Outcome outcome = s_program->run(
            {"figures", s_model, "--data", "samples", "--out", s_set, "--width-mm", "100", "--dpi",
             "60", "--steps", "3", "--preset", "robust", "--seed", "7", "--quiet"});
        ASSERT_EQ(outcome.code, 0) << outcome.error;
    }
    static void TearDownTestSuite() { s_program.reset(); }

    static std::vector<std::string> arguments(std::vector<std::string> more)
    {
        std::vector<std::string> all = {"figures", s_model, "--data", "samples", "--quiet"};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
    static Outcome run(std::vector<std::string> more) { return s_program->run(arguments(more)); }
    static std::vector<fs::path> files(const std::string& extension)
    {
        std::vector<fs::path> found;
        for (const auto& entry : fs::directory_iterator(s_set))
            if (entry.path().extension() == extension)
                found.push_back(entry.path());
        std::ranges::sort(found);
        return found;
    }

    static std::unique_ptr<Program> s_program;
    static std::string s_model;
    static std::string s_set;
};

std::unique_ptr<Program> FigureRecipes::s_program;
std::string FigureRecipes::s_model;
std::string FigureRecipes::s_set;

} // namespace

TEST_F(FigureRecipes, RenderByteForByteTheSameFromEachFileOfEachKind)
{
    for (const char* kind :
         {"overview", "network", "confusion", "weights", "circuit", "kernels-conv2", "edges",
          "channels-conv1-digit-3", "heatmap-rows", "heatmap-maps", "heatmap-difference",
          "features-conv1", "features-neurons"}) {
        const std::string base = fs::path(s_set) / kind;
        for (const char* carrier : {".svg", ".pdf", ".png", ".json"}) {
            const std::string again = *s_program / (std::string("again") + carrier);
            const Outcome outcome = run({"--recipe", base + carrier, "--out", again});
            ASSERT_EQ(outcome.code, 0) << outcome.error;
            EXPECT_EQ(test::readFile(again), test::readFile(base + carrier)) << kind << carrier;
        }
        const Outcome checked =
            run({"--recipe", base + ".json", "--check", base + ".csv", "--json"});
        ASSERT_EQ(checked.code, 0) << checked.error;
        EXPECT_EQ(checked.json()["checked"], base + ".csv");
    }
}

TEST_F(FigureRecipes, WritesTheFontsOfAPdfInTheSameOrderInEveryProcess)
{
    for (int i = 0; i < 6; ++i)
        EXPECT_EQ(run({"--check", s_set + "/edges.pdf"}).code, 0);
}

TEST_F(FigureRecipes, ChecksAFileAgainstItsOwnRecipeAndSaysWhereItDiffers)
{
    const std::string file = *s_program / "changed.svg";
    std::string content = test::readFile(s_set + "/network.svg");
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
        s_program->run({"figures", "--recipe", s_set + "/kernels-conv1.svg", "--models", folder,
                        "--check", s_set + "/kernels-conv1.svg", "--quiet"});
    EXPECT_EQ(outcome.code, 0) << outcome.error;
}

TEST_F(FigureRecipes, NamesTheModelThatIsMissing)
{
    const std::string other = s_program->makeModel("other.safetensors", 3);
    test::expectRefused(
        s_program->run({"figures", other, "--recipe", s_set + "/edges.json", "--out",
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
    test::expectRefused(run({"--recipe", s_set + "/edges.json"}), 2, "--out");
    test::expectRefused(run({"--recipe", s_set + "/edges.json", "--out", "b.jpeg"}), 2, "b.jpeg");
    std::string recipe = test::readFile(s_set + "/kernels-conv1.json");
    recipe.replace(recipe.find("conv1"), 5, "conv9");
    test::writeFile(*s_program / "wrong.json", recipe);
    test::expectRefused(run({"--recipe", *s_program / "wrong.json", "--out", *s_program / "b.svg"}),
                        3, "conv9");
}

TEST_F(FigureRecipes, HoldTextAsTextAndNoPixelImageInPdf)
{
    if (!isInstalled("pdftotext") || !isInstalled("pdfimages") || !isInstalled("pdffonts"))
        GTEST_SKIP() << "poppler-utils is not installed";
    const std::vector<fs::path> pdfs = files(".pdf");
    ASSERT_GT(pdfs.size(), 30U);
    for (const fs::path& pdf : pdfs) {
        std::string text = outputOf(fmt::format("pdftotext '{}' -", pdf.string()));
        std::ranges::replace(text, '\n', ' ');
        EXPECT_THAT(text, HasSubstr("m, 820 parameters")) << pdf;
        // A table of images has two header lines and nothing else.
        const std::string images = outputOf(fmt::format("pdfimages -list '{}'", pdf.string()));
        EXPECT_EQ(std::ranges::count(images, '\n'), 2) << pdf << images;
        const auto fonts = embeddedFonts(pdf);
        ASSERT_FALSE(fonts.empty()) << pdf;
        for (const auto& [name, embedded] : fonts) {
            EXPECT_THAT(name, HasSubstr("LiberationSans")) << pdf;
            EXPECT_EQ(embedded, "yes") << pdf;
        }
    }
}

TEST_F(FigureRecipes, HoldTextAsTextAndNoPixelImageInSvg)
{
    // Another parser than the one that wrote it.
    constexpr const char* kScript =
        "import sys, xml.etree.ElementTree as e\n"
        "for f in sys.argv[1:]:\n"
        "    r = e.parse(f).getroot()\n"
        "    n = [x.tag.split('}')[1] for x in r.iter()]\n"
        "    t = ' '.join(''.join(x.itertext()) for x in r.iter() if x.tag.endswith('}text'))\n"
        "    print(n.count('image'), n.count('text') > 5, 'm, 820 parameters' in t)\n";
    const std::vector<fs::path> svgs = files(".svg");
    ASSERT_GT(svgs.size(), 30U);
    const std::string script = *s_program / "parse.py";
    test::writeFile(script, kScript);
    std::string command = "python3 '" + script + "'";
    std::string expected;
    for (const fs::path& svg : svgs) {
        command += " '" + svg.string() + "'";
        expected += "0 True True\n";
    }
    EXPECT_EQ(outputOf(command), expected);
}

TEST_F(FigureRecipes, ComeWithAPreflightInWordsAndNumbers)
{
    const Outcome outcome = run({"--recipe", s_set + "/edges.json", "--preflight", "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    const Json findings = outcome.json()["preflight"];
    const auto smallest = std::ranges::find_if(
        findings, [](const Json& finding) { return finding["what"] == "smallest-text"; });
    ASSERT_NE(smallest, findings.end());
    EXPECT_EQ((*smallest)["passed"], true);
    EXPECT_NEAR((*smallest)["value"].get<double>(), 6, 1e-6); // captions of the print style
    EXPECT_THAT(run({"--recipe", s_set + "/edges.json", "--preflight"}).out,
                HasSubstr("1 of 1 figures have nothing to be mended"));
}

TEST_F(FigureRecipes, HoldTheParametersOfAMomentThatNoFileHas)
{
    core::Model model;
    model.architecture = core::parseArchitecture("linear 10");
    model.parameters = core::initialParameters(model.architecture, 1);
    std::ranges::fill(model.parameters.values(), 0.0F);
    // 7,850 zeros: 2,616 times three bytes, and two more.
    const std::string recipe = fmt::format(
        R"({{"content":"all","model":{{"architecture":"linear 10","hash":"{}","name":"gone",)"
        R"("nonzero":0,"parameters":7850,"selectedOn":""}},"program":"caddie {}","recipe":1,)"
        R"("size":{{"dpi":300,"magnification":1,"widthMm":183}},"values":"u8:{}AAA=",)"
        R"("view":"parameters","when":"after epoch 3"}})"
        "\n",
        core::modelHash(model), CADDIE_VERSION, std::string(4 * 2616, 'A'));
    const std::string file = *s_program / "moment.json";
    test::writeFile(file, recipe);
    const std::string again = *s_program / "moment-again.json";
    const Outcome outcome = run({"--recipe", file, "--out", again});
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    EXPECT_EQ(test::readFile(again), recipe);
    EXPECT_EQ(run({"--recipe", file, "--out", *s_program / "moment.svg"}).code, 0);
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
