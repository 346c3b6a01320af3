// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace
{

using test::expectRefused;
using test::Json;
using test::Program;

const char* const kSmall = "2@5x5 relu pool 4, linear 10";

TEST(TrainCommand, WritesAModelThatSaysWhereItComesFrom)
{
    const Program program;
    const std::string file = program / "t.safetensors";
    const auto outcome = program.run({"train",    "--data",    "samples", "--arch",     kSmall,
                                      "--epochs", "2",         "--batch", "32",         "--lr",
                                      "0.01",     "--lr-step", "1",       "--lr-gamma", "0.5",
                                      "--seed",   "7",         "--out",   file,         "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    const Json result = outcome.json();
    ASSERT_EQ(result["epochs"].size(), 2U);
    for (const char* key : {"epoch", "train_loss", "test_accuracy", "seconds"})
        EXPECT_TRUE(result["epochs"][0].contains(key)) << key;
    EXPECT_LT(result["epochs"][1]["train_loss"], result["epochs"][0]["train_loss"]);
    EXPECT_EQ(result["parameters"], 2 * 25 + 2 + 72 * 10 + 10);
    const core::Model model = core::openModel(file);
    EXPECT_EQ(model.provenance.selectedOn, "");
    ASSERT_EQ(model.provenance.accuracies.size(), 1U);
    EXPECT_EQ(model.provenance.accuracies[0].correct, result["correct"]);
    EXPECT_EQ(model.provenance.accuracies[0].data, "sample digits (built-in) test, 1,000 images");
    ASSERT_TRUE(model.classStatistics);
    EXPECT_EQ(model.classStatistics->count, std::vector<int>(10, 100));
    const Json recipe = Json::parse(model.provenance.recipe);
    EXPECT_EQ(recipe["seed"], 7);
    EXPECT_EQ(recipe["lr_gamma"], 0.5);
    EXPECT_EQ(recipe["arch"], kSmall);
    const Json checked = program.run({"eval", file, "--data", "samples", "--json"}).json();
    EXPECT_EQ(checked["correct"], result["correct"]);
}

TEST(TrainCommand, GivesTheSameBitsForTheSameSeed)
{
    const Program program;
    const auto hash = [&](const std::string& seed) {
        return program
            .run({"train", "--data", "samples", "--arch", kSmall, "--epochs", "1", "--batch", "64",
                  "--seed", seed, "--json"})
            .json()["hash"];
    };
    const Json first = hash("3");
    EXPECT_EQ(hash("3"), first);
    EXPECT_NE(hash("4"), first);
}

TEST(TrainCommand, SaysWhichSplitChoseTheEpoch)
{
    const Program program;
    for (const std::string split : {"test", "validation"}) {
        const Json result =
            program
                .run({"train", "--data", "samples", "--arch", kSmall, "--epochs", "3", "--batch",
                      "64", "--lr", "0.05", "--select", "best-" + split, "--json"})
                .json();
        EXPECT_EQ(result["selected_on"], split);
        if (split != "test")
            continue;
        double best = 0;
        for (const Json& epoch : result["epochs"])
            best = std::max(best, epoch["test_accuracy"].get<double>());
        EXPECT_DOUBLE_EQ(result["accuracy"].get<double>(), best);
    }
}

TEST(TrainCommand, KeepsTheFinishedEpochsWhenItIsStopped)
{
    const Program program;
    const std::string file = program / "stopped.safetensors";
    const auto outcome =
        program.interrupt({"train", "--data", "samples", "--arch", kSmall, "--epochs", "100000",
                           "--batch", "64", "--out", file, "--progress", "--json"},
                          "epoch 2:", SIGINT);
    EXPECT_EQ(outcome.code, 130);
    const Json result = outcome.json();
    EXPECT_EQ(result["stopped"], true);
    EXPECT_GE(result["epochs"].size(), 2U);
    const core::Model model = core::openModel(file);
    EXPECT_EQ(Json::parse(model.provenance.recipe)["stopped"], true);
    EXPECT_EQ(model.provenance.accuracies.at(0).correct, result["correct"]);
}

TEST(TrainCommand, DoesNotTrainOnSomethingElseThanMnistUnasked)
{
    const Program program;
    expectRefused(program.run({"train", "--epochs", "1"}), 4, "caddie fetch mnist");
}

TEST(TrainCommand, FindsMistakesBeforeItBegins)
{
    const Program program;
    const auto with = [&](const std::vector<std::string>& more) {
        std::vector<std::string> arguments = {"train", "--data", "samples"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return program.run(arguments);
    };
    expectRefused(with({"--arch", "4@3x3 rulu, linear 10"}), 2, "rulu");
    expectRefused(with({"--arch", "linear 9"}), 2, "9");
    expectRefused(with({"--out", "model.docx"}), 2, "model.docx");
    expectRefused(with({"--out", "no/such/folder/m.safetensors"}), 5, "folder");
    expectRefused(with({"--lr", "-1"}), 2, "--lr");
}

} // namespace
