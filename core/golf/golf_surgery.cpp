// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/golf/golf_surgery.h"

#include "core/base/random.h"
#include "core/golf/golf_draw.h"
#include "core/model/parameters.h"
#include "core/prune/candidates.h"
#include "core/prune/careful_removal.h"
#include "core/prune/dead_paths.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace core
{

namespace
{

using Costs = std::vector<std::pair<double, std::size_t>>;

void zeroCheapest(std::vector<float>& parameters, Costs costs, int count)
{
    std::ranges::stable_sort(costs, {}, &Costs::value_type::first);
    const std::size_t most = std::min(costs.size(), static_cast<std::size_t>(count));
    for (const auto& [cost, parameter] : std::span(costs).first(most))
        parameters[parameter] = 0;
}

void removeSmallest(std::vector<float>& parameters, int count)
{
    Costs costs;
    for (std::size_t i = 0; i < parameters.size(); ++i)
        if (parameters[i] != 0)
            costs.emplace_back(std::abs(parameters[i]), i);
    zeroCheapest(parameters, std::move(costs), count);
}

} // namespace

std::vector<int> GolfSurgery::drawImages(std::uint64_t seed, int count) const
{
    std::vector<int> indices(static_cast<std::size_t>(m_training.size()));
    std::iota(indices.begin(), indices.end(), 0);
    if (count < m_training.size()) {
        Random(seed).shuffle(std::span(indices));
        indices.resize(static_cast<std::size_t>(count));
    }
    return indices;
}

Dataset GolfSurgery::trialImages(std::uint64_t seed) const
{
    return chosenImages(m_training,
                        drawImages(drawSeed(seed, GolfDraw::Trials), m_options.trialImages));
}

std::optional<Curvature> GolfSurgery::curvatureAt(std::span<const float> parameters,
                                                  std::uint64_t seed)
{
    return measureCurvature(
        m_backend, parameters, m_training,
        drawImages(drawSeed(seed, GolfDraw::Curvature), m_options.curvatureImages), {}, m_stop);
}

std::optional<std::vector<float>> GolfSurgery::remove(std::span<const float> from, int count,
                                                      std::uint64_t seed)
{
    std::optional<std::vector<float>> parameters(std::in_place, from.begin(), from.end());
    if (count <= 0)
        return parameters;
    switch (m_options.criterion) {
    case GolfCriterion::Surgeon:
        parameters = operate(std::move(*parameters), count, seed);
        break;
    case GolfCriterion::Loss:
        parameters = removeLeastLoss(std::move(*parameters), count, seed);
        break;
    case GolfCriterion::Magnitude:
        removeSmallest(*parameters, count);
        break;
    }
    if (parameters)
        removeDeadPaths(m_backend.architecture(), *parameters);
    return parameters;
}

std::optional<std::vector<float>> GolfSurgery::operate(std::vector<float> parameters, int count,
                                                       std::uint64_t seed)
{
    const std::optional<Curvature> curvature = curvatureAt(parameters, seed);
    if (!curvature)
        return std::nullopt;
    Surgeon surgeon(*curvature, parameters, m_options.damping);
    const Dataset images = trialImages(seed);
    return removeCarefully(
        m_backend, surgeon, std::move(parameters), images,
        {.count = count, .trials = m_options.trials, .promising = m_options.promising}, m_stop);
}

std::optional<std::vector<float>> GolfSurgery::removeLeastLoss(std::vector<float> parameters,
                                                               int count, std::uint64_t seed)
{
    const Dataset images = trialImages(seed);
    Costs costs;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (parameters[i] == 0)
            continue;
        const float value = std::exchange(parameters[i], 0.0F);
        const Evaluation without = m_backend.evaluate(parameters, images, m_stop);
        if (without.stopped)
            return std::nullopt;
        costs.emplace_back(without.loss, i);
        parameters[i] = value;
    }
    zeroCheapest(parameters, std::move(costs), count);
    return parameters;
}

std::optional<std::vector<std::uint8_t>> GolfSurgery::grow(std::span<const float> parameters,
                                                           bool skipsSome, std::uint64_t seed)
{
    const std::optional<Curvature> curvature = curvatureAt(parameters, seed);
    if (!curvature)
        return std::nullopt;
    std::vector<std::uint8_t> mask;
    for (const float value : parameters)
        mask.push_back(value != 0 ? 1 : 0);
    Random random(drawSeed(seed, GolfDraw::Growth));
    const int count = nonzeroCount(m_backend.architecture(), parameters);
    int left =
        std::max(2, static_cast<int>(count * m_options.swapShare * random.uniform(0.5, 1.5)));
    for (const SurgeryCost& gain : regrowths(*curvature, parameters, m_options.damping)) {
        if (left == 0)
            break;
        if (skipsSome && random.uniform() < m_options.swapSkip)
            continue;
        mask[gain.parameter] = 1;
        --left;
    }
    return mask;
}

std::optional<std::vector<float>> GolfSurgery::polish(std::vector<float> parameters,
                                                      std::uint64_t seed)
{
    constexpr int kTries = 4;
    constexpr double kFirstDamping = 1e-3;
    constexpr double kFactor = 10;
    Evaluation before = m_backend.evaluate(parameters, m_training, m_stop);
    double damping = kFirstDamping;
    for (int step = 0; step < m_options.polish && !before.stopped; ++step) {
        std::optional<Curvature> curvature =
            curvatureAt(parameters, derivedSeed(seed, static_cast<std::uint64_t>(step)));
        if (!curvature ||
            !meanGradient(m_backend, parameters, m_training, curvature->gradient, m_stop))
            return std::nullopt;
        bool fell = false;
        for (int attempt = 0; attempt < kTries && !fell; ++attempt) {
            std::vector<float> moved = dampedStep(*curvature, parameters, damping);
            const Evaluation after = m_backend.evaluate(moved, m_training, m_stop);
            if (after.stopped)
                return std::nullopt;
            fell = after.loss < before.loss;
            if (fell) {
                parameters = std::move(moved);
                before = after;
            }
            damping *= fell ? 1 / kFactor : kFactor;
        }
        if (!fell)
            break;
    }
    return before.stopped ? std::nullopt : std::optional(std::move(parameters));
}

} // namespace core
