// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prune/ablation_evaluator.h"

#include "core/prune/full_evaluator.h"
#include "core/prune/incremental_evaluator.h"

#include <utility>

namespace core
{

std::vector<Removal> AblationEvaluator::removeInTurn(std::span<const std::size_t> parameters,
                                                     int atLeast, std::stop_token stop)
{
    const std::size_t first = parameters.front();
    const std::optional<int> correct = tryValue(first, 0, atLeast, std::move(stop));
    if (!correct)
        return {};
    const bool kept = *correct >= atLeast;
    if (kept)
        commit(first, 0);
    return {{first, kept, *correct}};
}

std::unique_ptr<AblationEvaluator> makeAblationEvaluator(const Architecture& architecture,
                                                         std::span<const float> parameters,
                                                         const Dataset& data,
                                                         const BackendOptions& backend,
                                                         PruneEvaluation evaluation)
{
    if (evaluation == PruneEvaluation::Incremental && backend.choice != BackendChoice::Torch &&
        canEvaluateIncrementally(architecture, data.size()))
        return makeIncrementalEvaluator(architecture, parameters, data, backend.threads);
    return makeFullEvaluator(makeBackend(architecture, backend), parameters, data);
}

} // namespace core
