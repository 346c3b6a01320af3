// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/program.h"

#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace
{

using test::expectRefused;
using test::Program;
using testing::HasSubstr;

const char* const kCommands[] = {"info",      "eval",    "activations", "heatmap",
                                 "visualize", "convert", "train",       "resume",
                                 "runs",      "figures", "bench",       "fetch"};

TEST(CommandLine, SaysItsVersion)
{
    const auto outcome = Program().run({"--version"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_EQ(outcome.out, "caddie " CADDIE_VERSION "\n");
}

TEST(CommandLine, ListsEveryCommandAndExitCodeInItsHelp)
{
    const auto outcome = Program().run({"--help"});
    EXPECT_EQ(outcome.code, 0);
    for (const char* command : kCommands)
        EXPECT_THAT(outcome.out, HasSubstr(std::string("\n  ") + command + " "));
    EXPECT_THAT(outcome.out, HasSubstr("130 stopped"));
}

TEST(CommandLine, GivesExamplesAndTheCommonOptionsInEachCommandsHelp)
{
    for (const char* command : kCommands) {
        const auto outcome = Program().run({command, "--help"});
        EXPECT_EQ(outcome.code, 0) << command;
        EXPECT_THAT(outcome.out, HasSubstr("Examples:\n  caddie " + std::string(command)));
        for (const char* option : {"--data", "--split", "--backend", "--seed", "--threads", "--out",
                                   "--json", "--quiet"})
            EXPECT_THAT(outcome.out, HasSubstr(option)) << command;
    }
}

TEST(CommandLine, RefusesWhatItDoesNotKnowWithOneLine)
{
    const Program program;
    expectRefused(program.run({"eval", "model.pth", "--bogus"}), 2, "--bogus");
    expectRefused(program.run({"eval", "model.pth", "--split", "dev"}), 2, "test|train|validation");
    expectRefused(program.run({"eval"}), 2, "MODEL");
    expectRefused(program.run({"train", "--epochs", "many"}), 2, "--epochs");
    expectRefused(program.run({"visualize", "model.pth", "--preset", "nice"}), 2, "nice");
}

TEST(CommandLine, TakesAMistypedCommandForNoFile)
{
    expectRefused(Program().run({"evil", "model.pth"}), 2, "evil: neither a command nor a file");
}

TEST(CommandLine, NamesAModelFileThatIsNotThere)
{
    const Program program;
    expectRefused(program.run({"absent.pth"}), 3, "absent.pth");
    for (const char* command : {"info", "eval", "activations", "heatmap", "visualize"})
        expectRefused(program.run({command, "absent.pth"}), 3, "absent.pth");
}

TEST(CommandLine, SaysInOneLineThatTheWindowNeedsADisplay)
{
    expectRefused(Program().run({}), 1, "no display");
}

TEST(CommandLine, SaysThatItsOutputCouldNotBeWritten)
{
    const Program program;
    const std::string model = program.makeModel("m.safetensors");
    // Every write to /dev/full fails with "no space left on device".
    const std::string shell =
        CADDIE_PROGRAM " info " + model + " > /dev/full 2> " + (program / "said");
    EXPECT_EQ(WEXITSTATUS(std::system(shell.c_str())), 5);
    EXPECT_THAT(test::readFile(program / "said"), HasSubstr("stdout"));
}

} // namespace
