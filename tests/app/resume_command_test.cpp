// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace
{

using test::expectRefused;
using test::Json;
using test::Program;

std::vector<std::string> training(int epochs, const std::string& out)
{
    return {"train",
            "--data",
            "samples",
            "--arch",
            "2@5x5 relu pool 4, linear 10",
            "--epochs",
            std::to_string(epochs),
            "--batch",
            "64",
            "--progress",
            "--json",
            "--out",
            out};
}

TEST(ResumeCommand, EndsInTheFileThatAnUndisturbedRunWrites)
{
    const Program program;
    const std::string file = program / "m.safetensors";
    ASSERT_EQ(program.run(training(4, file)).code, 0);
    const std::string undisturbed = test::readFile(file);
    std::filesystem::remove(file);
    for (const int signal : {SIGINT, SIGKILL}) {
        program.interrupt(training(4, file), "epoch 2:", signal);
        if (std::filesystem::exists(file))
            continue; // it was faster
        const Json runs = program.run({"runs", "--json"}).json()["runs"];
        EXPECT_EQ(runs[0]["status"], signal == SIGINT ? "paused" : "interrupted");
        const auto outcome = program.run({"resume", runs[0]["run"], "--json"});
        ASSERT_EQ(outcome.code, 0) << outcome.error;
        EXPECT_EQ(outcome.json()["status"], "finished");
        EXPECT_EQ(outcome.json()["epochs"].size(), 4U);
        EXPECT_EQ(test::readFile(file), undisturbed);
        std::filesystem::remove(file);
    }
}

TEST(ResumeCommand, FindsARunByAllThatNamesIt)
{
    const Program program;
    const auto run = [&](const std::string& title) {
        auto arguments = training(1, "");
        arguments.insert(arguments.end(), {"--title", title});
        arguments.erase(std::ranges::find(arguments, "--out"),
                        std::ranges::find(arguments, "--out") + 2);
        return program.run(arguments).json();
    };
    const Json one = run("one");
    const std::string id = one["run"];
    // A run that is over is found and then refused.
    for (const std::string& name :
         {id, id.substr(0, id.size() - 2), one["folder"].get<std::string>()})
        expectRefused(program.run({"resume", name}), 2, "is over");
    run("two");
    expectRefused(program.run({"resume", "20"}), 2, "2 runs");
    expectRefused(program.run({"resume", "nothing"}), 2, "no such run");
    expectRefused(program.run({"resume", ""}), 2, "no such run");
    expectRefused(program.run({"resume"}), 2, "RUN");
}

TEST(ResumeCommand, RefusesOtherData)
{
    const Program program;
    const std::string file = program / "m.safetensors";
    const auto outcome = program.interrupt(training(100000, file), "epoch 1:", SIGINT);
    ASSERT_EQ(outcome.code, 130) << outcome.error;
    const std::string id = outcome.json()["run"];
    expectRefused(program.run({"resume", id, "--data", program / "nowhere"}), 4, "nowhere");
}

} // namespace
