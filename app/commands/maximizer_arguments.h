// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/output.h"
#include "core/inspect/maximizer.h"

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

namespace app
{

/// A preset, and what was given beside it.
struct MaximizerArguments {
    std::string preset = "plain";
    std::optional<int> steps;
    std::optional<double> lr;
    std::optional<double> l2;
    std::optional<double> totalVariation;
    std::optional<double> blur;
    std::optional<int> jitter;
    std::optional<double> startNoise;
    std::string start; ///< "pixels", "fourier"; empty: the preset's
    std::string range; ///< "unit", "free"; empty: the preset's
    bool minimize = false;

    core::MaximizerOptions settings(std::uint64_t seed) const;
};

void addMaximizerOptions(CLI::App& command, MaximizerArguments& arguments);

Json settingsAsJson(const core::MaximizerOptions& settings);

} // namespace app
