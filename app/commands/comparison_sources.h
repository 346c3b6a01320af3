// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/figure_album.h"
#include "app/opening.h"
#include "app/progress_line.h"
#include "core/data/dataset.h"
#include "core/inspect/maximizer.h"

#include <stop_token>

namespace app
{

/// What the figures about two models are made from.
struct ComparisonSources {
    const Subject& current;
    const Subject& reference;
    core::DatasetPointer data;
    core::MaximizerOptions maximizer;
    ProgressLine& progress;
    std::stop_token stop;
};

/// Computes and adds every figure about the two: predictions, weights and masks, kernels, channel
/// outputs, class heatmap, circuits, edge detectors, most of them side by side and as difference,
/// and feature visualisations.
/// Returns whether all are there, which they are unless it was stopped. Throws core::Error(Input)
/// where the models can't be compared.
bool addComparison(FigureAlbum& album, const ComparisonSources& sources);

} // namespace app
