// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/model/provenance.h"

#include <span>

namespace core
{

/// Runs the network on all images. Blocks.
MeasuredAccuracy measureAccuracy(Backend& backend, std::span<const float> parameters,
                                 const Dataset& data);

/// Of what was counted before.
MeasuredAccuracy measuredAccuracy(const Dataset& data, int correct, int images);

} // namespace core
