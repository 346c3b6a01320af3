// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/scoreboard_figure.h"

#include <QJsonArray>
#include <QJsonObject>

#include <memory>
#include <vector>

namespace ui
{

/// The entries as a scoreboard's recipe holds them: with their scores, so that it can be drawn
/// again without the networks. Files are left out.
QJsonArray scoresToRecipe(const std::vector<KnownScore>& entries);

/// The scoreboard of a recipe. Throws core::Error(Input) where it makes no sense.
std::unique_ptr<ScoreboardFigure> scoreboardFromRecipe(const QJsonObject& recipe);

} // namespace ui
