// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/pair_grid.h"

#include "ui/figures/cell_plan.h"
#include "ui/figures/colour_bar.h"

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{

bool sameSize(const PairCell& cell)
{
    return cell.first && cell.second && cell.first->rows == cell.second->rows &&
           cell.first->columns == cell.second->columns;
}

bool isRemoved(const HeatMap& map, std::size_t index)
{
    return !map.removed.empty() && map.removed[index];
}

/// Lays out one grid; the maps of all cells have the same room.
class GridLayout
{
public:
    GridLayout(Scene& scene, const std::vector<PairCell>& cells, PairMode mode)
        : m_scene(scene), m_style(scene.style()), m_cells(cells), m_mode(mode)
    {
        for (const PairCell& cell : cells)
            for (const HeatMapPointer& map : {cell.first, cell.second})
                if (map) {
                    m_rows = std::max(m_rows, map->rows);
                    m_columns = std::max(m_columns, map->columns);
                }
        if (mode == PairMode::Difference)
            m_differences = differenceScale(cells);
    }

    double add(const QPointF& topLeft, double width, double room)
    {
        CellRequest request;
        request.count = static_cast<int>(m_cells.size());
        request.mapRows = m_rows;
        request.mapColumns = mapsAcross() * m_columns;
        request.width = width;
        request.room = room;
        request.minWidth = widestTitle();
        // The gap between the two maps of a cell is no multiple of their scale.
        const double between = m_mode == PairMode::SideBySide ? m_style.gap : 0;
        request.gap = 3 * m_style.gap + between;
        // Paper does not scroll, but it is sharper.
        request.rowGap = (m_style.wholeScale ? 2 : 1.2) * m_style.gap;
        // Smaller, nobody could read them: rather scroll.
        request.minScale =
            (m_style.wholeScale ? 4 : 3.2) * m_style.gap / std::max(m_rows, m_columns);
        if (m_style.wholeScale)
            request.minScale = std::max(1.0, std::floor(request.minScale));
        request.maxScale = std::max(1.0, std::min(4 * m_style.gap, 40 * m_style.gap / m_columns));
        request.wholeScale = m_style.wholeScale;
        request.extraHeight = [this](double) { return headerHeight(); };
        request.width -= between;
        const CellPlan plan = planCells(request);
        const double cellWidth = plan.cellWidth + between;
        for (int i = 0; i < request.count; ++i)
            addCell(i,
                    topLeft + QPointF(i % plan.columns * (plan.cellWidth + request.gap),
                                      i / plan.columns * (plan.cellHeight + request.rowGap)),
                    cellWidth, plan.scale);
        const int rows = plan.rows(request.count);
        return rows * plan.cellHeight + (rows - 1) * request.rowGap;
    }

private:
    int mapsAcross() const { return m_mode == PairMode::SideBySide ? 2 : 1; }

    double headerHeight() const
    {
        return lineHeight(m_style.body) + lineHeight(m_style.caption) + m_style.gap / 2;
    }

    double widestTitle() const
    {
        double widest = 0;
        for (const PairCell& cell : m_cells)
            widest = std::max(widest, textWidth(m_style.body, cell.title) + m_style.gap +
                                          textWidth(m_style.number, cell.note));
        const double words = textWidth(m_style.caption, QStringLiteral("reference")) + m_style.gap;
        return std::max(widest, mapsAcross() * words);
    }

    void addCell(int index, const QPointF& at, double width, double scale)
    {
        const PairCell& cell = m_cells[static_cast<std::size_t>(index)];
        const QRectF header(at.x(), at.y(), width, lineHeight(m_style.body));
        m_scene.addText(header, Qt::AlignLeft | Qt::AlignVCenter, cell.title, m_style.body,
                        m_style.text);
        m_scene.addText(header, Qt::AlignRight | Qt::AlignVCenter, cell.note, m_style.number,
                        m_style.secondaryText);
        const double top = header.bottom() + lineHeight(m_style.caption) + m_style.gap / 2;
        if (m_mode == PairMode::SideBySide) {
            addSide(index, {at.x(), top}, scale, cell.first, kCurrentMap);
            const double step = std::max(scale * m_columns + m_style.gap, width / 2);
            addSide(index, {at.x() + step, top}, scale, cell.second, kReferenceMap);
        } else if (m_mode == PairMode::Difference) {
            addDifference(index, {at.x(), top}, scale);
        } else {
            const bool current = m_mode == PairMode::Current;
            addSide(index, {at.x(), top}, scale, current ? cell.first : cell.second,
                    current ? kCurrentMap : kReferenceMap);
        }
    }

    void addSide(int index, const QPointF& at, double scale, const HeatMapPointer& map,
                 PairGroup group)
    {
        addWords(at,
                 group == kCurrentMap ? QStringLiteral("current") : QStringLiteral("reference"));
        addMap(index, at, scale, map, group,
               absenceOf(m_cells[static_cast<std::size_t>(index)], group));
    }

    void addDifference(int index, const QPointF& at, double scale)
    {
        addWords(at, QStringLiteral("difference"));
        const PairCell& cell = m_cells[static_cast<std::size_t>(index)];
        addMap(index, at, scale, differenceOf(cell, m_differences), kDifferenceMap,
               absenceOf(cell, kDifferenceMap));
    }

    void addWords(const QPointF& at, const QString& words)
    {
        const double line = lineHeight(m_style.caption);
        m_scene.addText(
            {at.x(), at.y() - line - m_style.gap / 4, textWidth(m_style.caption, words), line},
            Qt::AlignLeft | Qt::AlignVCenter, words, m_style.caption, m_style.secondaryText);
    }

    void addMap(int index, const QPointF& at, double scale, const HeatMapPointer& map,
                PairGroup group, const QString& absence)
    {
        if (map) {
            m_scene.addMap({group, index},
                           {at.x(), at.y(), scale * map->columns, scale * map->rows}, map);
            return;
        }
        const QRectF box(at.x(), at.y(), scale * m_columns, scale * m_rows);
        m_scene.addBox(box, {}, m_style.hairline);
        const bool fits = textWidth(m_style.caption, absence) <= box.width();
        m_scene.addText(box, Qt::AlignCenter, fits ? absence : QStringLiteral("\u2013"),
                        m_style.caption, m_style.secondaryText);
    }

    Scene& m_scene;
    const FigureStyle m_style;
    const std::vector<PairCell>& m_cells;
    PairMode m_mode;
    ColourScale m_differences;
    int m_rows = 1;
    int m_columns = 1;
};

} // namespace

HeatMapPointer differenceMap(const HeatMap& first, const HeatMap& second, const ColourScale& scale)
{
    HeatMap map{first.rows, first.columns, {}, scale, first.hatched, {}};
    for (std::size_t i = 0; i < first.values.size(); ++i) {
        const bool removed = isRemoved(first, i) && isRemoved(second, i);
        map.values.push_back(removed ? 0.0F : first.values[i] - second.values[i]);
        map.removed.push_back(removed);
    }
    map.numbers = first.numbers;
    map.ticks = first.ticks;
    return std::make_shared<HeatMap>(std::move(map));
}

HeatMapPointer differenceOf(const PairCell& cell, const ColourScale& scale)
{
    return sameSize(cell) ? differenceMap(*cell.first, *cell.second, scale) : nullptr;
}

QString absenceOf(const PairCell& cell, PairGroup group)
{
    if (group != kDifferenceMap)
        return QStringLiteral("none");
    return cell.first && cell.second ? QStringLiteral("sizes differ")
                                     : QStringLiteral("no partner");
}

QString valuesText(const PairCell& cell, const SceneHit& hit, CellValue kind)
{
    const auto text = [&](const HeatMapPointer& map) {
        if (!map || hit.row >= map->rows || hit.column >= map->columns)
            return QStringLiteral("\u2013");
        const float value = map->at(hit.row, hit.column);
        return kind == CellValue::Weight && value == 0.0F ? QStringLiteral("removed")
                                                          : shortNumber(value);
    };
    return QStringLiteral("current %1, reference %2").arg(text(cell.first), text(cell.second));
}

ColourScale differenceScale(const std::vector<PairCell>& cells)
{
    double bound = 0;
    for (const PairCell& cell : cells)
        if (const HeatMapPointer map = differenceOf(cell, {}))
            bound = std::max(bound, largestMagnitude(map->values));
    return signedScale(bound);
}

ColourScale commonScale(const std::vector<PairCell>& cells, bool negative)
{
    double bound = 0;
    for (const PairCell& cell : cells)
        for (const HeatMapPointer& map : {cell.first, cell.second})
            if (map)
                bound = std::max(bound, largestMagnitude(map->values));
    return negative ? signedScale(bound) : magnitudeScale(bound);
}

void setScale(std::vector<PairCell>& cells, const ColourScale& scale)
{
    for (PairCell& cell : cells)
        for (HeatMapPointer* map : {&cell.first, &cell.second})
            if (*map) {
                auto copy = std::make_shared<HeatMap>(**map);
                copy->scale = scale;
                *map = std::move(copy);
            }
}

void forEachPlace(const PairCell& cell,
                  const std::function<void(int row, int column, CsvWriter::Field current,
                                           CsvWriter::Field reference)>& visit)
{
    const HeatMap& shape = cell.first ? *cell.first : *cell.second;
    const auto value = [](const HeatMapPointer& map, int row, int column) -> CsvWriter::Field {
        if (!map || row >= map->rows || column >= map->columns)
            return std::string_view();
        return map->at(row, column);
    };
    for (int row = 0; row < shape.rows; ++row)
        for (int column = 0; column < shape.columns; ++column)
            visit(row, column, value(cell.first, row, column), value(cell.second, row, column));
}

void addMarks(std::vector<PairMark>& marks, std::size_t cell, std::optional<QRect> part)
{
    for (const int group : {kCurrentMap, kReferenceMap, kDifferenceMap})
        marks.push_back({{group, static_cast<int>(cell)}, part});
}

double addPairGrid(Scene& scene, const QPointF& topLeft, double width, double room,
                   const std::vector<PairCell>& cells, PairMode mode)
{
    return cells.empty() ? 0 : GridLayout(scene, cells, mode).add(topLeft, width, room);
}

Scene pairGridScene(const FigureStyle& style, double width, double room,
                    const std::vector<PairCell>& cells, PairMode mode, const ColourScale& scale,
                    const QString& values)
{
    Scene scene(style);
    const double bar = labelledBarHeight(style) + 2 * style.gap;
    double y = addPairGrid(scene, {}, width, (room > 0 ? room : 0.75 * width) - bar, cells, mode);
    y += 2 * style.gap;
    y += addLabelledBar(scene, {0, y}, std::min(width, 28 * style.gap), scale, values);
    scene.setHeight(y);
    return scene;
}

} // namespace ui
