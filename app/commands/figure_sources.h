// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/figure_album.h"
#include "app/commands/maximizer_arguments.h"
#include "app/opening.h"
#include "app/progress_line.h"
#include "core/data/dataset.h"

#include <stop_token>

namespace app
{

/// What the figures of a model are made from.
struct FigureSources {
    Subject& subject;
    core::DatasetPointer data;
    core::MaximizerOptions maximizer;
    ProgressLine& progress;
    std::stop_token stop;
    /// The model's own class means, if it has them, over computed ones.
    bool storedStatistics = false;
    std::filesystem::path runs = {}; ///< where the run may be that made the model
};

/// Computes and adds every figure: overview, network, confusion, weights, circuit, kernels, edge
/// detectors, channel outputs of each convolution for a digit of each class, heatmap in its modes,
/// feature visualisation of each group, the pruning that made the model. Returns whether all are
/// there, which they are unless it was stopped.
bool addAllFigures(FigureAlbum& album, const FigureSources& sources);

} // namespace app
