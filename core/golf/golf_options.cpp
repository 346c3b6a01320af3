// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/golf/golf_options.h"

#include "core/base/error.h"
#include "core/train/training_options.h"

#include <cmath>
#include <fmt/format.h>

namespace core
{

namespace
{

template<typename T>
void requireWithin(const char* name, T value, T least, T most)
{
    if (!(value >= least && value <= most))
        throw Error(ErrorKind::Usage,
                    fmt::format("golf: {} {}, expected {} to {}", name, value, least, most));
}

void requireRate(const char* name, double rate)
{
    if (!(rate > 0) || !std::isfinite(rate))
        throw Error(ErrorKind::Usage,
                    fmt::format("golf: {} {}, expected a number above 0", name, rate));
}

} // namespace

void requireSensible(const GolfOptions& options)
{
    constexpr int kMany = 1'000'000;
    requireWithin("target", options.threshold, 0.0, 1.0);
    requireWithin("dense starts", options.starts, 1, kMany);
    requireWithin("epochs of a dense start", options.startEpochs, 1, kMany);
    requireWithin("parameters of a heat", options.heat, 0, kMany);
    requireWithin("share removed in a heat", options.heatShare, 0.0, 1.0);
    requireWithin("epochs of a heat", options.heatEpochs, 0, kMany);
    if (options.heat > 0 && options.rewind != GolfRewind::None)
        throw Error(ErrorKind::Usage, "golf: a heat and rewinding, expected one of them");
    requireWithin("dense epochs", options.denseEpochs, 1, kMany);
    requireWithin("share removed in a round", options.share, 0.0, 1.0);
    requireWithin("first share removed in a round", options.firstShare, 0.0, 1.0);
    requireWithin("epochs of a round", options.epochs, 0, kMany);
    requireWithin("first epochs of a round", options.firstEpochs, 0, kMany);
    requireWithin("polishing steps", options.polish, 0, kMany);
    requireWithin("swaps of a round", options.swaps, 0, kMany);
    requireWithin("share grown in a swap", options.swapShare, 0.0, 1.0);
    requireWithin("chance to skip in a swap", options.swapSkip, 0.0, 0.99);
    requireWithin("epochs of a swap", options.swapEpochs, 1, kMany);
    requireWithin("epochs of the refit", options.refit, 0, kMany);
    requireWithin("batch size", options.batch, 1, kLargestBatch);
    requireWithin("images for the curvature", options.curvatureImages, 1, kMany);
    requireWithin("images for a trial", options.trialImages, 1, kMany);
    requireWithin("trials of a removal", options.trials, 1, kMany);
    requireWithin("promising trials", options.promising, 1, kMany);
    requireWithin("budget", options.budget, 0.0, 1e9);
    requireWithin("patience", options.patience, 1, kMany);
    requireWithin("least parameters", options.least, 1, kMany);
    requireWithin("label smoothing", options.labelSmoothing, 0.0, 0.99);
    requireSensible(options.switches);
    if (options.switches.sparse != SparseMethod::None)
        throw Error(ErrorKind::Usage, "golf: begins dense, expected no training that is sparse "
                                      "from the start");
    requireRate("dense rate", options.denseRate);
    requireRate("rate", options.rate);
    requireRate("rate of a swap", options.swapRate);
    requireRate("last rate", options.lastRate);
    requireRate("damping", options.damping);
}

} // namespace core
