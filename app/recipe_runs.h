// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/model.h"
#include "ui/figures/figure.h"

#include <QJsonObject>

#include <filesystem>
#include <memory>

namespace app
{

// Figures of runs, made again from what the runs recorded. They throw core::Error(Input) where the
// run is not below `runs`, or is another one of that name.

std::unique_ptr<ui::Figure> pruningAgain(const QJsonObject& recipe,
                                         const std::filesystem::path& runs);
std::unique_ptr<ui::Figure> curvesAgain(const QJsonObject& recipe,
                                        const std::filesystem::path& runs);
std::unique_ptr<ui::Figure> golfAgain(const QJsonObject& recipe, const std::filesystem::path& runs);

/// The pruning below `runs` that made this model, whole; null where none did.
std::unique_ptr<ui::Figure> pruningThatMade(const core::Model& model,
                                            const std::filesystem::path& runs);

} // namespace app
