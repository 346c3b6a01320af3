// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/output.h"
#include "core/search/sweep.h"

#include <string>

namespace app
{

/// Values, result and attributes of a trial.
Json asJson(const core::Trial& trial);
Json asJson(const std::vector<core::StudySummary>& studies);

/// "lr 0.0021, batch 14"
std::string parametersText(const core::Trial& trial);
/// The trial's result as a line: "trial 12: 98.1 %, lr ...".
std::string lineOf(const core::Trial& trial);
/// Several lines with all that is known of a trial.
std::string describeTrial(const core::Trial& trial);

/// How many trials a study has in each state, and its best.
Json studyAsJson(const core::Study& study);
std::string studyAsText(const core::Study& study);

} // namespace app
