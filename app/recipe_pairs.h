// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/recipe_ingredients.h"
#include "core/data/dataset.h"
#include "ui/figures/figure_kind.h"
#include "ui/figures/pair_figure.h"

namespace app
{

/// Compares two models as the window does: the reference is the first of core::Comparison. A stop
/// leaves it incomplete.
ui::ModelPair comparedPair(core::ModelPointer current, core::Backend& currentBackend,
                           core::ModelPointer reference, core::Backend& referenceBackend,
                           const core::Dataset& data, const core::ProgressObserver& observer,
                           std::stop_token stop);

/// The figures about a pair of models, from their recipes. They throw as figureOf() does.
std::unique_ptr<ui::Figure> pairAgain(ui::FigureKind kind, const QJsonObject& recipe,
                                      const RecipeSources& sources);

} // namespace app
