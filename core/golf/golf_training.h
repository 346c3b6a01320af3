// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/golf/golf_options.h"
#include "core/train/trainer.h"

#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace core
{

/// Of every training of a game; epochs, rate, order of the images and mask are the step's.
TrainingOptions commonTraining(const GolfOptions& golf);

/// The network after the options' `refit`, on all training images; absent where the token asked to
/// stop. `measured` is evaluated after each epoch, and decides nothing.
std::optional<std::vector<float>> refit(Backend& backend, std::span<const float> parameters,
                                        const Dataset& training, const Dataset& measured,
                                        const GolfOptions& options, std::stop_token stop = {});

} // namespace core
