// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace
{

using test::expectRefused;
using test::Json;
using test::Program;

void expectSameBits(const core::Model& one, const core::Model& other)
{
    EXPECT_EQ(one.architecture, other.architecture);
    EXPECT_TRUE(std::ranges::equal(std::as_bytes(one.parameters.values()),
                                   std::as_bytes(other.parameters.values())));
}

TEST(ConvertCommand, ChangesNoBitOnTheWayThereAndBack)
{
    const Program program;
    const std::string file = program.makeModel("m.safetensors");
    ASSERT_EQ(program.run({"convert", file, program / "m.pt"}).code, 0);
    ASSERT_EQ(program.run({"convert", program / "m.pt", program / "back.safetensors"}).code, 0);
    const auto before = core::openModel(file);
    expectSameBits(core::openModel(program / "m.pt"), before);
    expectSameBits(core::openModel(program / "back.safetensors"), before);
}

TEST(ConvertCommand, KeepsThePublishedModelsAsTheyAre)
{
    CADDIE_NEEDS_SEED();
    const Program program;
    for (const std::string name : {"model", "model-pruned"}) {
        const std::string file = *test::seedFolder() / (name + ".pth");
        const std::string own = program / (name + ".safetensors");
        const std::string back = program / (name + ".pt");
        ASSERT_EQ(program.run({"convert", file, own}).code, 0);
        ASSERT_EQ(program.run({"convert", own, back}).code, 0);
        const auto before = core::openModel(file);
        expectSameBits(core::openModel(own), before);
        expectSameBits(core::openModel(back), before);
        EXPECT_EQ(program.run({"info", own, "--json"}).json()["layout"], "stored");
    }
}

TEST(ConvertCommand, ReplacesAFileOnlyWhenForced)
{
    const Program program;
    const std::string from = program.makeModel("from.safetensors", 1);
    const std::string to = program.makeModel("to.safetensors", 2);
    const std::string before = test::readFile(to);
    expectRefused(program.run({"convert", from, to}), 5, "--force");
    EXPECT_EQ(test::readFile(to), before);
    EXPECT_EQ(program.run({"convert", from, to, "--force"}).code, 0);
    EXPECT_NE(test::readFile(to), before);
}

TEST(ConvertCommand, NamesWhatCanNotBeWritten)
{
    const Program program;
    const std::string from = program.makeModel("m.safetensors");
    expectRefused(program.run({"convert", from, program / "m.docx"}), 2, "m.docx");
    expectRefused(program.run({"convert", from, program / "no/such/folder/m.pt"}), 5, "m.pt");
}

TEST(ConvertCommand, ReadsTheTensorsAsTheLayoutThatIsAskedFor)
{
    const Program program;
    const std::string from = program.makeModel("m.safetensors");
    const std::string to = program / "average.safetensors";
    const std::string layout = "4@4x4 prelu avgpool, 5@3x3 prelu avgpool, 4@3x3 prelu, linear 10";
    ASSERT_EQ(program.run({"convert", from, to, "--arch", layout}).code, 0);
    EXPECT_EQ(program.run({"info", to, "--json"}).json()["architecture"], layout);
    expectRefused(program.run({"convert", from, program / "x.pt", "--arch", "linear banana"}), 2,
                  "banana");
}

} // namespace
