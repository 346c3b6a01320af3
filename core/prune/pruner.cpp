// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prune/pruner.h"

#include "core/prune/candidates.h"
#include "core/prune/visit_order.h"

#include <algorithm>
#include <utility>

namespace core
{

PruneState Pruner::run()
{
    m_nonzero = nonzeroCount(m_architecture, m_state.parameters);
    while (!m_state.finished) {
        if (m_stop.stop_requested() || advance() == Step::Stopped)
            break;
        if (m_observer.state)
            m_observer.state(m_state);
    }
    return std::move(m_state);
}

void Pruner::noteRemoval(std::size_t parameter, int correct)
{
    m_state.parameters[parameter] = 0;
    m_state.correct = correct;
    ++m_state.removed;
    ++m_state.removedInPass;
    --m_nonzero;
}

void Pruner::tell(PruneVisit visit)
{
    if (!m_observer.visited)
        return;
    visit.pass = m_state.pass;
    visit.nonzero = m_nonzero;
    m_observer.visited(visit);
}

Pruner::Step BruteForce::advance()
{
    if (m_state.order.empty())
        return beginPass();
    if (m_state.next == m_state.order.size()) {
        endPass();
        return Step::Done;
    }
    return visitNext();
}

Pruner::Step BruteForce::beginPass()
{
    auto order = visitOrder(m_architecture, m_evaluator, m_options, m_state.pass, m_stop);
    if (!order)
        return Step::Stopped;
    m_state.order = std::move(*order);
    m_state.next = 0;
    m_state.finished = m_state.order.empty();
    return Step::Done;
}

void BruteForce::endPass()
{
    m_state.finished = m_state.pass >= m_options.passes || m_state.removedInPass == 0;
    if (m_state.finished)
        return;
    ++m_state.pass;
    m_state.removedInPass = 0;
    m_state.order.clear();
    m_state.next = 0;
}

Pruner::Step BruteForce::visitNext()
{
    if (m_nextDecided == m_decided.size()) {
        m_decided = m_evaluator.removeInTurn(std::span(m_state.order).subspan(m_state.next),
                                             m_required, m_stop);
        m_nextDecided = 0;
        if (m_decided.empty())
            return Step::Stopped;
    }
    const Removal& decision = m_decided[m_nextDecided++];
    PruneVisit visit;
    visit.visit = ++m_state.visited;
    visit.parameter = decision.parameter;
    visit.value = m_state.parameters[decision.parameter];
    visit.removed = decision.kept;
    visit.exact = visit.removed || m_evaluator.alwaysInFull();
    visit.correct = visit.exact ? decision.correct : m_required - 1;
    visit.correctBefore = m_state.correct;
    if (visit.removed)
        noteRemoval(decision.parameter, decision.correct);
    ++m_state.next;
    tell(visit);
    return Step::Done;
}

Pruner::Step BestFirst::advance()
{
    if (m_state.order.empty()) {
        m_state.order = pruneCandidates(m_architecture, m_options);
        std::erase_if(m_state.order, [&](std::size_t i) { return m_state.parameters[i] == 0; });
    }
    const std::optional<Best> best = tryAll();
    if (!best)
        return Step::Stopped;
    std::optional<std::size_t> chosen;
    if (!best->parameters.empty()) {
        chosen = smallestLoss(best->parameters);
        if (!chosen)
            return Step::Stopped;
    }
    m_state.visited += m_state.order.size();
    if (chosen)
        removeBest(*chosen, best->correct);
    m_state.finished = !chosen || m_state.order.empty();
    return Step::Done;
}

/// What left most right in the last step comes first, so that the others' evaluations end early.
/// The step's outcome does not depend on it.
std::vector<std::size_t> BestFirst::trialOrder() const
{
    std::vector<std::size_t> order = m_state.order;
    if (!m_lastCounts.empty())
        std::ranges::stable_sort(order, std::ranges::greater(),
                                 [&](std::size_t i) { return m_lastCounts[i]; });
    return order;
}

std::optional<BestFirst::Best> BestFirst::tryAll()
{
    const std::vector<std::size_t> order = trialOrder();
    m_lastCounts.resize(m_state.parameters.size());
    Best best = {m_required, {}};
    for (const std::size_t i : order) {
        const std::optional<int> correct = m_evaluator.tryValue(i, 0, best.correct, m_stop);
        if (!correct)
            return std::nullopt;
        m_lastCounts[i] = *correct;
        if (*correct > best.correct)
            best = {*correct, {i}};
        else if (*correct == best.correct)
            best.parameters.push_back(i);
    }
    std::ranges::sort(best.parameters);
    return best;
}

std::optional<std::size_t> BestFirst::smallestLoss(const std::vector<std::size_t>& parameters)
{
    if (parameters.size() == 1)
        return parameters.front();
    std::size_t smallest = 0;
    std::optional<std::int64_t> loss;
    for (const std::size_t i : parameters) {
        const std::optional<Ablation> without = m_evaluator.measure(i, 0, m_stop);
        if (!without)
            return std::nullopt;
        if (!loss || without->lossUnits < *loss) {
            smallest = i;
            loss = without->lossUnits;
        }
    }
    return smallest;
}

void BestFirst::removeBest(std::size_t parameter, int correct)
{
    PruneVisit visit;
    visit.parameter = parameter;
    visit.value = m_state.parameters[parameter];
    visit.removed = true;
    visit.correct = correct;
    visit.correctBefore = m_state.correct;
    m_evaluator.commit(parameter, 0);
    noteRemoval(parameter, correct);
    visit.visit = m_state.removed;
    std::erase(m_state.order, parameter);
    tell(visit);
}

} // namespace core
