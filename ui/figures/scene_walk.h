// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/scene.h"

#include <optional>

namespace ui
{

enum class Direction { Left, Right, Up, Down };

/// The nearest cell in a direction, in the same map or another one: for walking through a figure by
/// keys. `from` where there is none. Absent if the scene has no such map.
std::optional<SceneHit> nearestCell(const Scene& scene, const SceneHit& from, Direction direction);

/// What is at a place of a map; absent if there is no such map.
std::optional<SceneHit> cellAt(const Scene& scene, MapKey key, int row, int column);

} // namespace ui
