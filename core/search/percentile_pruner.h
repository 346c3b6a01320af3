// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/pruner.h"

#include <vector>

namespace core
{

/// Prunes a trial whose best value so far is worse than a percentile of what the complete trials
/// had at the same step. The median is the 50th.
class PercentilePruner : public Pruner
{
public:
    explicit PercentilePruner(const PercentileOptions& options) : m_options(options) {}
    std::string_view name() const override
    {
        return m_options.percentile == 50 ? "median" : "percentile";
    }
    PruneVerdict judge(const StudyHistory& history, const Trial& trial) const override;

private:
    PercentileOptions m_options;
};

/// With linear interpolation; NaN where no value is a number.
double percentile(std::vector<double> values, double percent);

} // namespace core
