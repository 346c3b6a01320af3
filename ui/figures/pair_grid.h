// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/csv.h"
#include "ui/figures/pair_figure.h"

#include <functional>
#include <vector>

namespace ui
{

/// Two maps that correspond to each other; either may be missing.
struct PairCell {
    QString title;        ///< "2 \u2194 3"
    QString note;         ///< "r 0.91"; empty: none
    HeatMapPointer first; ///< of the current model
    HeatMapPointer second;
};

enum PairGroup { kCurrentMap, kReferenceMap, kDifferenceMap }; ///< MapKey::group

/// Current less reference, cell by cell; null where there is nothing to subtract from or the sizes
/// differ. A weight that is removed in both stays removed.
HeatMapPointer differenceMap(const HeatMap& first, const HeatMap& second, const ColourScale& scale);
/// The same of a cell; null where one is missing.
HeatMapPointer differenceOf(const PairCell& cell, const ColourScale& scale);
/// Why a cell has no such map: "none", "no partner", "sizes differ".
QString absenceOf(const PairCell& cell, PairGroup group);
/// Symmetric, holding every difference.
ColourScale differenceScale(const std::vector<PairCell>& cells);
/// Holds the values of both.
ColourScale commonScale(const std::vector<PairCell>& cells, bool negative);
void setScale(std::vector<PairCell>& cells, const ColourScale& scale);

enum class CellValue { Number, Weight }; ///< a weight that is 0 is called removed
/// "current 0.12, reference \u2013" for what is under the cursor.
QString valuesText(const PairCell& cell, const SceneHit& hit, CellValue kind);

/// For tables: calls `visit` for each place of a cell's maps with what either has there, empty
/// where it has nothing.
void forEachPlace(const PairCell& cell,
                  const std::function<void(int row, int column, CsvWriter::Field current,
                                           CsvWriter::Field reference)>& visit);

/// Marks a cell, or a part of it, whichever of its maps are shown.
void addMarks(std::vector<PairMark>& marks, std::size_t cell, std::optional<QRect> part = {});

/// Lays the cells out into width and room; a map's key is {PairGroup, index of the cell}. Returns
/// the height.
double addPairGrid(Scene& scene, const QPointF& topLeft, double width, double room,
                   const std::vector<PairCell>& cells, PairMode mode);

/// A grid with its colour bar below: a whole figure. `room` as in Figure::scene().
Scene pairGridScene(const FigureStyle& style, double width, double room,
                    const std::vector<PairCell>& cells, PairMode mode, const ColourScale& scale,
                    const QString& values);

} // namespace ui
