// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/orientation.h"
#include "core/model/architecture.h"

#include <QString>

#include <optional>

namespace ui
{

// What was measured of an oriented channel, as figures and hover texts say it.

QString angleWords(const core::OrientationTuning& tuning);       ///< "47.3°"
QString selectivityWords(const core::OrientationTuning& tuning); ///< "0.412"
/// What ink does to the output: "lowers the output by 0.62 of its swing".
QString inkWords(const core::OrientationTuning& tuning);
/// What leaves the activation function: "an inverted image", "edges only".
QString passedOnWords(const core::OrientedChannel& channel);

/// "PReLU slope": of the first layer's activation function.
QString slopeName(const core::Architecture& architecture);
/// Absent where there is no activation function.
std::optional<QString> slopeWords(const core::Architecture& architecture,
                                  const core::OrientedChannel& channel);

} // namespace ui
