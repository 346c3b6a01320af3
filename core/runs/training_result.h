// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/run_directory.h"
#include "core/train/trainer.h"

namespace core
{

/// The network that a training ends with, its provenance, and what the run reports of it. Decided
/// by spec, data and state alone, so that it is the same file however often the run was killed.
struct TrainingResult {
    Model model;
    MeasuredAccuracy accuracy; ///< on test
};

/// `start` is the model that the run began with. Of a training without a finished epoch the
/// parameters are taken as they are. Blocks: measures the class statistics.
TrainingResult resultOf(Backend& backend, const RunSpec& spec, Model start,
                        const TrainingData& data, const TrainingState& state);

} // namespace core
