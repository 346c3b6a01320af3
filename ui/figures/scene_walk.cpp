// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/scene_walk.h"

#include <cmath>

namespace ui
{

namespace
{

/// How far `to` is in the direction, sideways steps counting more; nothing if it is not there.
std::optional<double> distance(const QPointF& from, const QPointF& to, Direction direction)
{
    constexpr double kSideways = 3;
    constexpr double kLeast = 0.5;
    const QPointF way = to - from;
    const bool across = direction == Direction::Left || direction == Direction::Right;
    const bool back = direction == Direction::Left || direction == Direction::Up;
    const double along = (back ? -1 : 1) * (across ? way.x() : way.y());
    const double aside = std::abs(across ? way.y() : way.x());
    if (along < kLeast)
        return std::nullopt;
    return along + kSideways * aside;
}

} // namespace

std::optional<SceneHit> cellAt(const Scene& scene, MapKey key, int row, int column)
{
    const SceneMap* map = scene.find(key);
    if (map == nullptr)
        return std::nullopt;
    return scene.at(map->map->cell(map->area, row, column).center());
}

std::optional<SceneHit> nearestCell(const Scene& scene, const SceneHit& from, Direction direction)
{
    const SceneMap* start = scene.find(from.key);
    if (start == nullptr)
        return std::nullopt;
    const QPointF here = start->map->cell(start->area, from.row, from.column).center();
    std::optional<double> best;
    QPointF place = here;
    for (const SceneMap& map : scene.maps())
        for (int row = 0; row < map.map->rows; ++row)
            for (int column = 0; column < map.map->columns; ++column) {
                const QPointF middle = map.map->cell(map.area, row, column).center();
                const auto far = distance(here, middle, direction);
                if (far && (!best || *far < *best)) {
                    best = far;
                    place = middle;
                }
            }
    return scene.at(place);
}

} // namespace ui
