// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace
{

using test::expectRefused;
using test::Json;
using test::Program;

/// A short training; returns its run's id.
std::string trainOn(const Program& program, const std::string& title)
{
    const auto outcome =
        program.run({"train", "--data", "samples", "--arch", "2@5x5 relu pool 4, linear 10",
                     "--epochs", "1", "--batch", "500", "--title", title, "--json"});
    EXPECT_EQ(outcome.code, 0) << outcome.error;
    return outcome.json()["run"];
}

TEST(RunsCommand, ListsNothingWhereThereIsNothing)
{
    const Program program;
    const auto outcome = program.run({"runs"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_NE(outcome.out.find("no runs in"), std::string::npos);
    EXPECT_EQ(program.run({"runs", "--json"}).json()["runs"], Json::array());
}

TEST(RunsCommand, ListsRunsTheNewestFirst)
{
    const Program program;
    const std::string first = trainOn(program, "first");
    const std::string second = trainOn(program, "second");
    const Json runs = program.run({"runs", "--json"}).json()["runs"];
    ASSERT_EQ(runs.size(), 2U);
    for (const Json& run : runs) {
        EXPECT_EQ(run["status"], "finished");
        EXPECT_EQ(run["kind"], "train");
        EXPECT_EQ(run["fraction"], 1.0);
        EXPECT_EQ(run["nonzero"], 782);
        EXPECT_EQ(run["accuracy"]["data"], "sample digits (built-in) test, 1,000 images");
        EXPECT_TRUE(std::filesystem::exists(run["model"].get<std::string>()));
    }
    EXPECT_GE(runs[0]["run"], runs[1]["run"]);
    const std::string text = program.run({"runs"}).out;
    EXPECT_NE(text.find(first), std::string::npos);
    EXPECT_NE(text.find(second), std::string::npos);
}

TEST(RunsCommand, RemovesRuns)
{
    const Program program;
    const std::string id = trainOn(program, "gone");
    const std::string kept = trainOn(program, "kept");
    EXPECT_EQ(program.run({"runs", "rm", id, "--json"}).json()["removed"], Json::array({id}));
    const Json runs = program.run({"runs", "--json"}).json()["runs"];
    ASSERT_EQ(runs.size(), 1U);
    EXPECT_EQ(runs[0]["run"], kept);
    expectRefused(program.run({"runs", "rm", id}), 2, id);
    expectRefused(program.run({"runs", "rm"}), 2, "RUN");
}

TEST(RunsCommand, ListsADamagedRunWithTheReason)
{
    const Program program;
    const std::filesystem::path runs = program / "runs";
    std::filesystem::create_directories(runs / "broken");
    test::writeFile(runs / "broken/spec.json", "{}");
    const auto outcome = program.run({"runs", "--runs", runs, "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    EXPECT_EQ(outcome.json()["runs"][0]["status"], "failed");
    EXPECT_THAT(outcome.json()["runs"][0]["message"].get<std::string>(),
                testing::HasSubstr("spec.json"));
    EXPECT_EQ(program.run({"runs", "rm", "broken", "--runs", runs}).code, 0);
    EXPECT_FALSE(std::filesystem::exists(runs / "broken"));
}

TEST(RunsCommand, TakesItsFolderFromTheEnvironment)
{
    Program program;
    program.set("CADDIE_RUNS", program / "mine");
    const std::string id = trainOn(program, "mine");
    EXPECT_TRUE(std::filesystem::exists(std::filesystem::path(program / "mine") / id));
}

} // namespace
