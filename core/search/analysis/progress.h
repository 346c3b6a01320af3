// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/space.h"
#include "core/search/trial.h"

#include <optional>
#include <vector>

namespace core
{

/// A trial's result, if it is complete and a number.
std::optional<double> trialResult(const Trial& trial);

/// After each of the trials, in their order: the best result until then. Absent before the first.
std::vector<std::optional<double>> bestSoFar(const StudyHistory& history);

/// What share of the complete trials is at most as large as a value: rising, one a different value.
struct ShareBelow {
    double value = 0;
    double share = 0; ///< in (0, 1]
};
std::vector<ShareBelow> resultDistribution(const StudyHistory& history);

/// What the trials varied, in the order of `known` and then by name: ranges as wide as all that any
/// of them drew from. A parameter that was drawn from ranges that can't be compared has the newest.
SearchSpace triedSpace(const StudyHistory& history, const SearchSpace& known = {});

/// How many trials are in a state.
int trialsIn(const StudyHistory& history, TrialState state);

} // namespace core
