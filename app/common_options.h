// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/data/dataset.h"
#include "core/model/architecture.h"

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace app
{

/// What every command takes. Not each is of use to each, but none is refused.
struct CommonOptions {
    std::optional<std::string> data; ///< a folder, or "samples"
    core::Split split = core::Split::Test;
    core::BackendChoice backend = core::BackendChoice::Auto;
    std::uint64_t seed = 1;
    int threads =
        1; ///< networks this small gain nothing from more, and lose much on a busy machine
    std::string out; ///< empty: nothing is written
    bool json = false;
    bool quiet = false;
    bool progress = false; ///< also where stderr is no terminal

    core::BackendOptions backendOptions() const { return {backend, threads}; }
};

void addCommonOptions(CLI::App& command, CommonOptions& options);

void addRunsOption(CLI::App& command, std::string& folder);

/// A model file and how to read it where it doesn't say its layers.
struct ModelChoice {
    std::string file;
    int layout = 0;           ///< of info's layout_candidates, counted from 1; 0: the best
    std::string architecture; ///< as text; empty: what the file says or what is inferred
};

void addModelArgument(CLI::App& command, ModelChoice& choice);
/// --layout and --arch, or those of one of several models: --layout-b for the suffix "-b".
void addLayoutOptions(CLI::App& command, ModelChoice& choice, const std::string& suffix = {});

/// An option that takes one of some words.
template<typename T>
CLI::Option* addWord(CLI::App& command, const std::string& name, T& target,
                     const std::vector<std::pair<std::string, T>>& words, const std::string& help)
{
    std::string all;
    std::string current;
    for (const auto& [word, value] : words) {
        all += (all.empty() ? "" : "|") + word;
        if (value == target)
            current = word;
    }
    const auto choose = [&target, words, name, all](const std::string& given) {
        for (const auto& [word, value] : words) {
            if (word == given) {
                target = value;
                return;
            }
        }
        throw CLI::ValidationError(name, "'" + given + "' is not one of " + all);
    };
    return command.add_option_function<std::string>(name, choose, help)
        ->type_name(all)
        ->default_str(current);
}

CLI::Option* addSplitOption(CLI::App& command, core::Split& split);
CLI::Option* addStageOption(CLI::App& command, core::Stage& stage);

} // namespace app
