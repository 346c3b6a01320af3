// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/program.h"

#include <gtest/gtest.h>

namespace
{

using test::expectRefused;
using test::Json;
using test::Program;

/// A small network that is right on some of the sample digits; as many are to stay right.
struct Guesser {
    explicit Guesser(const Program& program) : file(program / "guesser.safetensors")
    {
        core::Model model;
        model.name = "guesser";
        model.architecture = core::parseArchitecture("2@5x5 stride 3 prelu pool, linear 10");
        model.parameters = core::initialParameters(model.architecture, 1);
        core::saveModel(model, file);
    }

    std::string thresholdOnTest(const Program& program) const
    {
        const Json found = program.run({"eval", file, "--data", "samples", "--json"}).json();
        return std::to_string(found["accuracy"].get<double>() - 0.01);
    }

    std::string file;
};

TEST(PruneCommand, WritesANetworkWithTheKeysThatScriptsRead)
{
    const Program program;
    const Guesser guesser(program);
    const std::string out = program / "pruned.safetensors";
    const std::string threshold = guesser.thresholdOnTest(program);
    const auto outcome = program.run({"prune", guesser.file, "--data", "samples", "--method",
                                      "brute-force", "--order", "published", "--split", "test",
                                      "--threshold", threshold, "--out", out, "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    const Json result = outcome.json();
    const core::Model model = core::openModel(out);
    EXPECT_EQ(result["nonzero"], model.parameters.nonzero());
    EXPECT_EQ(result["removed"].get<std::size_t>() + model.parameters.nonzero(),
              model.parameters.count());
    EXPECT_EQ(result["split"], "test");
    EXPECT_EQ(result["selected_on"], "test");
    EXPECT_EQ(result["data"], "sample digits (built-in) test, 1,000 images");
    EXPECT_EQ(result["visited"], model.parameters.count() - 2 - 10 - 2); // biases and slopes stay
    EXPECT_GT(result["seconds"], 0);
    EXPECT_EQ(result["out"], out);
    const Json checked = program.run({"eval", out, "--data", "samples", "--json"}).json();
    EXPECT_EQ(checked["correct"], result["correct"]);
    EXPECT_EQ(checked["accuracy"], result["accuracy"]);
    EXPECT_GE(result["accuracy"].get<double>(), std::stod(threshold));
    EXPECT_EQ(checked["selected_on"], "test");
}

TEST(PruneCommand, SelectsOnValidationUnlessToldAndMeasuresTestOnce)
{
    const Program program;
    const Guesser guesser(program);
    const std::vector<std::string> command = {"prune",    guesser.file,  "--data",   "samples",
                                              "--order",  "magnitude",   "--passes", "2",
                                              "--biases", "--threshold", "0.12"};
    const auto text = program.run(command);
    ASSERT_EQ(text.code, 0) << text.error;
    EXPECT_NE(text.out.find("(selected on validation)"), std::string::npos) << text.out;
    EXPECT_NE(text.out.find("measured once at the end"), std::string::npos) << text.out;
    std::vector<std::string> asJson = command;
    asJson.emplace_back("--json");
    const Json result = program.run(asJson).json();
    EXPECT_EQ(result["split"], "validation");
    EXPECT_TRUE(result["test_correct"].is_number());
}

TEST(PruneCommand, DecidesTheSameTheSlowWay)
{
    const Program program;
    const Guesser guesser(program);
    const std::string threshold = guesser.thresholdOnTest(program);
    const auto hashOf = [&](const std::vector<std::string>& more) {
        const std::string out = program / "one.safetensors";
        std::vector<std::string> command = {"prune", guesser.file,  "--data",  "samples", "--split",
                                            "test",  "--threshold", threshold, "--out",   out};
        command.insert(command.end(), more.begin(), more.end());
        EXPECT_EQ(program.run(command).code, 0);
        return core::modelHash(core::openModel(out));
    };
    const std::string fast = hashOf({});
    EXPECT_EQ(hashOf({"--slow"}), fast);
    EXPECT_EQ(hashOf({"--threads", "3"}), fast);
}

TEST(PruneCommand, IsARunThatIsListedAndPausesOnCtrlC)
{
    const Program program;
    const std::string model = program.makeModel("m.safetensors");
    // On LibTorch a visit takes long enough to be interrupted between two.
    const auto outcome = program.interrupt({"prune", model, "--data", "samples", "--split", "test",
                                            "--threshold", "0.01", "--backend", "torch", "--slow",
                                            "--progress", "--title", "To be paused", "--json"},
                                           "visits", SIGINT);
    EXPECT_EQ(outcome.code, 130) << outcome.error;
    EXPECT_NE(outcome.error.find("caddie resume"), std::string::npos) << outcome.error;
    EXPECT_EQ(outcome.json()["status"], "paused");
    const Json runs = program.run({"runs", "--json"}).json();
    ASSERT_EQ(runs["runs"].size(), 1U);
    EXPECT_EQ(runs["runs"][0]["title"], "To be paused");
    const std::string id = runs["runs"][0]["run"];
    const auto kept = program.run({"resume", id, "--data", "samples", "--stop", "--json"});
    EXPECT_EQ(kept.code, 0) << kept.error;
    EXPECT_EQ(kept.json()["status"], "stopped");
}

TEST(PruneCommand, RefusesANetworkBelowTheThreshold)
{
    const Program program;
    const std::string model = program.makeModel("m.safetensors");
    expectRefused(program.run({"prune", model, "--data", "samples", "--quiet"}), 6,
                  "below the threshold to begin with");
}

TEST(PruneCommand, RefusesOptionsWithoutSense)
{
    const Program program;
    const std::string model = program.makeModel("m.safetensors");
    expectRefused(program.run({"prune", model, "--order", "alphabetical"}), 2, "alphabetical");
    expectRefused(program.run({"prune", model, "--passes", "0"}), 2, "--passes");
    expectRefused(program.run({"prune", model, "--threshold", "1.5"}), 2, "--threshold");
    expectRefused(program.run({"prune", model, "--data", "samples", "--out", "x.txt"}), 2,
                  "expected .safetensors");
}

TEST(PruneCommand, MakesThePublishedNetwork)
{
    CADDIE_NEEDS_MNIST();
    CADDIE_NEEDS_SEED();
    Program program;
    program.provideMnist();
    const std::string out = program / "575.safetensors";
    const auto outcome = program.run({"prune", *test::seedFolder() / "model.pth", "--method",
                                      "brute-force", "--order", "published", "--split", "test",
                                      "--threshold", "0.98", "--out", out, "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    const Json result = outcome.json();
    EXPECT_EQ(result["removed"], 245);
    EXPECT_EQ(result["nonzero"], 575);
    EXPECT_EQ(result["correct"], 9800);
    EXPECT_EQ(result["visited"], 784);
    const core::Model published = core::openModel(*test::seedFolder() / "model-pruned.pth");
    const core::Model ours = core::openModel(out);
    for (std::size_t i = 0; i < published.parameters.values().size(); ++i)
        ASSERT_EQ(ours.parameters.values()[i] == 0, published.parameters.values()[i] == 0) << i;
}

} // namespace
