// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/analysis/unit_cube.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core
{

/// What the results would be over the plane of two parameters, guessed from the complete trials:
/// the mean of their results by the inverse cube of the distance (Shepard 1968), so that it is the
/// trial's own result where there is one. The other parameters are whatever they were.
struct Landscape {
    int rows = 0;               ///< along the second parameter, rising
    int columns = 0;            ///< along the first, rising
    std::vector<float> results; ///< [row][column], in the middle of each cell; empty: no trials
    int samples = 0;
};

Landscape landscape(const Dimension& across, const Dimension& up, const StudyHistory& history,
                    int columns, int rows);

/// Where a landscape has a level: pieces of lines as pairs of places in the unit square (marching
/// squares; Lorensen and Cline 1987, in the plane).
using LevelPiece = std::pair<std::pair<double, double>, std::pair<double, double>>;
std::vector<LevelPiece> levelLines(const Landscape& landscape, double level);

} // namespace core
