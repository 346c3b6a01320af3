// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/training_checkpoint.h"

namespace core
{

namespace
{

/// Calls `visit` with all that there is to know of an epoch.
template<typename Epoch, typename Visit>
void forEachField(Epoch& epoch, Visit visit)
{
    visit(epoch.epoch);
    visit(epoch.lr);
    visit(epoch.trainLoss);
    visit(epoch.trainCorrect);
    visit(epoch.trainImages);
    visit(epoch.validationLoss);
    visit(epoch.validationCorrect);
    visit(epoch.validationImages);
    visit(epoch.testLoss);
    visit(epoch.testCorrect);
    visit(epoch.testImages);
    visit(epoch.seconds);
}

/// Likewise of a training, but for its epochs.
template<typename State, typename Visit>
void forEachMember(State& state, Visit visit)
{
    visit(state.parameters);
    visit(state.optimizer.steps);
    visit(state.optimizer.mean);
    visit(state.optimizer.square);
    visit(state.epoch);
    visit(state.imagesDone);
    visit(state.lossSum);
    visit(state.correct);
    visit(state.seconds);
    visit(state.keptEpoch);
    visit(state.keptParameters);
}

/// What only some switches need; absent where none does, as before there were any.
template<typename State, typename Visit>
void forEachExtra(State& state, Visit visit)
{
    visit(state.mask);
    visit(state.average);
    visit(state.averaged);
    visit(state.drawnBy);
}

bool hasExtras(const TrainingState& state)
{
    return !state.mask.empty() || !state.average.empty() || !state.drawnBy.empty();
}

bool fits(const TrainingState& state, std::size_t parameters)
{
    const auto empty = [](const std::vector<float>& values) { return values.empty(); };
    const auto whole = [=](const auto& values) { return values.size() == parameters; };
    const auto emptyOrWhole = [&](const auto& values) { return values.empty() || whole(values); };
    const bool kept = state.keptEpoch == 0
                          ? empty(state.keptParameters)
                          : whole(state.keptParameters) && state.keptEpoch > 0 &&
                                static_cast<std::size_t>(state.keptEpoch) <= state.epochs.size();
    return whole(state.parameters) && whole(state.optimizer.mean) &&
           emptyOrWhole(state.optimizer.square) && emptyOrWhole(state.mask) &&
           emptyOrWhole(state.average) && emptyOrWhole(state.drawnBy) && kept && state.epoch > 0 &&
           static_cast<std::size_t>(state.epoch) == state.epochs.size() + 1;
}

} // namespace

void encode(const TrainingState& state, StateWriter& writer)
{
    const auto put = [&writer](const auto& value) { writer.put(value); };
    forEachMember(state, put);
    writer.put(static_cast<std::uint64_t>(state.epochs.size()));
    for (const EpochResult& epoch : state.epochs)
        forEachField(epoch, put);
    if (hasExtras(state))
        forEachExtra(state, put);
}

TrainingState decodeTrainingState(std::span<const std::byte> bytes, std::size_t parameters)
{
    StateReader reader(bytes);
    const auto take = [&reader](auto& value) { reader.take(value); };
    TrainingState state;
    forEachMember(state, take);
    std::uint64_t epochs = 0;
    reader.take(epochs);
    for (std::uint64_t i = 0; i < epochs; ++i)
        forEachField(state.epochs.emplace_back(), take);
    if (!reader.atEnd())
        forEachExtra(state, take);
    if (!reader.atEnd() || !fits(state, parameters))
        throw Error(ErrorKind::Input, "the checkpoint's numbers do not belong together, expected "
                                      "the state of the run's training");
    return state;
}

} // namespace core
