// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/inspect/activations.h"
#include "core/inspect/class_statistics.h"
#include "core/inspect/maximizer.h"
#include "core/inspect/orientation.h"
#include "core/model/model.h"
#include "ui/figures/figure.h"

#include <QString>

#include <memory>
#include <vector>

namespace ui
{

// The figures that the views show and the command line renders. Each holds what it needs; all may
// be made without a display, but measuring text needs a QGuiApplication.

/// Which values share one colour scale.
enum class ColourRange { Unit, Layer, Model, Locked };

/// Layers, tensors, provenance; per-class accuracy and confusion where there is an evaluation.
/// `evaluation` may be null; `data` names what it was measured on.
std::unique_ptr<Figure> overviewFigure(core::ModelPointer model,
                                       std::shared_ptr<const core::Evaluation> evaluation,
                                       const QString& data);

/// The network drawn as stacked maps to scale.
std::unique_ptr<Figure> networkFigure(core::ModelPointer model);

/// Confusion matrix (row = label) beside the per-class accuracy. `evaluation` is not null.
std::unique_ptr<Figure> confusionFigure(core::ModelPointer model,
                                        std::shared_ptr<const core::Evaluation> evaluation,
                                        const QString& data);

/// Every kernel slice of a unit with its bias and slope; removed weights as empty cells.
std::unique_ptr<Figure> kernelsFigure(core::ModelPointer model, int unit);

struct ChannelsOptions {
    int unit = 0; ///< index into Architecture::units()
    core::Stage stage = core::Stage::Post;
    ColourRange range = ColourRange::Layer;
    double lockedRange = 1; ///< largest magnitude, where the range is Locked
    QString input;          ///< names the image: "MNIST test, image 0, label 7"
    bool kernels = true;    ///< draws the kernels beside their channel
};
std::unique_ptr<Figure> channelsFigure(core::ModelPointer model,
                                       std::shared_ptr<const core::NetworkActivations> activations,
                                       const ChannelsOptions& options);

/// The first layer's channels as edge detectors, as core::orientations() measured them.
std::unique_ptr<Figure>
edgesFigure(core::ModelPointer model,
            std::shared_ptr<const std::vector<core::OrientedChannel>> channels,
            core::Stage stage = core::Stage::Post);

enum class HeatmapMode {
    Rows,       ///< one row a class, one column a feature neuron
    Maps,       ///< one small map a class and channel
    Difference, ///< rows, minus the mean over all images
};
std::unique_ptr<Figure> classHeatmapFigure(core::ModelPointer model,
                                           std::shared_ptr<const core::ClassStatistics> statistics,
                                           HeatmapMode mode = HeatmapMode::Rows);

struct MaximizationFigureOptions {
    core::MaximizerOptions settings; ///< those that made it: for caption and recipe
    core::Stage stage = core::Stage::Post;
    bool mask = true; ///< hatches what the unit can't see
};
/// Images in groups by MaximizerTarget::layer, in the order of the targets.
std::unique_ptr<Figure> maximizationFigure(core::ModelPointer model,
                                           std::shared_ptr<const core::Maximization> result,
                                           const MaximizationFigureOptions& options);

} // namespace ui
