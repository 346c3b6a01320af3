// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/parameters.h"
#include "core/train/trainer.h"

#include <cstdint>
#include <span>

namespace core
{

// Masks that move while a network is trained: in each tensor the parameters with the smallest
// magnitude go and as many others come. How many a tensor has never changes.
//
// SET (Mocanu et al., Nature Communications 2018) moves a constant share before each epoch but the
// first; what comes is random and begins like an initial parameter. RigL (Evci et al., ICML 2020)
// moves every so many steps until 75 % of the training are over, a share that falls along half a
// cosine; what comes has the largest gradient and begins at zero.

/// Images that RigL's gradient is measured on: the batches of small networks say too little.
inline constexpr int kGrowthImages = 256;

/// The share that moves before this step; 0: nothing does. Epochs count from 1, batches from 0.
double movedShare(const TrainingOptions& options, int epoch, std::uint64_t batch,
                  std::uint64_t batchesAnEpoch);

/// Moves state.mask before a step. What went, and what came, begins anew in the optimiser and in
/// the average.
void moveMask(Backend& backend, const Dataset& training, const TrainingOptions& options,
              std::uint64_t batch, double share, TrainingState& state);

/// The new mask: in each slice `share` of its ones with the smallest magnitude become zeros, and as
/// many of its then zeros that `allowed` (empty: all) lets in, with the highest promise, ones.
std::vector<std::uint8_t> movedMask(const std::vector<ParameterSlice>& slices,
                                    std::span<const std::uint8_t> mask,
                                    std::span<const std::uint8_t> allowed,
                                    std::span<const float> parameters,
                                    std::span<const double> promise, double share);

} // namespace core
