// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/pruner.h"

#include <vector>

namespace core
{

/// A trial that reaches a rung goes on if its value is among the best of those that did. What it
/// had there stays with it as the system attribute "completed_rung_0", "completed_rung_1", ...
class HalvingPruner : public Pruner
{
public:
    explicit HalvingPruner(const HalvingOptions& options) : m_options(options) {}
    std::string_view name() const override { return "successive halving"; }
    PruneVerdict judge(const StudyHistory& history, const Trial& trial) const override;

private:
    HalvingOptions m_options;
};

/// Successive halving among the trials of the same bracket; the study's name and a trial's number
/// decide the bracket.
class HyperbandPruner : public Pruner
{
public:
    explicit HyperbandPruner(const HyperbandOptions& options) : m_options(options) {}
    std::string_view name() const override { return "Hyperband"; }
    PruneVerdict judge(const StudyHistory& history, const Trial& trial) const override;

private:
    HyperbandOptions m_options;
};

/// How many trials each bracket gets, in proportion. At least one bracket.
std::vector<std::int64_t> bracketBudgets(std::int64_t minSteps, std::int64_t maxSteps, int factor);
std::size_t bracketOf(const std::string& study, int number,
                      const std::vector<std::int64_t>& budgets);

/// "completed_rung_0", ...: the system attribute in which a trial keeps what it had at a rung.
std::string rungKey(int rung);
inline constexpr std::string_view kRungPrefix = "completed_rung_";

} // namespace core
