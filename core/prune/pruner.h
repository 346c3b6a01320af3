// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/prune/ablation_evaluator.h"
#include "core/prune/brute_force.h"

#include <optional>
#include <stop_token>
#include <vector>

namespace core
{

/// What both methods of pruning share: the state, the goal and who is told.
class Pruner
{
public:
    Pruner(const Architecture& architecture, PruneState state, const PruneOptions& options,
           int required, AblationEvaluator& evaluator, const PruneObserver& observer,
           std::stop_token stop)
        : m_architecture(architecture), m_state(std::move(state)), m_options(options),
          m_required(required), m_evaluator(evaluator), m_observer(observer),
          m_stop(std::move(stop))
    {
    }
    virtual ~Pruner() = default;
    Pruner(const Pruner&) = delete;
    Pruner& operator=(const Pruner&) = delete;

    /// Goes on until all is tried, or until stopped.
    PruneState run();

protected:
    enum class Step { Done, Stopped };

    /// One decision, or the end of a pass; sets `finished` where it was the last.
    virtual Step advance() = 0;

    void noteRemoval(std::size_t parameter, int correct);
    void tell(PruneVisit visit); ///< fills in what follows from the state

    const Architecture& m_architecture;
    PruneState m_state;
    const PruneOptions& m_options;
    const int m_required; ///< right answers that must remain
    AblationEvaluator& m_evaluator;
    const PruneObserver& m_observer;
    const std::stop_token m_stop;
    int m_nonzero = 0;
};

/// Visits each weight in turn and keeps its removal if accuracy allows.
class BruteForce : public Pruner
{
public:
    using Pruner::Pruner;

private:
    Step advance() override;
    Step beginPass();
    void endPass();
    Step visitNext();

    std::vector<Removal> m_decided; ///< by the evaluator, ahead of the state
    std::size_t m_nextDecided = 0;
};

/// Each step removes the weight whose removal costs least.
class BestFirst : public Pruner
{
public:
    using Pruner::Pruner;

private:
    /// What a step's trials found.
    struct Best {
        int correct = 0;
        std::vector<std::size_t> parameters; ///< all that leave `correct`
    };

    Step advance() override;
    std::vector<std::size_t> trialOrder() const;
    std::optional<Best> tryAll();
    std::optional<std::size_t> smallestLoss(const std::vector<std::size_t>& parameters);
    void removeBest(std::size_t parameter, int correct);

    std::vector<int> m_lastCounts; ///< by parameter: right answers, or a bound, in the last step
};

} // namespace core
