// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/run_spec.h"
#include "tests/app/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace
{

using test::expectRefused;
using test::Json;
using test::Program;

/// Short games on the sample digits.
class GolfCommand : public testing::Test
{
protected:
    test::Outcome play(std::vector<std::string> more) const
    {
        std::vector<std::string> all = {"golf",
                                        "--data",
                                        "samples",
                                        "--starts",
                                        "1",
                                        "--start-epochs",
                                        "2",
                                        "--dense-epochs",
                                        "4",
                                        "--share",
                                        "0.2",
                                        "--first-share",
                                        "0.3",
                                        "--epochs",
                                        "2",
                                        "--first-epochs",
                                        "2",
                                        "--swaps",
                                        "1",
                                        "--swap-epochs",
                                        "1",
                                        "--curvature-images",
                                        "200",
                                        "--trial-images",
                                        "200",
                                        "--trials",
                                        "2",
                                        "--patience",
                                        "1",
                                        "--dense-lr",
                                        "0.02",
                                        "--runs",
                                        m_program / "runs",
                                        "--json"};
        all.insert(all.end(), more.begin(), more.end());
        return m_program.run(all);
    }

    const std::vector<std::string> m_small = {"--arch", "2@5x5 prelu pool 4, linear 10"};
    Program m_program;
};

std::vector<std::string> operator+(std::vector<std::string> list, std::vector<std::string> more)
{
    list.insert(list.end(), more.begin(), more.end());
    return list;
}

} // namespace

TEST_F(GolfCommand, EndsWithTheFewestThatReachTheTargetAndAVerifiableModel)
{
    const std::string out = m_program / "small.safetensors";
    const auto outcome = play(
        m_small + std::vector<std::string>{"--target", "0.6", "--select", "test", "--out", out});
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    const Json result = outcome.json();
    EXPECT_LT(result["nonzero"], result["parameters"]);
    EXPECT_GE(result["accuracy"].get<double>(), 0.6);

    const auto checked = m_program.run({"verify", out, "--data", "samples", "--json"});
    ASSERT_EQ(checked.code, 0) << checked.error;
    const Json found = checked.json();
    EXPECT_EQ(found["nonzero"], result["nonzero"]);
    EXPECT_EQ(found["correct"], result["correct"]);
    EXPECT_EQ(found["league"], "raw");
    EXPECT_TRUE(found["claim"]["holds"]);
    EXPECT_EQ(found["provenance"]["selected_on"], "test");
    EXPECT_EQ(found["provenance"]["recipe"]["command"], "golf");
    EXPECT_EQ(found["provenance"]["recipe"]["criterion"], "surgeon");
    std::size_t entries = 0;
    for (const Json& tensor : found["tensors"])
        entries += tensor["nonzero"].get<std::size_t>();
    EXPECT_EQ(entries, found["nonzero"]);
}

TEST_F(GolfCommand, PutsWhatIsGivenOnTopOfAPreset)
{
    const auto outcome = m_program.run({"golf",
                                        "--preset",
                                        "quick-golf",
                                        "--data",
                                        "samples",
                                        "--arch",
                                        "2@5x5 prelu pool 4, linear 10",
                                        "--target",
                                        "0.5",
                                        "--start-epochs",
                                        "1",
                                        "--augment",
                                        "shift",
                                        "--least",
                                        "200",
                                        "--seed",
                                        "7",
                                        "--runs",
                                        m_program / "runs",
                                        "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    const Json golf = Json::parse(
        test::readFile(outcome.json()["folder"].get<std::string>() + "/spec.json"))["golf"];
    const auto quick =
        std::get<core::GolfSpec>(core::findRunPreset("quick-golf")->spec.work).options;
    EXPECT_EQ(golf["architecture"], "2@5x5 prelu pool 4, linear 10");
    EXPECT_EQ(golf["threshold"], 0.5);
    EXPECT_EQ(golf["start_epochs"], 1);
    EXPECT_EQ(golf["switches"]["augment"], "shift");
    EXPECT_EQ(golf["seed"], 7);
    EXPECT_EQ(golf["first_share"], quick.firstShare);
    EXPECT_EQ(golf["epochs"], quick.epochs);
    EXPECT_EQ(golf["trials"], quick.trials);
}

TEST_F(GolfCommand, RefusesWhatIsNoPresetOfGolf)
{
    for (const char* preset : {"cosine-820", "nonsense"})
        expectRefused(m_program.run({"golf", "--preset", preset, "--data", "samples"}), 2,
                      "expected one of quick-golf|golf-98|published-golf|golf-99");
}

TEST_F(GolfCommand, GoesOnWithAModel)
{
    const std::string first = m_program / "first.safetensors";
    const std::string second = m_program / "second.safetensors";
    ASSERT_EQ(play(m_small + std::vector<std::string>{"--select", "test", "--target", "0.6",
                                                      "--least", "150", "--out", first})
                  .code,
              0);
    const auto outcome =
        play({"--from", first, "--target", "0.5", "--least", "100", "--out", second});
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    EXPECT_LT(core::openModel(second).parameters.nonzero(),
              core::openModel(first).parameters.nonzero());
    const Json recipe = Json::parse(core::openModel(second).provenance.recipe);
    EXPECT_TRUE(recipe.contains("from"));
    EXPECT_EQ(outcome.json()["selected_on"], "test") << "it chose the first";
}

TEST_F(GolfCommand, TrainsTheChosenNetworkOnAllImagesInTheEnd)
{
    const std::string game = m_program / "game.safetensors";
    const std::string refitted = m_program / "refitted.safetensors";
    const auto common = m_small + std::vector<std::string>{"--target", "0.6", "--least", "150"};
    ASSERT_EQ(play(common + std::vector<std::string>{"--out", game}).code, 0);
    const auto outcome = play(common + std::vector<std::string>{"--refit", "2", "--out", refitted});
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    const core::Model before = core::openModel(game);
    const core::Model after = core::openModel(refitted);
    ASSERT_EQ(after.parameters.nonzero(), before.parameters.nonzero());
    int moved = 0;
    for (std::size_t i = 0; i < after.parameters.values().size(); ++i) {
        EXPECT_EQ(after.parameters.values()[i] == 0, before.parameters.values()[i] == 0) << i;
        moved += after.parameters.values()[i] != before.parameters.values()[i];
    }
    EXPECT_GT(moved, 0);
    EXPECT_EQ(after.provenance.selectedOn, "validation");
    ASSERT_EQ(after.provenance.accuracies.size(), 1U) << "it has trained on the validation images";
    EXPECT_EQ(after.provenance.accuracies[0].split, "test");
    EXPECT_EQ(outcome.json()["test_correct"], after.provenance.accuracies[0].correct);
}

TEST_F(GolfCommand, DoesSoTooWhereItIsStopped)
{
    const std::string out = m_program / "stopped.safetensors";
    const auto paused = m_program.interrupt(
        {"golf", "--preset", "quick-golf", "--arch", "2@5x5 prelu pool 4, linear 10", "--data",
         "samples", "--target", "0.6", "--epochs", "100000", "--refit", "2", "--runs",
         m_program / "runs", "--out", out, "--progress", "--json"},
        "dense:", SIGINT);
    ASSERT_EQ(paused.code, 130) << paused.error;
    const auto stopped = m_program.run({"resume", paused.json()["run"], "--runs",
                                        m_program / "runs", "--data", "samples", "--stop"});
    ASSERT_EQ(stopped.code, 0) << stopped.error;
    const core::Provenance provenance = core::openModel(out).provenance;
    EXPECT_TRUE(Json::parse(provenance.recipe)["stopped"].get<bool>());
    EXPECT_THAT(provenance.origin, testing::HasSubstr("then trained 2 epochs on them as well"));
    EXPECT_EQ(provenance.accuracies[0].split, "test");
}

TEST_F(GolfCommand, PlaysInALeagueAndSaysSo)
{
    const std::string out = m_program / "upright.safetensors";
    const auto outcome =
        play(m_small + std::vector<std::string>{"--league", "averaged", "--target", "0.5",
                                                "--least", "150", "--out", out});
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    const Json found = m_program.run({"verify", out, "--data", "samples", "--json"}).json();
    EXPECT_EQ(found["league"], "averaged");
    EXPECT_THAT(found["architecture"].get<std::string>(), testing::StartsWith("deskew shifts, "));
}

TEST_F(GolfCommand, RefusesWhatCanNotBePlayed)
{
    expectRefused(play(m_small + std::vector<std::string>{"--target", "98"}), 2,
                  "golf: target 98, expected 0 to 1");
    expectRefused(play(m_small + std::vector<std::string>{"--sparse", "snip", "--nonzero", "50"}),
                  2, "sparse");
    expectRefused(play({"--from", m_program / "absent.safetensors"}), 3, "absent.safetensors");
}

TEST_F(GolfCommand, SaysWhenTheTargetWasNotMet)
{
    const auto outcome = play(m_small + std::vector<std::string>{"--target", "1"});
    EXPECT_EQ(outcome.code, 6) << outcome.error;
}

TEST_F(GolfCommand, VerifyRefusesAClaimThatDoesNotHold)
{
    core::Model model;
    model.architecture = core::parseArchitecture(m_small.back());
    model.parameters = core::initialParameters(model.architecture, 1);
    model.provenance.accuracies = {
        {"sample digits (built-in) test, 1,000 images", "test", 999, 1000}};
    const std::string file = m_program / "boast.safetensors";
    core::saveModel(model, file);
    const auto outcome = m_program.run({"verify", file, "--data", "samples", "--json"});
    ASSERT_EQ(outcome.code, 3);
    ASSERT_NE(outcome.out, "") << outcome.error;
    EXPECT_FALSE(outcome.json()["claim"]["holds"]);
    EXPECT_EQ(outcome.json()["nonzero"], model.parameters.nonzero());
}
