// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/trainer.h"

namespace core
{

// A mean of the weights that a training went through, in TrainingState::average. It includes the
// running statistics of batch norm, as PyTorch's AveragedModel does with its buffers. What a mask
// holds at zero is zero in the mean.

/// After each step, of EMA (Polyak and Juditsky, SIAM J. Control Optim. 1992, in its exponential
/// form): average = d average + (1 - d) parameters. After t steps d is the decay but at most
/// (1 + t) / (10 + t), so that the beginning is forgotten soon.
void averageStep(const TrainingSwitches& switches, TrainingState& state);

/// After each epoch, of SWA; does nothing for an epoch that is in the mean already (Izmailov et
/// al., UAI 2018): the mean of the parameters that the last epochs ended with. The rate goes on as
/// scheduled; the paper's is constant or cyclical.
void averageEpoch(const TrainingSwitches& switches, int epochs, TrainingState& state);

} // namespace core
