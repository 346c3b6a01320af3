// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/export.h"

#include <QByteArray>
#include <QJsonObject>

#include <filesystem>

namespace ui
{

/// The recipe in the bytes of a recipe file or of an exported SVG, PDF or PNG; they are told by
/// their content. Throws core::Error(Input) in the name of `file`: no recipe inside, a damaged one,
/// or one of a newer program.
QJsonObject recipeIn(const QByteArray& bytes, const std::filesystem::path& file);

/// The size that a recipe asks for; what it leaves out is as in ExportOptions. Throws
/// core::Error(Input) where nobody could draw that.
ExportOptions sizeOf(const QJsonObject& recipe);

} // namespace ui
