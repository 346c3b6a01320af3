// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/train/training_options.h"

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace core
{

/// Images that a gradient at initialisation is measured on.
inline constexpr int kSaliencyImages = 1000;
/// Parameters of the largest network that SynFlow judges: it tries each by itself, 100 times.
inline constexpr std::size_t kMostForSynFlow = 20'000;

/// The mask of a training that is sparse from the start: exactly `options.switches.nonzero` of the
/// trained parameters are 1, of those that options.mask allows; running statistics are 1 besides.
/// Random takes them anywhere, Erk, SET and RigL at random in each tensor by erdosRenyiCounts,
/// Magnitude the largest, the others those with the highest saliency; SynFlow in up to 100 rounds,
/// each a step down a geometric series. Nothing if stopped. Throws Error(Usage) where there are
/// fewer parameters than asked for.
std::optional<std::vector<std::uint8_t>>
sparseMask(Backend& backend, std::span<const float> parameters, const Dataset& training,
           const TrainingOptions& options, const std::stop_token& stop = {});

/// So many of the data set's images, drawn without repetition.
std::vector<int> drawnImages(const Dataset& data, int count, std::uint64_t seed);

} // namespace core
