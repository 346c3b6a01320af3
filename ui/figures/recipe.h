// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/maximizer.h"
#include "core/model/model.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <span>
#include <vector>

namespace ui
{

class Figure;
struct ExportOptions;

/// Of the recipes this program writes, and the newest it reads.
constexpr int kRecipeVersion = 1;

/// A figure's recipe with the version, the size of the file it goes into and what computed it: all
/// it takes to render the same bytes again.
QJsonObject fileRecipe(const Figure& figure, const ExportOptions& options);

/// Name, hash, text form and selection of the model, so that a figure says which one it shows.
QJsonObject modelRecipe(const core::Model& model);
QJsonObject toRecipe(const core::MaximizerOptions& options);
/// Throws core::Error(Input) where nobody could compute that.
core::MaximizerOptions maximizerFromRecipe(const QJsonObject& settings);

/// Compact, with sorted keys: the same recipe gives the same bytes.
QByteArray recipeText(const QJsonObject& recipe);

/// Numbers of a drawing or an image, without a bit lost: bytes where all are n / 255, as the pixels
/// of data sets are, else the floats. Throws core::Error(Input) on a text that is neither.
QString packedFloats(std::span<const float> values);
std::vector<float> unpackedFloats(const QString& text);

/// The words that captions and recipes use.
QString stageText(core::Stage stage); ///< "pre", "post"
QString stageSentence(const core::Architecture& architecture, const core::Unit& unit,
                      core::Stage stage); ///< "after PReLU", "before PReLU", "" without activation
QString activationName(core::ActivationKind kind); ///< "PReLU"
QString grouped(qlonglong number);                 ///< "10,000"

} // namespace ui
