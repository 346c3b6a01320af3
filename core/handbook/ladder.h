// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/handbook/techniques.h"
#include "core/runs/run_directory.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace core
{

/// What a technique is measured with besides itself.
struct LadderInputs {
    RunData data;
    std::vector<float> teacherLogits = {}; ///< [N, classes] for the training images; may be empty
    BackendOptions backend = {};
};

/// A technique's share of right test answers at each of kLadderCounts, with one seed: after the
/// last epoch of a training, no epoch chosen. A course takes away a share at a time and so passes a
/// count between two rounds; then it is what lies between these two, in proportion. Nothing if
/// stopped. Blocks, for about half a minute.
std::optional<std::vector<double>> climbDown(const Technique& technique, std::uint64_t seed,
                                             const LadderInputs& inputs,
                                             const std::stop_token& stop = {});

/// The accuracy at `count` between the two of these points, by falling count, that enclose it; NaN
/// where none do.
struct LadderPoint {
    int nonzero = 0;
    double accuracy = 0;
};
double accuracyAt(std::span<const LadderPoint> points, int count);

} // namespace core
