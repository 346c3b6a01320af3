// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/weight_average.h"

#include <algorithm>
#include <cmath>

namespace core
{

namespace
{

/// Moves the average towards the parameters by this share of the way.
void approach(TrainingState& state, double share)
{
    state.average.resize(state.parameters.size());
    const auto part = static_cast<float>(share);
    for (std::size_t i = 0; i < state.average.size(); ++i)
        state.average[i] += part * (state.parameters[i] - state.average[i]);
    ++state.averaged;
}

} // namespace

void averageStep(const TrainingSwitches& switches, TrainingState& state)
{
    if (switches.average != Averaging::Ema)
        return;
    const auto steps = static_cast<double>(state.averaged);
    const double decay = std::min(switches.averageDecay, (1 + steps) / (10 + steps));
    approach(state, state.averaged == 0 ? 1 : 1 - decay);
}

void averageEpoch(const TrainingSwitches& switches, int epochs, TrainingState& state)
{
    if (switches.average != Averaging::Swa)
        return;
    const int before = static_cast<int>(std::floor(epochs * (1 - switches.averageShare)));
    const int due = state.epoch - before;
    if (due <= 0 || state.averaged >= static_cast<std::uint64_t>(due))
        return;
    approach(state, 1 / static_cast<double>(due));
}

} // namespace core
