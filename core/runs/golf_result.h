// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/golf/golf.h"
#include "core/runs/run_directory.h"

namespace core
{

/// The network that a game ends with, its provenance, and what the run reports of it. Decided by
/// spec, data and state alone, so that it is the same file however often the run was killed.
struct GolfResult {
    Model model;
    MeasuredAccuracy accuracy; ///< on the split that selected; on test where that was trained on
};

/// The best network that met the goal; where none has, the one that the game stands at. `start`
/// gives name and layout. `refitted` takes the best one's place, if not empty. The test accuracy is
/// measured here, once. Blocks.
GolfResult resultOf(Backend& backend, const RunSpec& spec, Model start, const GolfData& data,
                    const Dataset& test, const GolfState& state, std::span<const float> refitted);

/// The best network of a game that goes on; there has to be one. Nothing is evaluated: it carries
/// what the game counted on the images that select.
Model bestSoFar(const Backend& backend, const RunSpec& spec, const Model& start,
                const GolfData& data, const GolfState& state);

} // namespace core
