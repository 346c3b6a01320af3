// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/scene.h"

namespace ui
{

/// A horizontal colour bar under its title, with the numbers of both ends and zero marked.
/// Returns the height that it took.
double addLabelledBar(Scene& scene, const QPointF& topLeft, double width, const ColourScale& scale,
                      const QString& title);
double labelledBarHeight(const FigureStyle& style);

} // namespace ui
