// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/scene.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace ui
{

namespace
{

void paintItem(QPainter& painter, const SceneText& item, const FigureStyle&)
{
    painter.setFont(item.font);
    painter.setPen(item.colour);
    painter.drawText(item.box, static_cast<int>(item.alignment) | Qt::TextDontClip, item.text);
}

void paintItem(QPainter& painter, const SceneLine& item, const FigureStyle&)
{
    painter.setPen(QPen(item.colour, item.width, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(item.line);
}

void paintItem(QPainter& painter, const ScenePolygon& item, const FigureStyle&)
{
    painter.setPen(item.outline.isValid() ? QPen(item.outline, item.width) : QPen(Qt::NoPen));
    painter.setBrush(item.fill.isValid() ? QBrush(item.fill) : QBrush(Qt::NoBrush));
    painter.drawPolygon(item.points);
}

void paintItem(QPainter& painter, const SceneCurve& item, const FigureStyle&)
{
    const bool smooth = painter.testRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(item.colour, item.width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(item.points);
    painter.setRenderHint(QPainter::Antialiasing, smooth);
}

/// Each step reaches from its place to the end and the next one covers it, so that no viewer finds
/// a seam between two of them.
void paintItem(QPainter& painter, const SceneColourBar& item, const FigureStyle&)
{
    constexpr int kSteps = 128;
    for (int i = 0; i < kSteps; ++i) {
        QRectF step = item.area;
        step.setLeft(item.area.left() + item.area.width() * i / kSteps);
        painter.fillRect(step, QColor(colourAt(item.scale.map, (i + 0.5) / kSteps)));
    }
}

void paintBorder(QPainter& painter, const QRectF& area, const FigureStyle& style)
{
    const double half = style.line / 2;
    painter.setPen(QPen(style.hairline, style.line, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(area.adjusted(-half, -half, half, half));
}

struct Cell {
    int row = 0;
    int column = 0;
};

/// None if the point is outside.
std::optional<Cell> cellAt(const QRectF& area, int rows, int columns, const QPointF& place)
{
    if (place.x() < area.left() || place.y() < area.top() || place.x() >= area.right() ||
        place.y() >= area.bottom())
        return std::nullopt;
    const double across = (place.x() - area.left()) / area.width();
    const double down = (place.y() - area.top()) / area.height();
    return Cell{std::min(static_cast<int>(down * rows), rows - 1),
                std::min(static_cast<int>(across * columns), columns - 1)};
}

double distanceTo(const QLineF& line, const QPointF& place)
{
    const QPointF way = line.p2() - line.p1();
    const double length = QPointF::dotProduct(way, way);
    const double share = length == 0 ? 0 : QPointF::dotProduct(place - line.p1(), way) / length;
    return QLineF(place, line.pointAt(std::clamp(share, 0.0, 1.0))).length();
}

double distanceTo(const QPolygonF& points, const QPointF& place)
{
    double least = std::numeric_limits<double>::infinity();
    for (qsizetype i = 1; i < points.size(); ++i)
        least = std::min(least, distanceTo(QLineF(points[i - 1], points[i]), place));
    return least;
}

} // namespace

void Scene::addMap(MapKey key, const QRectF& area, HeatMapPointer map)
{
    m_maps.push_back({key, area, std::move(map)});
}

void Scene::addPlace(MapKey key, const QRectF& area, int rows, int columns)
{
    m_places.push_back({key, area, rows, columns});
}

void Scene::addPoint(MapKey key, const QPointF& middle, double reach)
{
    m_points.push_back({key, {middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach}, 1, 1});
}

void Scene::addLink(const SceneLink& link)
{
    addCurve(link.points, link.colour, link.width);
    m_links.push_back(link);
}

void Scene::addText(const QRectF& box, Qt::Alignment alignment, const QString& text,
                    const QFont& font, const QColor& colour)
{
    m_items.emplace_back(SceneText{box, alignment, text, font, colour});
}

void Scene::addLabel(const QRectF& box, Qt::Alignment alignment, const QString& text,
                     const QFont& font, const QColor& colour)
{
    addText(box, alignment, QFontMetricsF(font).elidedText(text, Qt::ElideMiddle, box.width()),
            font, colour);
}

void Scene::addLine(const QLineF& line, const QColor& colour, double width)
{
    m_items.emplace_back(SceneLine{line, colour, width});
}

void Scene::addBox(const QRectF& box, const QColor& fill, const QColor& outline)
{
    addPolygon(QPolygonF{box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()}, fill,
               outline);
}

void Scene::addPolygon(const QPolygonF& points, const QColor& fill, const QColor& outline)
{
    m_items.emplace_back(ScenePolygon{points, fill, outline, m_style.line});
}

void Scene::addCurve(const QPolygonF& points, const QColor& colour, double width)
{
    m_items.emplace_back(SceneCurve{points, colour, width});
}

void Scene::addColourBar(const QRectF& area, const ColourScale& scale)
{
    m_items.emplace_back(SceneColourBar{area, scale});
}

void Scene::paint(QPainter& painter) const
{
    for (const SceneMap& map : m_maps) {
        paintHeatMap(painter, map.area, *map.map, m_style);
        paintBorder(painter, map.area, m_style);
    }
    for (const Item& item : m_items)
        std::visit([&](const auto& known) { paintItem(painter, known, m_style); }, item);
}

const ScenePlace* Scene::pointAt(const QPointF& place) const
{
    const ScenePlace* nearest = nullptr;
    double distance = 0;
    for (const ScenePlace& point : m_points) {
        if (!point.area.contains(place))
            continue;
        const double here = QLineF(point.area.center(), place).length();
        if (nearest == nullptr || here < distance) {
            nearest = &point;
            distance = here;
        }
    }
    return nearest;
}

std::optional<SceneHit> Scene::at(const QPointF& place) const
{
    if (const ScenePlace* point = pointAt(place))
        return SceneHit{point->key};
    for (const SceneMap& entry : m_maps) {
        const HeatMap& map = *entry.map;
        if (const auto cell = cellAt(entry.area, map.rows, map.columns, place)) {
            const auto index = static_cast<std::size_t>(cell->row * map.columns + cell->column);
            const bool removed = !map.removed.empty() && map.removed[index];
            return SceneHit{entry.key, cell->row, cell->column, map.values[index], removed};
        }
    }
    for (const ScenePlace& entry : m_places)
        if (const auto cell = cellAt(entry.area, entry.rows, entry.columns, place))
            return SceneHit{entry.key, cell->row, cell->column};
    constexpr double kReach = 4;
    const SceneLink* nearest = nullptr;
    double distance = kReach;
    for (const SceneLink& link : m_links)
        if (const double here = distanceTo(link.points, place); here <= distance) {
            nearest = &link;
            distance = here;
        }
    return nearest == nullptr ? std::nullopt
                              : std::optional(SceneHit{nearest->key, 0, 0, nearest->value});
}

const SceneMap* Scene::find(MapKey key) const
{
    const auto found = std::ranges::find(m_maps, key, &SceneMap::key);
    return found == m_maps.end() ? nullptr : &*found;
}

std::optional<QRectF> Scene::areaOf(MapKey key) const
{
    if (const SceneMap* map = find(key))
        return map->area;
    for (const auto& places : {std::cref(m_places), std::cref(m_points)}) {
        const auto found = std::ranges::find(places.get(), key, &ScenePlace::key);
        if (found != places.get().end())
            return found->area;
    }
    return std::nullopt;
}

std::optional<QPointF> Scene::shareOf(MapKey key, const QPointF& place) const
{
    const auto area = areaOf(key);
    if (!area || !area->contains(place))
        return std::nullopt;
    return QPointF((place.x() - area->left()) / area->width(),
                   (area->bottom() - place.y()) / area->height());
}

const SceneLink* Scene::findLink(MapKey key) const
{
    const auto found = std::ranges::find(m_links, key, &SceneLink::key);
    return found == m_links.end() ? nullptr : &*found;
}

double textWidth(const QFont& font, const QString& text)
{
    return QFontMetricsF(font).horizontalAdvance(text);
}

double lineHeight(const QFont& font)
{
    return std::ceil(QFontMetricsF(font).height());
}

} // namespace ui
