// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/golf_games.h"

#include <QJsonArray>
#include <QJsonObject>

#include <vector>

namespace ui
{

/// What a recipe says of games: which runs, and how many steps of each.
QJsonArray golfGamesToRecipe(const std::vector<GolfGame>& games);

QJsonObject golfRangesToRecipe(const GolfRanges& ranges);
/// Throws core::Error(Input) where nobody could see anything in them.
GolfRanges golfRangesFromRecipe(const QJsonObject& recipe);

} // namespace ui
