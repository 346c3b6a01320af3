// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/spec_words.h"

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace app
{

template<typename Enum, std::size_t N>
std::vector<std::pair<std::string, Enum>> wordsOf(const core::Word<Enum> (&words)[N])
{
    std::vector<std::pair<std::string, Enum>> all;
    for (const auto& word : words)
        all.emplace_back(word.text, word.value);
    return all;
}

/// The switches of a training as options of a command, which must not outlive it.
class SwitchArguments
{
public:
    SwitchArguments() = default;
    SwitchArguments(const SwitchArguments&) = delete;
    SwitchArguments& operator=(const SwitchArguments&) = delete;

    /// Adds --augment, --average and so on, all off.
    void add(CLI::App& command);

    /// Those that were given; the others stay as they are.
    void applyTo(core::TrainingSwitches& switches) const;

private:
    template<typename T>
    CLI::Option* addNumber(CLI::App& command, const std::string& name,
                           T core::TrainingSwitches::*member, const std::string& help);
    template<typename Enum>
    void addChoice(CLI::App& command, const std::string& name, Enum core::TrainingSwitches::*member,
                   const std::string& help);
    template<typename T>
    void remember(CLI::Option* option, T core::TrainingSwitches::*member);

    void addData(CLI::App& command);
    void addSparse(CLI::App& command);

    core::TrainingSwitches m_switches;
    std::vector<std::function<void(core::TrainingSwitches&)>> m_given;
};

} // namespace app
