// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <chrono>
#include <fstream>
#include <gmock/gmock.h>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define CADDIE_ADDRESS_SANITIZER 1
#else
#define CADDIE_ADDRESS_SANITIZER 0
#endif

namespace test
{

/// What became of an action in a process of its own.
struct Outcome {
    bool refused = false; ///< core::Error(Input)
    std::string message;
    double seconds = 0;
    long kilobytes = 0; ///< the most memory that it had, what it began with included
};

/// Address space of this process in bytes: other tests may have loaded LibTorch into it.
inline rlim_t addressSpace()
{
    rlim_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    return pages * static_cast<rlim_t>(sysconf(_SC_PAGESIZE));
}

/// Runs `action` in a child that may take little more memory than it begins with, so that a crash
/// or a greedy allocation fails one test and not the run. The sanitizer's shadow can't be limited:
/// there it only measures.
template<typename Action>
Outcome runLimited(Action action)
{
    constexpr rlim_t kMost = 512UL * 1024 * 1024;
    int channel[2] = {};
    if (pipe(channel) != 0)
        return {};
    const auto start = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child == 0) {
        if (!CADDIE_ADDRESS_SANITIZER) {
            const rlim_t most = addressSpace() + kMost;
            const rlimit limit{most, most};
            setrlimit(RLIMIT_AS, &limit);
        }
        const rlimit none{0, 0};
        setrlimit(RLIMIT_CORE, &none);
        std::string answer = "-opened";
        try {
            action();
        } catch (const core::Error& error) {
            answer =
                (error.kind() == core::ErrorKind::Input ? "+" : "-") + std::string(error.what());
        } catch (const std::exception& error) {
            answer = std::string("-") + error.what();
        }
        if (write(channel[1], answer.data(), answer.size()) < 0)
            _exit(1);
        _exit(0);
    }
    close(channel[1]);
    std::string answer;
    char part[512];
    for (ssize_t count = 0; (count = read(channel[0], part, sizeof part)) > 0;)
        answer.append(part, static_cast<std::size_t>(count));
    close(channel[0]);
    int status = 0;
    rusage usage = {};
    wait4(child, &status, 0, &usage);
    Outcome outcome;
    outcome.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    outcome.kilobytes = usage.ru_maxrss;
    if (answer.empty())
        outcome.message = "the process died with status " + std::to_string(status);
    else
        outcome.message = answer.substr(1);
    outcome.refused = !answer.empty() && answer[0] == '+';
    return outcome;
}

/// Expects one sentence of kind Input that contains `part`, soon, in little memory.
template<typename Action>
void expectRefusal(const std::string& part, Action action)
{
    // A second, with room for a busy machine and a sanitizer.
    constexpr double kMostSeconds = CADDIE_ADDRESS_SANITIZER ? 20 : 5;
    const Outcome outcome = runLimited(action);
    EXPECT_TRUE(outcome.refused) << outcome.message;
    EXPECT_THAT(outcome.message, testing::HasSubstr(part));
    EXPECT_THAT(outcome.message, testing::Not(testing::HasSubstr("\n")));
    EXPECT_LT(outcome.message.size(), 1200U) << outcome.message;
    EXPECT_LT(outcome.seconds, kMostSeconds) << outcome.message;
    if (!CADDIE_ADDRESS_SANITIZER) {
        EXPECT_LT(outcome.kilobytes, 512 * 1024) << outcome.message;
    }
}

} // namespace test
