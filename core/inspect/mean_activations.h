// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/base/progress.h"
#include "core/model/model.h"

#include <span>
#include <stop_token>
#include <vector>

namespace core
{

/// What flows through a network on average over a data set: what mean ablation puts in the place of
/// what it takes away.
struct MeanActivations {
    int images = 0;
    std::vector<double> input;               ///< [H, W] as the first layer gets it, scaled
    std::vector<std::vector<double>> layers; ///< [layers], each [C, H, W] of that layer's output
};

/// One pass over the data. Blocks. A stop returns the means of the images seen.
MeanActivations meanActivations(Backend& backend, std::span<const float> parameters,
                                const Dataset& data, const ProgressObserver& observer = {},
                                std::stop_token stop = {});

} // namespace core
