// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/sweep.h"

#include <cmath>
#include <string>

namespace test
{

/// Four epochs towards an accuracy that is best near lr 1e-3 and batch 10, at once.
inline core::ObjectiveResult cheapTraining(const core::Trial& trial, const core::Reporter& report,
                                           const std::stop_token&)
{
    const double lr = std::log10(trial.parameters.at("lr").internal) + 3;
    const double batch = (trial.parameters.at("batch").internal - 10) / 20;
    const double value = 0.985 - 0.02 * lr * lr - 0.01 * batch * batch;
    core::ObjectiveResult result;
    result.attributes = {{"measured_on", "\"MNIST validation, 10,000 images\""},
                         {"architecture", "\"linear 10\""},
                         {"parameters", "7850"}};
    for (int epoch = 1; epoch <= 4; ++epoch)
        if (!report(epoch, value - 0.05 / (epoch * epoch)))
            return result;
    result.value = value;
    return result;
}

/// Adds cheap trials of the published ranges to a study until it has so many; the median prunes.
inline void fillStudy(const std::string& url, const std::string& name, int trials,
                      const core::TrialObjective& objective = cheapTraining)
{
    core::Study study({url}, name, core::Direction::Maximize);
    core::SamplerOptions sampling;
    sampling.kind = core::SamplerKind::Random;
    const auto sampler = core::makeSampler(sampling);
    const auto pruner = core::makePruner({.kind = core::PrunerKind::Median});
    core::runSweep(study, core::searchSpacePresets().front().space, *sampler, *pruner, objective,
                   {.trials = trials});
}

} // namespace test
