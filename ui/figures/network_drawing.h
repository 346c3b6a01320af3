// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"
#include "ui/figures/scene.h"

namespace ui
{

/// The network from left to right: maps as stacked planes to scale, vectors as columns of squares,
/// arrows that say what happens between them. Returns its height.
double addNetworkDrawing(Scene& scene, const QPointF& topLeft, double width,
                         const core::Architecture& architecture);

} // namespace ui
