// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <cstdint>

namespace core
{

enum class PruneMethod {
    BruteForce, ///< visits each weight in turn and keeps its removal if accuracy allows
    BestFirst,  ///< each step removes the weight whose removal costs least
};

enum class PruneOrder {
    Published, ///< weight tensors in the order of the layers, row-major
    Random,
    Magnitude, ///< the smallest absolute value first
    LossRise,  ///< the smallest rise of the loss when removed alone first, worked out once a pass
};

/// Brute-force pruning of "Neural Golfing" (2025): zero a weight, keep the zero if at least
/// `threshold` of the split's images are still right, else restore it. The defaults are the
/// published procedure but for the split.
struct PruneOptions {
    PruneMethod method = PruneMethod::BruteForce;
    PruneOrder order = PruneOrder::Published;
    int passes = 1;                  ///< over what is left; a pass that removes nothing is the last
    bool biases = false;             ///< visit them too
    bool slopes = false;             ///< PReLU's too
    double threshold = 0.98;         ///< share of right answers that must remain, at least
    Split split = Split::Validation; ///< what selects; Test as published
    std::uint64_t seed = 1;          ///< of the random order
};

/// Whether each evaluation runs again only what the touched parameter reaches, hardest images
/// first, and ends once the threshold can't be met (the same decisions, weight by weight), or
/// evaluates the whole network on all images. Architectures that the fused engine does not cover
/// always go the slow way.
enum class PruneEvaluation { Incremental, Full };

} // namespace core
