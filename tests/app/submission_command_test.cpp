// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/submission.h"
#include "tests/app/reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace
{

using test::expectRefused;
using test::Json;
using test::Program;
using testing::HasSubstr;

TEST(SubmissionCommand, CarriesAModelFromOneProgramToAnother)
{
    const Program mine;
    const std::string file = mine / "s.zip";
    const Json exported = mine.run({"submission", "export", mine.makeModel("a.safetensors"),
                                    "--data", "samples", "--out", file, "--json"})
                              .json();
    const Json evaluated =
        mine.run({"eval", mine / "a.safetensors", "--data", "samples", "--json"}).json();
    EXPECT_EQ(exported["correct"], evaluated["correct"]);
    EXPECT_EQ(exported["nonzero"], evaluated["nonzero"]);
    EXPECT_EQ(exported["data"], evaluated["data"]);

    const Program theirs;
    const std::string out = theirs / "taken.safetensors";
    const Json imported =
        theirs.run({"submission", "import", file, "--data", "samples", "--out", out, "--json"})
            .json();
    EXPECT_EQ(imported["verified"], true);
    EXPECT_EQ(imported["model_sha256"], exported["model_sha256"]);
    EXPECT_TRUE(std::filesystem::exists(imported["kept"].get<std::string>()));
    EXPECT_EQ(theirs.run({"eval", out, "--data", "samples", "--json"}).json()["confusion"],
              evaluated["confusion"]);
}

TEST(SubmissionCommand, KeepsNothingWhenOnlyChecking)
{
    const Program program;
    const std::string file = program / "s.zip";
    program.run({"submission", "export", program.makeModel("a.safetensors"), "--data", "samples",
                 "--out", file});
    const auto outcome =
        program.run({"submission", "import", file, "--data", "samples", "--check-only"});
    EXPECT_EQ(outcome.code, 0) << outcome.error;
    EXPECT_THAT(outcome.out, HasSubstr("recounted, and re-evaluated"));
    EXPECT_FALSE(std::filesystem::exists(program.home() / ".local/share/caddie/submissions"));
}

TEST(SubmissionCommand, RefusesAClaimThatIsNotFoundAgain)
{
    const Program program;
    const std::string file = program / "s.zip";
    program.run({"submission", "export", program.makeModel("a.safetensors"), "--data", "samples",
                 "--out", file});
    core::Submission submission = core::readSubmission(file);
    ++submission.correct;
    core::writeSubmission(submission, file);
    const auto outcome = program.run({"submission", "import", file, "--data", "samples"});
    expectRefused(outcome, 3, "a claims " + std::to_string(submission.correct));
    EXPECT_THAT(outcome.error, HasSubstr("finds " + std::to_string(submission.correct - 1)));
    expectRefused(program.run({"submission", "import", program / "none.zip"}), 3, "none.zip");
}

TEST(SubmissionCommand, NeedsTheDataOfTheClaimAndAFileToWrite)
{
    CADDIE_NEEDS_MNIST();
    Program program;
    program.provideMnist();
    const std::string model = program.makeModel("a.safetensors");
    const std::string file = program / "s.zip";
    program.run({"submission", "export", model, "--data", "samples", "--out", file});
    expectRefused(program.run({"submission", "import", file}), 4, "was measured on sample digits");
    expectRefused(program.run({"submission", "export", model}), 2, "--out");
    expectRefused(program.run({"submission", "export", model, "--out", program / "s.json"}), 2,
                  ".zip");
    expectRefused(program.run({"submission"}), 2, "subcommand");
}

} // namespace
