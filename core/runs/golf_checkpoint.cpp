// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/golf_checkpoint.h"

#include "core/runs/training_checkpoint.h"

namespace core
{

namespace
{

/// Calls `visit` with all that there is to know of a game, but for its phase and its training.
template<typename State, typename Visit>
void forEachMember(State& state, Visit visit)
{
    visit(state.step);
    visit(state.start);
    visit(state.round);
    visit(state.swap);
    visit(state.misses);
    visit(state.met);
    visit(state.epochs);
    visit(state.seconds);
    visit(state.origin);
    visit(state.parameters);
    visit(state.loss);
    visit(state.candidate);
    visit(state.mask);
    visit(state.best);
    visit(state.bestNonzero);
    visit(state.bestCorrect);
}

bool fits(const GolfState& state, std::size_t parameters)
{
    const auto emptyOrWhole = [=](const auto& values) {
        return values.empty() || values.size() == parameters;
    };
    return state.start >= 0 && state.round >= 0 && state.swap >= 0 &&
           emptyOrWhole(state.parameters) && emptyOrWhole(state.candidate) &&
           emptyOrWhole(state.mask) && emptyOrWhole(state.best) &&
           state.best.empty() == (state.bestNonzero == 0) &&
           ((state.phase != GolfPhase::Shrink && state.phase != GolfPhase::Heat) ||
            !state.candidate.empty()) &&
           (state.phase == GolfPhase::Start || state.phase == GolfPhase::Heat ||
            !state.parameters.empty());
}

} // namespace

void encode(const GolfState& state, StateWriter& writer)
{
    forEachMember(state, [&writer](const auto& value) { writer.put(value); });
    writer.put(static_cast<int>(state.phase));
    writer.put(state.fit.has_value());
    if (state.fit)
        encode(*state.fit, writer);
}

GolfState decodeGolfState(std::span<const std::byte> bytes, std::size_t parameters)
{
    StateReader reader(bytes);
    GolfState state;
    forEachMember(state, [&reader](auto& value) { reader.take(value); });
    int phase = 0;
    bool isTraining = false;
    reader.take(phase);
    reader.take(isTraining);
    const bool known = phase >= 0 && phase <= static_cast<int>(GolfPhase::Finished);
    state.phase = known ? static_cast<GolfPhase>(phase) : GolfPhase::Start;
    if (isTraining)
        state.fit = decodeTrainingState(reader.rest(), parameters);
    if (!known || (!isTraining && !reader.atEnd()) || !fits(state, parameters))
        throw Error(ErrorKind::Input, "the checkpoint's numbers do not belong together, expected "
                                      "the state of the run's game");
    return state;
}

} // namespace core
