// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sparse/moving_mask.h"

#include "core/base/random.h"
#include "core/sparse/saliency.h"
#include "core/sparse/sparse_mask.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

namespace core
{

namespace
{

/// Of the training: where RigL's masks come to rest.
constexpr double kMovingPart = 0.75;

/// What the numbers drawn are for.
enum class Draw : std::uint64_t { Places = 0x30E5, Values, Images };

std::uint64_t seedOf(const TrainingOptions& options, const TrainingState& state,
                     std::uint64_t batch, Draw draw)
{
    const std::uint64_t seed = derivedSeed(options.seed, static_cast<std::uint64_t>(draw));
    return derivedSeed(derivedSeed(seed, static_cast<std::uint64_t>(state.epoch)), batch);
}

std::vector<double> magnitudes(std::span<const float> values, double sign)
{
    std::vector<double> result(values.size());
    std::ranges::transform(values, result.begin(), [sign](float value) {
        return sign * std::abs(static_cast<double>(value));
    });
    return result;
}

std::vector<double> randomNumbers(std::size_t count, std::uint64_t seed)
{
    Random random(seed);
    std::vector<double> numbers(count);
    std::ranges::generate(numbers, [&] { return random.uniform(); });
    return numbers;
}

} // namespace

double movedShare(const TrainingOptions& options, int epoch, std::uint64_t batch,
                  std::uint64_t batchesAnEpoch)
{
    const TrainingSwitches& switches = options.switches;
    if (switches.sparse == SparseMethod::Set)
        return epoch > 1 && batch == 0 ? switches.moveShare : 0;
    if (switches.sparse != SparseMethod::RigL)
        return 0;
    const std::uint64_t step = static_cast<std::uint64_t>(epoch - 1) * batchesAnEpoch + batch;
    const double end = kMovingPart * options.epochs * static_cast<double>(batchesAnEpoch);
    const auto at = static_cast<double>(step);
    if (step == 0 || step % static_cast<std::uint64_t>(switches.moveInterval) != 0 || at >= end)
        return 0;
    return switches.moveShare * (1 + std::cos(std::numbers::pi * at / end)) / 2;
}

void moveMask(Backend& backend, const Dataset& training, const TrainingOptions& options,
              std::uint64_t batch, double share, TrainingState& state)
{
    const bool isRandom = options.switches.sparse == SparseMethod::Set;
    const auto seed = [&](Draw draw) { return seedOf(options, state, batch, draw); };
    std::vector<double> promise;
    Parameters values(backend.architecture()); // zeros
    if (isRandom) {
        promise = randomNumbers(state.parameters.size(), seed(Draw::Places));
        values = initialParameters(backend.architecture(), seed(Draw::Values));
    } else {
        promise = magnitudes(lossGradient(backend, state.parameters, training,
                                          drawnImages(training, kGrowthImages, seed(Draw::Images))),
                             1);
    }
    const std::vector<std::uint8_t> mask =
        movedMask(values.slices(), state.mask, options.mask, state.parameters, promise, share);
    for (std::size_t i = 0; i < mask.size(); ++i) {
        if (mask[i] == state.mask[i])
            continue;
        state.parameters[i] = mask[i] ? values.values()[i] : 0.0F;
        state.optimizer.mean[i] = 0;
        if (!state.optimizer.square.empty())
            state.optimizer.square[i] = 0;
        if (!state.average.empty())
            state.average[i] = state.parameters[i];
    }
    state.mask = mask;
}

std::vector<std::uint8_t> movedMask(const std::vector<ParameterSlice>& slices,
                                    std::span<const std::uint8_t> mask,
                                    std::span<const std::uint8_t> allowed,
                                    std::span<const float> parameters,
                                    std::span<const double> promise, double share)
{
    std::vector<std::uint8_t> moved(mask.begin(), mask.end());
    const std::vector<double> smallest = magnitudes(parameters, -1);
    for (const ParameterSlice& slice : slices) {
        if (!isTrainable(slice.role))
            continue;
        std::vector<std::size_t> ones;
        std::vector<std::size_t> open;
        for (std::size_t i = slice.offset; i < slice.offset + slice.count; ++i)
            if (mask[i] != 0)
                ones.push_back(i);
            else if (allowed.empty() || allowed[i] != 0)
                open.push_back(i);
        const auto count =
            static_cast<std::size_t>(std::floor(share * static_cast<double>(ones.size())));
        const std::vector<std::uint8_t> gone = maskOfHighest(smallest, ones, count);
        for (const std::size_t i : ones)
            if (gone[i] != 0) {
                moved[i] = 0;
                open.push_back(i);
            }
        std::ranges::sort(open);
        const std::vector<std::uint8_t> come = maskOfHighest(promise, open, count);
        std::ranges::transform(moved, come, moved.begin(), std::bit_or());
    }
    return moved;
}

} // namespace core
