// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/pruner.h"

#include "core/base/error.h"
#include "core/search/halving_pruner.h"
#include "core/search/percentile_pruner.h"

#include <fmt/format.h>

namespace core
{

namespace
{

class NoPruner : public Pruner
{
public:
    std::string_view name() const override { return "none"; }
    PruneVerdict judge(const StudyHistory&, const Trial&) const override { return {}; }
};

void require(bool sensible, const std::string& sentence)
{
    if (!sensible)
        throw Error(ErrorKind::Usage, "trial pruning: " + sentence);
}

void check(const PercentileOptions& options)
{
    require(options.percentile >= 0 && options.percentile <= 100,
            fmt::format("percentile {}, expected 0 to 100", options.percentile));
    require(options.startup >= 0 && options.warmup >= 0,
            fmt::format("{} trials and {} steps to begin with, expected 0 or more", options.startup,
                        options.warmup));
    require(options.interval >= 1 && options.least >= 1,
            fmt::format("an interval of {} steps and at least {} values, expected 1 or more",
                        options.interval, options.least));
}

void check(std::int64_t minSteps, int factor)
{
    require(minSteps >= 1, fmt::format("at least {} steps, expected 1 or more", minSteps));
    require(factor >= 2, fmt::format("one in {} promoted, expected 2 or more", factor));
}

} // namespace

std::unique_ptr<Pruner> makePruner(const PrunerOptions& options)
{
    PercentileOptions percentile = options.percentile;
    switch (options.kind) {
    case PrunerKind::Median:
        percentile.percentile = 50;
        [[fallthrough]];
    case PrunerKind::Percentile:
        check(percentile);
        return std::make_unique<PercentilePruner>(percentile);
    case PrunerKind::SuccessiveHalving:
        check(options.halving.minSteps.value_or(1), options.halving.factor);
        return std::make_unique<HalvingPruner>(options.halving);
    case PrunerKind::Hyperband:
        check(options.hyperband.minSteps, options.hyperband.factor);
        require(options.hyperband.maxSteps.value_or(options.hyperband.minSteps) >=
                    options.hyperband.minSteps,
                fmt::format("at most {} steps, expected {} or more", *options.hyperband.maxSteps,
                            options.hyperband.minSteps));
        return std::make_unique<HyperbandPruner>(options.hyperband);
    case PrunerKind::None:
        break;
    }
    return std::make_unique<NoPruner>();
}

} // namespace core
