// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/model.h"
#include "core/prune/brute_force.h"
#include "core/runs/run_spec.h"

namespace core
{

/// The network that a pruning ends with, its provenance, and what the run reports of it. Decided by
/// spec, data and state alone, so that it is the same file however often the run was killed.
struct PruningResult {
    Model model;
    MeasuredAccuracy accuracy; ///< on the split that selected
};

/// `start` is the model that the run began with, `selection` the images that selected. The test
/// accuracy is measured here, once. Blocks.
PruningResult resultOf(Backend& backend, const RunSpec& spec, Model start, const Dataset& selection,
                       const Dataset& test, const PruneState& state);

} // namespace core
