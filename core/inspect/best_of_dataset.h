// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/model/model.h"

#include <span>
#include <stop_token>
#include <vector>

namespace core
{

/// The image of a data set that excites an objective most.
struct BestImage {
    int image = -1; ///< index into the data set; -1 if it is empty
    float value = 0;
};

/// One entry an objective. Blocks; a stop returns the best of the images seen.
std::vector<BestImage> bestOfDataset(Backend& backend, const Model& model, const Dataset& data,
                                     std::span<const Objective> objectives,
                                     std::stop_token stop = {});

} // namespace core
