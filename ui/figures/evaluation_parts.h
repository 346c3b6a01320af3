// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "ui/figures/scene.h"

namespace ui
{

/// Answers per class, read off the confusion matrix.
struct ClassScore {
    int images = 0;
    int correct = 0;

    double accuracy() const { return images == 0 ? 0.0 : static_cast<double>(correct) / images; }
};
std::vector<ClassScore> classScores(const core::Evaluation& evaluation);

/// A line a class: how many answers were wrong, as a bar and in numbers. Returns the height.
double addClassScores(Scene& scene, const QPointF& topLeft, double width,
                      const core::Evaluation& evaluation);

/// Row = label, column = answer. Colour counts the mistakes; right answers stand on the diagonal
/// without colour, which would drown the others. Returns the height.
double addConfusion(Scene& scene, MapKey key, const QPointF& topLeft, double width,
                    const core::Evaluation& evaluation);

} // namespace ui
