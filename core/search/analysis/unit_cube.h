// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/space.h"
#include "core/search/trial.h"

#include <optional>
#include <vector>

namespace core
{

/// Where an internal value lies in its range, from 0 to 1: on the logarithm where the range is log.
/// Whole numbers and categories have a cell each, and lie in its middle.
double unitPosition(const Distribution& distribution, double internal);

/// The internal value at a position in [0, 1]: the inverse of unitPosition(), rounded to what the
/// range holds.
double valueAtPosition(const Distribution& distribution, double position);

/// The complete trials that have all of a space's parameters, as points of the unit cube with their
/// results.
struct StudySamples {
    std::vector<std::vector<double>> points; ///< [sample][dimension]
    std::vector<double> results;
    std::vector<std::size_t> trials; ///< places in the history
};
StudySamples studySamples(const SearchSpace& space, const StudyHistory& history);

} // namespace core
