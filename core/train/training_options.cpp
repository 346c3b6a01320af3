// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/training_options.h"

#include "core/train/require.h"

#include <cmath>
#include <fmt/format.h>

namespace core
{

namespace
{

bool isNotNegative(double value)
{
    return value >= 0 && std::isfinite(value);
}

} // namespace

bool holdsOutValidation(const TrainingOptions& options)
{
    return options.validation || options.keep == KeptEpoch::BestValidation;
}

std::string_view selectedOn(KeptEpoch kept)
{
    switch (kept) {
    case KeptEpoch::Last:
        break;
    case KeptEpoch::BestTest:
        return "test";
    case KeptEpoch::BestValidation:
        return "validation";
    }
    return "";
}

void requireSensible(const TrainingOptions& options)
{
    require(options.epochs >= 0, fmt::format("{} epochs", options.epochs), "0 or more");
    require(options.batch >= 1 && options.batch <= kLargestBatch,
            fmt::format("batch size {}", options.batch), "1 to 1024");
    require(options.lr > 0 && std::isfinite(options.lr),
            fmt::format("learning rate {}", options.lr), "a number above 0");
    if (options.schedule == ScheduleKind::Step) {
        require(options.lrStep >= 1, fmt::format("learning rate step {}", options.lrStep),
                "1 or more epochs");
        require(options.lrGamma > 0 && std::isfinite(options.lrGamma),
                fmt::format("learning rate gamma {}", options.lrGamma), "a number above 0");
    }
    if (options.schedule == ScheduleKind::Cosine)
        require(isNotNegative(options.lrEnd), fmt::format("last learning rate {}", options.lrEnd),
                "0 or more");
    if (options.optimizer == OptimizerKind::Sgd)
        require(options.momentum >= 0 && options.momentum < 1,
                fmt::format("momentum {}", options.momentum), "at least 0 and below 1");
    require(isNotNegative(options.weightDecay), fmt::format("weight decay {}", options.weightDecay),
            "0 or more");
    require(options.labelSmoothing >= 0 && options.labelSmoothing < 1,
            fmt::format("label smoothing {}", options.labelSmoothing), "at least 0 and below 1");
    requireSensible(options.switches);
}

} // namespace core
