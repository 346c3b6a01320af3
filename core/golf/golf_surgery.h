// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/golf/golf_options.h"
#include "core/prune/curvature.h"

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace core
{

/// What a game does to a network between two trainings. All that is random follows from `seed`, so
/// a step that is done again does the same. Results are absent where the token asked to stop.
class GolfSurgery
{
public:
    /// All have to outlive it; `training` are the images that are looked at.
    GolfSurgery(Backend& backend, const Dataset& training, const GolfOptions& options,
                std::stop_token stop)
        : m_backend(backend), m_training(training), m_options(options), m_stop(std::move(stop))
    {
    }

    /// Without `count` of the parameters that are not zero, chosen by the options' criterion, and
    /// without dead paths.
    std::optional<std::vector<float>> remove(std::span<const float> from, int count,
                                             std::uint64_t seed);

    /// A mask of what is not zero, and of the share of the rest that promises most (regrowths). A
    /// first swap takes the best, the later ones skip some.
    std::optional<std::vector<std::uint8_t>> grow(std::span<const float> parameters, bool skipsSome,
                                                  std::uint64_t seed);

    /// Up to the options' number of Levenberg-Marquardt steps on what is not zero (Marquardt, SIAM
    /// 1963): each solves with the curvature of some images and the gradient of all, and stands
    /// where the mean training loss falls.
    std::optional<std::vector<float>> polish(std::vector<float> parameters, std::uint64_t seed);

private:
    std::vector<int> drawImages(std::uint64_t seed, int count) const;
    Dataset trialImages(std::uint64_t seed) const;
    std::optional<Curvature> curvatureAt(std::span<const float> parameters, std::uint64_t seed);
    std::optional<std::vector<float>> operate(std::vector<float> parameters, int count,
                                              std::uint64_t seed);
    std::optional<std::vector<float>> removeLeastLoss(std::vector<float> parameters, int count,
                                                      std::uint64_t seed);

    Backend& m_backend;
    const Dataset& m_training;
    const GolfOptions& m_options;
    const std::stop_token m_stop;
};

} // namespace core
