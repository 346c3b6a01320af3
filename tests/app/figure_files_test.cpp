// SPDX-License-Identifier: GPL-3.0-or-later
// What the figures' files hold, as other programs see it.
#include "tests/app/figure_sets.h"

#include <array>
#include <cstdio>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <iterator>
#include <sstream>

namespace
{

namespace fs = std::filesystem;
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

/// Of both sets: a word that is in the texts of each figure, and the fewest figures there are.
struct Expected {
    std::string folder;
    std::string word;
    std::size_t fewest;
};

class FigureFiles : public test::FigureSets
{
protected:
    static std::vector<Expected> sets()
    {
        return {{set(), "m, 820 parameters", 30}, {compared(), " parameters", 20}};
    }
};

} // namespace

TEST_F(FigureFiles, HoldTextAsTextAndNoPixelImageInPdf)
{
    if (!isInstalled("pdftotext") || !isInstalled("pdfimages") || !isInstalled("pdffonts"))
        GTEST_SKIP() << "poppler-utils is not installed";
    for (const Expected& expected : sets()) {
        const std::vector<fs::path> pdfs = files(expected.folder, ".pdf");
        ASSERT_GE(pdfs.size(), expected.fewest);
        for (const fs::path& pdf : pdfs) {
            std::string text = outputOf(fmt::format("pdftotext '{}' -", pdf.string()));
            std::ranges::replace(text, '\n', ' ');
            EXPECT_THAT(text, HasSubstr(expected.word)) << pdf;
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
}

TEST_F(FigureFiles, HoldTextAsTextTheirFontsAndNoPixelImageInSvg)
{
    // Another parser than the one that wrote it: images, texts, the words, and whether there is a
    // font for every weight of the texts.
    constexpr const char* kScript =
        "import re, sys, xml.etree.ElementTree as e\n"
        "for f in sys.argv[2:]:\n"
        "    r = e.parse(f).getroot()\n"
        "    n = [x.tag.split('}')[1] for x in r.iter()]\n"
        "    x = [x for x in r.iter() if x.tag.endswith('}text')]\n"
        "    t = ' '.join(''.join(i.itertext()) for i in x)\n"
        "    s = ''.join(i.text or '' for i in r.iter() if i.tag.endswith('}style'))\n"
        "    w = set(re.findall(\"font-weight:(.*?);src:url.data:font/ttf;base64,AAEAA\", s))\n"
        "    print(n.count('image'), len(x) > 5, sys.argv[1] in t,\n"
        "          w == {i.get('font-weight') for i in x})\n";
    const std::string script = *s_program / "parse.py";
    test::writeFile(script, kScript);
    for (const Expected& one : sets()) {
        const std::vector<fs::path> svgs = files(one.folder, ".svg");
        ASSERT_GE(svgs.size(), one.fewest);
        std::string command = fmt::format("python3 '{}' '{}'", script, one.word);
        std::string expected;
        for (const fs::path& svg : svgs) {
            command += " '" + svg.string() + "'";
            expected += "0 True True True\n";
        }
        EXPECT_EQ(outputOf(command), expected);
    }
}

TEST_F(FigureFiles, StandOnAPageWithTheirCaptions)
{
    for (const Expected& one : sets()) {
        const std::string page = test::readFile(one.folder + "/index.html");
        for (const fs::path& svg : files(one.folder, ".svg"))
            EXPECT_THAT(page, HasSubstr(fmt::format("<img src=\"{}\"", svg.filename().string())));
    }
    const std::string page = test::readFile(compared() + "/index.html");
    EXPECT_THAT(page, HasSubstr("<title>m compared with other</title>"));
    EXPECT_THAT(page, HasSubstr("Current: m, 820 parameters."));
}
