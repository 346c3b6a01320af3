// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_kind.h"
#include "ui/figures/sweep_figure.h"

#include <memory>

namespace ui
{

/// The study as the recipe of its figures holds it: so that they can be drawn again without it.
QJsonObject sweepToRecipe(const SweepData& data);
/// Throws core::Error(Input) where it makes no sense.
SweepDataPointer sweepOfRecipe(const QJsonObject& recipe);

/// One of the kinds that show a sweep. Throws core::Error(Input) where it makes no sense.
std::unique_ptr<SweepFigure> sweepFromRecipe(FigureKind kind, const QJsonObject& recipe);

} // namespace ui
