// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ablation_trial.h"

#include "core/base/error.h"
#include "ui/ablation_bench.h"

#include <algorithm>

namespace ui
{

namespace
{

/// Nothing where there is nothing to take away, or it can't be put so: who does it is told why.
std::optional<core::AblationEffect> effectOf(AblationBench& bench, core::AblationHistory& history,
                                             const core::AblationTarget& target,
                                             core::AblationKind kind, const std::stop_token& stop)
{
    core::AblationStudy& study = bench.ready();
    const bool mean = kind == core::AblationKind::Mean;
    const core::MeanActivations* means =
        mean ? study.means(history.parameters().values(), stop) : nullptr;
    if (mean && means == nullptr)
        return std::nullopt;
    try {
        if (!history.ablate(bench.model->architecture, target, kind, means))
            return std::nullopt;
    } catch (const core::Error&) {
        return std::nullopt;
    }
    return study.effect(history.parameters().values(), stop);
}

std::optional<core::AblationEffect> tryOut(AblationBench& bench, core::AblationHistory& history,
                                           const core::AblationTarget& target,
                                           core::AblationKind kind, const std::stop_token& stop)
{
    const std::lock_guard lock(bench.mutex);
    const bool single =
        std::holds_alternative<core::WeightTarget>(target) && kind == core::AblationKind::Zero;
    if (stop.stop_requested() || (!single && !bench.quick()))
        return std::nullopt;
    bench.ready();
    const auto start = std::chrono::steady_clock::now();
    const auto effect = effectOf(bench, history, target, kind, stop);
    const auto took = std::chrono::steady_clock::now() - start;
    if (effect && !single)
        bench.quickest = std::min(took, bench.quickest.value_or(took));
    return effect;
}

} // namespace

void AblationTrial::start(std::shared_ptr<AblationBench> bench, core::AblationHistory history,
                          const core::AblationTarget& target, core::AblationKind kind)
{
    const auto work = [bench = std::move(bench), history = std::move(history), target,
                       kind](std::stop_token stop) mutable {
        return tryOut(*bench, history, target, kind, stop);
    };
    m_job.start(work, [this, target](std::optional<core::AblationEffect> effect) {
        if (effect)
            emit measured(target, *effect);
    });
}

} // namespace ui
