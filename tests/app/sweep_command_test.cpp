// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace
{

using test::expectRefused;
using test::Json;
using test::Program;

/// Small trainings on the sample digits.
class SweepCommand : public testing::Test
{
protected:
    test::Outcome run(std::vector<std::string> more) const
    {
        std::vector<std::string> all = {"sweep", "--study", "s", "--storage", m_program / "s.db"};
        all.insert(all.end(), more.begin(), more.end());
        return m_program.run(all);
    }

    test::Outcome work(const std::string& trials, std::vector<std::string> more = {}) const
    {
        std::vector<std::string> all = {
            "--trials", trials, "--data",    "samples", "--arch", "2@5x5 relu pool 4, linear 10",
            "--epochs", "2",    "--sampler", "random",  "--json"};
        all.insert(all.end(), more.begin(), more.end());
        return run(all);
    }

    Program m_program;
};

} // namespace

TEST_F(SweepCommand, SearchesAndGoesOn)
{
    const auto first = work("3");
    ASSERT_EQ(first.code, 0) << first.error;
    const Json study = first.json();
    EXPECT_EQ(study["trials"], 3);
    EXPECT_EQ(study["complete"], 3);
    EXPECT_EQ(study["direction"], "maximize");
    const Json& best = study["best"];
    EXPECT_EQ(best["attributes"]["selected_on"], "validation");
    EXPECT_THAT(best["attributes"]["measured_on"].get<std::string>(),
                testing::HasSubstr("sample digits (built-in) validation"));
    for (const char* name : {"batch", "lr", "lr_step", "lr_gamma"})
        EXPECT_TRUE(best["parameters"].contains(name)) << name;

    // Without the options of the training: the study knows them.
    const auto again = run({"--trials", "5", "--data", "samples", "--json"});
    ASSERT_EQ(again.code, 0) << again.error;
    EXPECT_EQ(again.json()["trials"], 5);
    EXPECT_EQ(
        again.json()["here"]["complete"].get<int>() + again.json()["here"]["pruned"].get<int>(), 2);
}

TEST_F(SweepCommand, KeepsTheBestNetworkWithWhatItWasMeasuredOn)
{
    const std::string out = m_program / "best.safetensors";
    const auto outcome = work("2", {"--out", out});
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    const Json best = outcome.json()["best"];
    const core::Model model = core::openModel(out);
    EXPECT_EQ(model.provenance.selectedOn, "validation");
    ASSERT_EQ(model.provenance.accuracies.size(), 2u);
    EXPECT_EQ(model.provenance.accuracies[1].accuracy(), best["value"]);
    const Json tested = m_program.run({"eval", out, "--data", "samples", "--json"}).json();
    EXPECT_EQ(tested["accuracy"], best["attributes"]["test_accuracy"]);
    const std::string other = m_program / "other.safetensors";
    EXPECT_EQ(run({"--best", "--out", other}).code, 0);
    EXPECT_EQ(test::readFile(other), test::readFile(out));
}

TEST_F(SweepCommand, RunsAQueuedTrialWithItsValues)
{
    ASSERT_EQ(work("1").code, 0);
    const auto queued = run({"--enqueue", R"({"lr": 0.004, "batch": 32})", "--json"});
    ASSERT_EQ(queued.code, 0) << queued.error;
    EXPECT_EQ(queued.json()["number"], 1);
    const Json study = work("1").json();
    EXPECT_EQ(study["trials"], 2);
    EXPECT_EQ(study["waiting"], 0);
    expectRefused(run({"--enqueue", R"({"lr": 4})"}), 2, "\"lr\" = 4");
    expectRefused(run({"--enqueue", R"({"rate": 0.1})"}), 2, "no such parameter");
    expectRefused(run({"--enqueue", "0.1"}), 2, "expected an object");
}

TEST_F(SweepCommand, ListsStudiesAndTheirBest)
{
    ASSERT_EQ(work("2").code, 0);
    const Json list =
        m_program.run({"sweep", "--storage", m_program / "s.db", "--list", "--json"}).json();
    ASSERT_EQ(list["studies"].size(), 1u);
    EXPECT_EQ(list["studies"][0]["study"], "s");
    EXPECT_EQ(list["studies"][0]["complete"], 2);
    const std::string text = run({"--best"}).out;
    EXPECT_THAT(text, testing::HasSubstr("2 complete"));
    EXPECT_THAT(text, testing::HasSubstr("sample digits (built-in) test, 1,000 images"));
}

TEST_F(SweepCommand, RefusesWhatMakesNoSense)
{
    expectRefused(m_program.run({"sweep"}), 2, "--study is required");
    expectRefused(run({"--best"}), 3, "no such file");
    expectRefused(work("1", {"--preset", "none"}), 2, "published|architecture");
    const std::string space = m_program / "space.json";
    test::writeFile(space, R"({"depth": {"type": "int", "low": 1, "high": 2}})");
    expectRefused(work("1", {"--space", space}), 2, "\"depth\"");
    test::writeFile(space, R"({"lr": {"type": "float", "low": 1, "high": 0}})");
    expectRefused(work("1", {"--space", space}), 2, "\"lr\"");
    ASSERT_EQ(work("1").code, 0);
    expectRefused(run({"--trials", "2", "--data", "samples", "--epochs", "3"}), 2,
                  "another study can have them");
    test::writeFile(m_program / "text.db", std::string(4096, 'x'));
    expectRefused(m_program.run({"sweep", "--list", "--storage", m_program / "text.db"}), 3,
                  "SQLite");
}

TEST_F(SweepCommand, GivesItsTrialBackWhenInterrupted)
{
    const std::string storage = m_program / "s.db";
    const auto outcome = m_program.interrupt(
        {"sweep", "--study", "s", "--storage", storage, "--data", "samples", "--arch",
         "2@5x5 relu pool 4, linear 10", "--epochs", "100000", "--progress"},
        "epoch", SIGINT);
    EXPECT_EQ(outcome.code, 130) << outcome.error;
    const Json study = run({"--best", "--json"}).json();
    EXPECT_EQ(study["trials"], 1);
    EXPECT_EQ(study["waiting"], 1);
}
