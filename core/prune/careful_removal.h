// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/prune/surgeon.h"

#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace core
{

struct CarefulRemovalOptions {
    int count = 1;  ///< parameters to remove
    int trials = 8; ///< the cheapest by the surgeon's reckoning, of which one is removed
    /// Those of them with the least loss that are tried with half and none of what makes up for
    /// them, too.
    int promising = 8;
};

/// Removes parameters one after another. The curvature is only true near by, so the cheapest few by
/// the surgeon's reckoning are tried, the most promising of them also with half and none of what is
/// to make up for it, and what leaves the least loss on `images` is done. Returns the parameters;
/// nothing if stopped. `surgeon` has to stand at `parameters` and follows.
std::optional<std::vector<float>> removeCarefully(Backend& backend, Surgeon& surgeon,
                                                  std::vector<float> parameters,
                                                  const Dataset& images,
                                                  const CarefulRemovalOptions& options,
                                                  std::stop_token stop = {});

} // namespace core
