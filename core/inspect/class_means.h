// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/base/progress.h"
#include "core/inspect/class_statistics.h"
#include "core/model/model.h"

#include <stop_token>

namespace core
{

/// Means and deviations of the feature neurons per class over the whole data set (Welford's
/// algorithm, in double). With Stage::Pre, before the activation function of the features' own unit
/// where they have one. A stop returns the statistics of the images seen so far.
ClassStatistics classMeans(Backend& backend, const Model& model, const Dataset& data,
                           Stage stage = Stage::Post, const ProgressObserver& observer = {},
                           std::stop_token stop = {});

} // namespace core
