// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/recipe_ingredients.h"
#include "ui/figures/figure.h"

#include <QJsonObject>

#include <memory>

namespace app
{

/// Computes the figure again that a recipe is of. The same recipe, model and data give the same
/// figure on the same kind of processor. Throws core::Error: Input for a recipe that makes no sense
/// or names a model or run that isn't found, DataMissing for data that isn't there.
std::unique_ptr<ui::Figure> figureOf(const QJsonObject& recipe, const RecipeSources& sources);

} // namespace app
