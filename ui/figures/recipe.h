// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/maximizer.h"
#include "core/model/model.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace ui
{

/// Name, hash, text form and selection of the model, so that a figure says which one it shows.
QJsonObject modelRecipe(const core::Model& model);
QJsonObject toRecipe(const core::MaximizerOptions& options);

/// Compact, with sorted keys: the same recipe gives the same bytes.
QByteArray recipeText(const QJsonObject& recipe);

/// The words that captions and recipes use.
QString stageText(core::Stage stage); ///< "pre", "post"
QString stageSentence(const core::Architecture& architecture, const core::Unit& unit,
                      core::Stage stage); ///< "after PReLU", "before PReLU", "" without activation
QString activationName(core::ActivationKind kind); ///< "PReLU"
QString grouped(qlonglong number);                 ///< "10,000"

} // namespace ui
