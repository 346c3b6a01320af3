// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/training_options.h"

#include <cstdint>

namespace core
{

/// The learning rate of a step. Epochs count from 1, an epoch's batches from 0.
double learningRate(const TrainingOptions& options, int epoch, std::uint64_t batch,
                    std::uint64_t batchesAnEpoch);

} // namespace core
