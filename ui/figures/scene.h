// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/heat_map.h"
#include "ui/figures/style.h"

#include <QLineF>
#include <QPainter>
#include <QPolygonF>
#include <QRectF>
#include <QString>

#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace ui
{

using HeatMapPointer = std::shared_ptr<const HeatMap>;

/// Which map of a figure: the figure's header names its groups; the index counts within one.
struct MapKey {
    int group = 0;
    int index = 0;
    auto operator<=>(const MapKey&) const = default;
};

struct SceneMap {
    MapKey key;
    QRectF area;
    HeatMapPointer map;
};

/// What can be pointed at and marked like a map, but is drawn from other items. Hits count rows and
/// columns within it; their value is 0.
struct ScenePlace {
    MapKey key;
    QRectF area;
    int rows = 1;
    int columns = 1;
};

/// A line through points that can be pointed at.
struct SceneLink {
    MapKey key;
    QPolygonF points;
    QColor colour;
    double width = 1;
    float value = 0; ///< of hits
};

struct SceneText {
    QRectF box;
    Qt::Alignment alignment;
    QString text;
    QFont font;
    QColor colour;
};

struct SceneLine {
    QLineF line;
    QColor colour;
    double width = 1;
};

/// Filled, outlined or both: an invalid colour leaves it out.
struct ScenePolygon {
    QPolygonF points;
    QColor fill;
    QColor outline;
    double width = 1;
};

/// An open line through points.
struct SceneCurve {
    QPolygonF points;
    QColor colour;
    double width = 1;
};

struct SceneColourBar {
    QRectF area;
    ColourScale scale;
};

/// A place in a map.
struct SceneHit {
    MapKey key;
    int row = 0;
    int column = 0;
    float value = 0;
    bool removed = false;
    bool operator==(const SceneHit&) const = default;
};

/// A figure laid out for one width and style: what is drawn where. Painting it and asking what is
/// under the cursor go through the same rectangles. A value; any thread may paint it.
class Scene
{
public:
    explicit Scene(FigureStyle style) : m_style(std::move(style)) {}

    void addMap(MapKey key, const QRectF& area, HeatMapPointer map);
    /// Of places that overlap, the one that was added first is hit; a map comes before any.
    void addPlace(MapKey key, const QRectF& area, int rows = 1, int columns = 1);
    /// A small mark that is hit before anything else; of several the nearest.
    void addPoint(MapKey key, const QPointF& middle, double reach);
    /// Is hit where neither a map nor a place is, the nearest one a few points around.
    void addLink(const SceneLink& link);
    void addText(const QRectF& box, Qt::Alignment alignment, const QString& text, const QFont& font,
                 const QColor& colour);
    /// Elided in the middle where the box is too narrow.
    void addLabel(const QRectF& box, Qt::Alignment alignment, const QString& text,
                  const QFont& font, const QColor& colour);
    void addLine(const QLineF& line, const QColor& colour, double width);
    void addBox(const QRectF& box, const QColor& fill, const QColor& outline = {});
    void addPolygon(const QPolygonF& points, const QColor& fill, const QColor& outline);
    void addCurve(const QPolygonF& points, const QColor& colour, double width);
    void addColourBar(const QRectF& area, const ColourScale& scale);

    void setHeight(double height) { m_height = height; }
    double height() const { return m_height; }
    const FigureStyle& style() const { return m_style; }

    void paint(QPainter& painter) const;

    std::optional<SceneHit> at(const QPointF& place) const;
    const SceneMap* find(MapKey key) const;         ///< nullptr if absent
    std::optional<QRectF> areaOf(MapKey key) const; ///< of a map, place or point
    /// Where a place is within an area: shares from its left and its bottom. Absent outside.
    std::optional<QPointF> shareOf(MapKey key, const QPointF& place) const;
    const SceneLink* findLink(MapKey key) const; ///< nullptr if absent
    const std::vector<SceneMap>& maps() const { return m_maps; }

private:
    const ScenePlace* pointAt(const QPointF& place) const;

    using Item = std::variant<SceneText, SceneLine, ScenePolygon, SceneCurve, SceneColourBar>;

    FigureStyle m_style;
    double m_height = 0;
    std::vector<SceneMap> m_maps;
    std::vector<ScenePlace> m_places;
    std::vector<ScenePlace> m_points;
    std::vector<SceneLink> m_links;
    std::vector<Item> m_items;
};

double textWidth(const QFont& font, const QString& text);
double lineHeight(const QFont& font);

} // namespace ui
