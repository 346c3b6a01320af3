// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prune/brute_force.h"

#include "core/base/error.h"
#include "core/prune/ablation_evaluator.h"
#include "core/prune/candidates.h"
#include "core/prune/pruner.h"

#include <algorithm>
#include <cassert>
#include <fmt/format.h>

namespace core
{

namespace
{

void requireSense(const PruneOptions& options, const Dataset& data)
{
    if (options.passes < 1)
        throw Error(ErrorKind::Usage,
                    fmt::format("pruning: found {} passes, expected at least 1", options.passes));
    if (!(options.threshold > 0 && options.threshold <= 1))
        throw Error(ErrorKind::Usage,
                    fmt::format("pruning: found the threshold {}, expected a share of right "
                                "answers above 0 and up to 1",
                                options.threshold));
    if (data.size() == 0)
        throw Error(ErrorKind::Usage,
                    fmt::format("pruning: {} has no images to select on", data.description()));
}

void requireThreshold(int correct, int required, const PruneOptions& options, const Dataset& data)
{
    if (correct < required)
        throw Error(ErrorKind::GoalNotReached,
                    fmt::format("the network is below the threshold to begin with: {} right on "
                                "{}, expected at least {} ({:.6g} %)",
                                withThousands(correct), data.description(), withThousands(required),
                                100 * options.threshold));
}

} // namespace

PruneState initialPruneState(std::span<const float> parameters)
{
    PruneState state;
    state.parameters.assign(parameters.begin(), parameters.end());
    return state;
}

PruneState prune(const Architecture& architecture, PruneState state, const Dataset& data,
                 const PruneOptions& options, const BackendOptions& backend,
                 const PruneObserver& observer, std::stop_token stop, PruneEvaluation evaluation)
{
    if (state.finished)
        return state;
    requireSense(options, data);
    const auto evaluator =
        makeAblationEvaluator(architecture, state.parameters, data, backend, evaluation);
    return prune(architecture, std::move(state), data, options, *evaluator, observer,
                 std::move(stop));
}

PruneState prune(const Architecture& architecture, PruneState state, const Dataset& data,
                 const PruneOptions& options, AblationEvaluator& evaluator,
                 const PruneObserver& observer, std::stop_token stop)
{
    assert(evaluator.parameters().size() == state.parameters.size());
    requireSense(options, data);
    const int required = requiredCorrect(options.threshold, data.size());
    if (!state.started) {
        const std::optional<int> correct = evaluator.correct(stop);
        if (!correct)
            return state;
        requireThreshold(*correct, required, options, data);
        state.correct = *correct;
        state.started = true;
    }
    const auto run = [&](auto&& pruner) { return pruner.run(); };
    if (options.method == PruneMethod::BestFirst)
        return run(BestFirst(architecture, std::move(state), options, required, evaluator, observer,
                             std::move(stop)));
    return run(BruteForce(architecture, std::move(state), options, required, evaluator, observer,
                          std::move(stop)));
}

} // namespace core
