// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/model_file.h"
#include "core/model/architecture_text.h"
#include "tests/support/places.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace test
{

using Json = nlohmann::json;

struct Outcome {
    int code = -1; ///< exit code; -1 if a signal ended it
    std::string out;
    std::string error;

    Json json() const { return Json::parse(out); }
};

/// The program as a child process, in a home of its own: no MNIST, no display, no settings, unless
/// a test gives them.
class Program
{
public:
    Program()
    {
        std::filesystem::create_directories(home());
        m_environment = {{"HOME", home()}, {"PATH", "/usr/bin:/bin"}};
    }

    std::string operator/(std::string_view name) const { return m_folder / name; }
    std::filesystem::path home() const { return m_folder / "a/home"; }
    void set(const std::string& variable, const std::string& value)
    {
        m_environment[variable] = value;
    }
    /// Lets commands find MNIST without naming it.
    void provideMnist() { set("CADDIE_MNIST", mnistFolder()->string()); }

    Outcome run(const std::vector<std::string>& arguments) const
    {
        return finish(start(arguments));
    }

    /// As run(), but sends the signal, twice as timeout(1) does, as soon as stderr contains `text`.
    Outcome interrupt(const std::vector<std::string>& arguments, const std::string& text,
                      int signal) const
    {
        const pid_t child = start(arguments);
        for (int i = 0; i < 6000 && readFile(m_folder / "error").find(text) == std::string::npos;
             ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        kill(child, signal);
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        kill(child, signal);
        return finish(child);
    }

    /// The published architecture with random weights, as a file.
    std::string makeModel(
        const std::string& name, std::uint64_t seed = 1,
        const char* layers = "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10") const
    {
        core::Model model;
        model.name = name;
        model.architecture = core::parseArchitecture(layers);
        model.parameters = core::initialParameters(model.architecture, seed);
        core::saveModel(model, m_folder / name);
        return m_folder / name;
    }

private:
    pid_t start(const std::vector<std::string>& arguments) const
    {
        std::vector<std::string> words = {CADDIE_PROGRAM};
        words.insert(words.end(), arguments.begin(), arguments.end());
        std::vector<std::string> settings;
        for (const auto& [variable, value] : m_environment)
            settings.push_back(variable + "=" + value);
        const auto argv = pointers(words);
        const auto environment = pointers(settings);
        const std::string out = m_folder / "out";
        const std::string error = m_folder / "error";
        const std::string folder = home();
        writeFile(error, "");
        const pid_t child = fork();
        if (child != 0)
            return child;
        dup2(open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
        dup2(open(error.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
        if (chdir(folder.c_str()) == 0)
            execve(CADDIE_PROGRAM, argv.data(), environment.data());
        _exit(127);
    }

    Outcome finish(pid_t child) const
    {
        constexpr int kPatience = 60000; // times 10 ms
        int status = 0;
        for (int i = 0; waitpid(child, &status, WNOHANG) == 0; ++i) {
            if (i == kPatience)
                kill(child, SIGKILL);
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, readFile(m_folder / "out"),
                readFile(m_folder / "error")};
    }

    static std::vector<char*> pointers(std::vector<std::string>& words)
    {
        std::vector<char*> result;
        for (std::string& word : words)
            result.push_back(word.data());
        result.push_back(nullptr);
        return result;
    }

    TemporaryFolder m_folder;
    std::map<std::string, std::string> m_environment;
};

/// A refusal is one line on stderr, without a word on stdout.
inline void expectRefused(const Outcome& outcome, int code, const std::string& words)
{
    EXPECT_EQ(outcome.code, code) << outcome.error;
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(std::ranges::count(outcome.error, '\n'), 1) << outcome.error;
    EXPECT_NE(outcome.error.find(words), std::string::npos) << outcome.error;
}

} // namespace test
