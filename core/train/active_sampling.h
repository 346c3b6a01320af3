// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/base/random.h"

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace core
{

// Online batch selection (Loshchilov and Hutter, 2015): an image is drawn with a probability that
// falls exponentially with its rank among all losses. Here the losses are those at the beginning of
// the epoch, all measured anew, so that nothing has to be remembered of them.

/// Each image's cross entropy, in units whose sum doesn't depend on its order. Nothing if stopped.
std::optional<std::vector<std::int64_t>> lossesOf(Backend& backend,
                                                  std::span<const float> parameters,
                                                  const Dataset& data, const std::stop_token& stop);

/// As many images as there are losses, with repetition: the one with the highest loss is `pressure`
/// times as likely as the one with the lowest.
std::vector<int> drawnByLoss(std::span<const std::int64_t> losses, double pressure, Random& random);

} // namespace core
