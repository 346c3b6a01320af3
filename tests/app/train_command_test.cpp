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

TEST(TrainCommand, PausesWhenItIsInterruptedAndSaysHowToGoOn)
{
    const Program program;
    const std::string file = program / "paused.safetensors";
    const auto outcome =
        program.interrupt({"train", "--data", "samples", "--arch", kSmall, "--epochs", "100000",
                           "--batch", "64", "--out", file, "--progress", "--json"},
                          "epoch 2:", SIGINT);
    EXPECT_EQ(outcome.code, 130);
    const Json result = outcome.json();
    EXPECT_EQ(result["status"], "paused");
    EXPECT_EQ(result["stopped"], true);
    EXPECT_EQ(result["out"], nullptr);
    EXPECT_GE(result["epochs"].size(), 2U);
    EXPECT_FALSE(std::filesystem::exists(file));
    const std::string id = result["run"];
    EXPECT_NE(outcome.error.find("caddie resume " + id), std::string::npos) << outcome.error;

    const auto stopped = program.run({"resume", id, "--stop", "--json"});
    ASSERT_EQ(stopped.code, 0) << stopped.error;
    const core::Model model = core::openModel(file);
    EXPECT_EQ(Json::parse(model.provenance.recipe)["stopped"], true);
    EXPECT_EQ(model.provenance.accuracies.at(0).correct, stopped.json()["correct"]);
    EXPECT_EQ(stopped.json()["status"], "stopped");
    EXPECT_EQ(stopped.json()["out"], file);
}

TEST(TrainCommand, TakesAPresetAndWhatIsGivenBesides)
{
    const Program program;
    const auto outcome = program.run({"train", "--preset", "stepped-807", "--data", "samples",
                                      "--epochs", "1", "--lr-gamma", "0.25", "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    const Json result = outcome.json();
    EXPECT_EQ(result["parameters"], 807);
    const Json spec =
        Json::parse(test::readFile(result["folder"].get<std::string>() + "/spec.json"));
    EXPECT_EQ(spec["title"], "Stepped 807");
    EXPECT_EQ(spec["train"]["epochs"], 1);
    EXPECT_EQ(spec["train"]["lr"], 0.003);
    EXPECT_EQ(spec["train"]["lr_step"], 4);
    EXPECT_EQ(spec["train"]["lr_gamma"], 0.25);
    EXPECT_EQ(spec["train"]["schedule"], "step");
}

TEST(TrainCommand, PassesItsOptionsToTheRun)
{
    const Program program;
    const auto outcome = program.run({"train",     "--data",
                                      "samples",   "--arch",
                                      kSmall,      "--epochs",
                                      "1",         "--batch",
                                      "500",       "--lr",
                                      "0.05",      "--optimizer",
                                      "sgd",       "--momentum",
                                      "0.5",       "--schedule",
                                      "cosine",    "--lr-end",
                                      "0.001",     "--weight-decay",
                                      "0.002",     "--label-smoothing",
                                      "0.1",       "--keep",
                                      "best-test", "--validation",
                                      "--runs",    program / "elsewhere",
                                      "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    const std::string folder = outcome.json()["folder"];
    EXPECT_EQ(folder.find(program / "elsewhere"), 0U) << folder;
    const Json train = Json::parse(test::readFile(folder + "/spec.json"))["train"];
    EXPECT_EQ(train["optimizer"], "sgd");
    EXPECT_EQ(train["momentum"], 0.5);
    EXPECT_EQ(train["schedule"], "cosine");
    EXPECT_EQ(train["lr_end"], 0.001);
    EXPECT_EQ(train["weight_decay"], 0.002);
    EXPECT_EQ(train["label_smoothing"], 0.1);
    EXPECT_EQ(train["keep"], "best-test");
    EXPECT_EQ(train["validation"], true);
    EXPECT_EQ(outcome.json()["trained_on"], "sample digits (built-in) train, 8,334 images");
    EXPECT_TRUE(outcome.json()["epochs"][0].contains("validation_accuracy"));
}

TEST(TrainCommand, HoldsTheZerosOfTheModelThatItGoesOnFrom)
{
    const Program program;
    core::Model model;
    model.architecture = core::parseArchitecture(kSmall);
    model.parameters = core::initialParameters(model.architecture, 2);
    for (std::size_t i = 0; i < 600; i += 2)
        model.parameters.values()[i] = 0;
    const std::string from = program / "pruned.safetensors";
    core::saveModel(model, from);
    const auto nonzero = [&](const std::vector<std::string>& more) {
        std::vector<std::string> arguments = {"train",    "--from", from,      "--data", "samples",
                                              "--epochs", "1",      "--batch", "500",    "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto outcome = program.run(arguments);
        EXPECT_EQ(outcome.code, 0) << outcome.error;
        return outcome.json()["nonzero"].get<std::size_t>();
    };
    EXPECT_EQ(nonzero({"--keep-zeros"}), model.parameters.count() - 300);
    EXPECT_GT(nonzero({}), model.parameters.count() - 300);
}

TEST(TrainCommand, TrainsOnlySoManyParametersFromTheStart)
{
    const Program program;
    for (const std::string method : {"random", "grasp", "rigl"}) {
        const auto outcome = program.run(
            {"train",   "--data",    "samples",  "--arch",   kSmall,      "--epochs", "2",
             "--batch", "64",        "--sparse", method,     "--nonzero", "200",      "--average",
             "ema",     "--augment", "affine",   "--sample", "loss",      "--json"});
        ASSERT_EQ(outcome.code, 0) << outcome.error;
        const Json result = outcome.json();
        EXPECT_LE(result["nonzero"], 200);
        EXPECT_GE(result["nonzero"], 190);
        const std::string folder = result["folder"];
        const Json switches =
            Json::parse(test::readFile(folder + "/spec.json"))["train"]["switches"];
        EXPECT_EQ(switches["sparse"], method);
        EXPECT_EQ(switches["average"], "ema");
        EXPECT_EQ(switches["augment"], "affine");
        EXPECT_EQ(switches["sample"], "loss");
    }
}

TEST(TrainCommand, LearnsFromATeacher)
{
    const Program program;
    const std::string teacher = program / "teacher.safetensors";
    ASSERT_EQ(program
                  .run({"train", "--data", "samples", "--arch", "4@5x5 silu pool 4, linear 10",
                        "--epochs", "1", "--out", teacher, "--quiet"})
                  .code,
              0);
    const auto outcome = program.run({"train", "--data", "samples", "--arch", kSmall, "--epochs",
                                      "1", "--teacher", teacher, "--temperature", "2", "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    const std::string folder = outcome.json()["folder"];
    const Json switches = Json::parse(test::readFile(folder + "/spec.json"))["train"]["switches"];
    EXPECT_EQ(switches["teacher"], "teacher.safetensors");
    EXPECT_EQ(switches["temperature"], 2);
    EXPECT_EQ(switches["teacher_sha256"], core::modelHash(core::openModel(teacher)));
    EXPECT_TRUE(std::filesystem::exists(folder + "/teacher.safetensors"));
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
    expectRefused(with({"--preset", "published-pruning"}), 2, "published-820");
    expectRefused(with({"--from", "absent.pt"}), 3, "absent.pt");
    expectRefused(with({"--teacher", "absent.pt"}), 3, "absent.pt");
    expectRefused(with({"--sparse", "snip"}), 2, "0 non-zero parameters");
    expectRefused(with({"--sparse", "snip", "--nonzero", "821"}), 2, "820");
    expectRefused(with({"--nonzero", "100"}), 2, "sparse method");
    expectRefused(with({"--augment", "mirror"}), 2, "mirror");
    expectRefused(with({"--keep-zeros"}), 2, "--from");
    EXPECT_FALSE(std::filesystem::exists(program.home() / ".local/share/caddie/runs"))
        << "no run is left behind";
}

} // namespace
