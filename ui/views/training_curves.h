// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/curves_figure.h"
#include "ui/runs/run_source.h"
#include "ui/widgets/curve_plot.h"

#include <QColor>
#include <QString>

#include <vector>

namespace ui
{

/// One training: a curve a split, each labelled. Several: a colour a training, the splits told
/// apart by their dashes, the title at the end of the test curve.
std::vector<PlotCurve> plotCurves(const std::vector<TrainingCurves>& trainings,
                                  CurveQuantity quantity, const QColor& background);

/// What the last epoch measured, each number with its images. `history` may be null.
QString epochText(const RunHistory* history);

} // namespace ui
