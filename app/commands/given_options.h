// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common_options.h"
#include "core/runs/spec_words.h"

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <type_traits>
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

/// Options of a command for members of a struct, which know whether they were given: those that
/// were can be put on top of other values, such as a preset's. Lives as long as the command.
template<typename Target>
class GivenOptions
{
public:
    GivenOptions() = default;
    GivenOptions(const GivenOptions&) = delete;
    GivenOptions& operator=(const GivenOptions&) = delete;

    /// What the options write to; before they are added, their defaults.
    Target& values() { return m_values; }
    const Target& values() const { return m_values; }

    /// A number or a text.
    template<typename T>
    CLI::Option* add(CLI::App& command, const std::string& name, T Target::*member,
                     const std::string& help)
    {
        CLI::Option* option = command.add_option(name, m_values.*member, help);
        option->capture_default_str();
        if constexpr (std::is_arithmetic_v<T>)
            option->type_name(std::is_integral_v<T> ? "N" : "X");
        return remember(option, member);
    }

    /// One of the words that recipes have for the values.
    template<typename Enum>
    CLI::Option* addChoice(CLI::App& command, const std::string& name, Enum Target::*member,
                           const std::string& help)
    {
        return addChoice(command, name, member, wordsOf(core::wordsFor(Enum())), help);
    }

    /// One of these words.
    template<typename Enum>
    CLI::Option* addChoice(CLI::App& command, const std::string& name, Enum Target::*member,
                           const std::vector<std::pair<std::string, Enum>>& words,
                           const std::string& help)
    {
        return remember(addWord(command, name, m_values.*member, words, help), member);
    }

    CLI::Option* addFlag(CLI::App& command, const std::string& name, bool Target::*member,
                         const std::string& help)
    {
        return remember(command.add_flag(name, m_values.*member, help), member);
    }

    /// A rule that puts one or more options, already added, into a target.
    void remember(std::function<void(Target&)> rule) { m_rules.push_back(std::move(rule)); }

    /// Those that were given; the others stay as they are.
    void applyTo(Target& target) const
    {
        for (const auto& rule : m_rules)
            rule(target);
    }

private:
    template<typename T>
    CLI::Option* remember(CLI::Option* option, T Target::*member)
    {
        m_rules.push_back([this, option, member](Target& target) {
            if (option->count() > 0)
                target.*member = m_values.*member;
        });
        return option;
    }

    Target m_values;
    std::vector<std::function<void(Target&)>> m_rules;
};

} // namespace app
