// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/golf/golf_options.h"

namespace core
{

/// Calls `visit` with the name, as JSON and recipes have it, and the value of every option but the
/// switches.
template<typename Options, typename Visit>
void forEachGolfOption(Options& options, Visit visit)
{
    visit("threshold", options.threshold);
    visit("seed", options.seed);
    visit("starts", options.starts);
    visit("start_epochs", options.startEpochs);
    visit("heat", options.heat);
    visit("heat_share", options.heatShare);
    visit("heat_epochs", options.heatEpochs);
    visit("dense_epochs", options.denseEpochs);
    visit("dense_lr", options.denseRate);
    visit("criterion", options.criterion);
    visit("rewind", options.rewind);
    visit("share", options.share);
    visit("first_share", options.firstShare);
    visit("many", options.many);
    visit("epochs", options.epochs);
    visit("first_epochs", options.firstEpochs);
    visit("lr", options.rate);
    visit("polish", options.polish);
    visit("swaps", options.swaps);
    visit("swap_below", options.swapBelow);
    visit("swap_share", options.swapShare);
    visit("swap_skip", options.swapSkip);
    visit("swap_epochs", options.swapEpochs);
    visit("swap_lr", options.swapRate);
    visit("refit", options.refit);
    visit("batch", options.batch);
    visit("label_smoothing", options.labelSmoothing);
    visit("lr_end", options.lastRate);
    visit("curvature_images", options.curvatureImages);
    visit("trial_images", options.trialImages);
    visit("trials", options.trials);
    visit("promising", options.promising);
    visit("damping", options.damping);
    visit("budget", options.budget);
    visit("patience", options.patience);
    visit("least", options.least);
}

} // namespace core
