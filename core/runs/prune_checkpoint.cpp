// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/prune_checkpoint.h"

#include <algorithm>

namespace core
{

namespace
{

/// Calls `visit` with all that there is to know of a pruning.
template<typename State, typename Visit>
void forEachMember(State& state, Visit visit)
{
    visit(state.parameters);
    visit(state.pass);
    visit(state.order);
    visit(state.next);
    visit(state.correct);
    visit(state.visited);
    visit(state.removed);
    visit(state.removedInPass);
    visit(state.started);
    visit(state.finished);
}

bool fits(const PruneState& state, std::size_t parameters)
{
    return state.parameters.size() == parameters && state.pass > 0 && state.correct >= 0 &&
           state.next <= state.order.size() &&
           std::ranges::all_of(state.order, [=](std::size_t i) { return i < parameters; });
}

} // namespace

void encode(const PruneState& state, StateWriter& writer)
{
    forEachMember(state, [&writer](const auto& value) { writer.put(value); });
}

PruneState decodePruneState(std::span<const std::byte> bytes, std::size_t parameters)
{
    StateReader reader(bytes);
    PruneState state;
    forEachMember(state, [&reader](auto& value) { reader.take(value); });
    if (!reader.atEnd() || !fits(state, parameters))
        throw Error(ErrorKind::Input, "the checkpoint's numbers do not belong together, expected "
                                      "the state of the run's pruning");
    return state;
}

} // namespace core
