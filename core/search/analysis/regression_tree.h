// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/search/analysis/unit_cube.h"

#include <span>
#include <vector>

namespace core
{

/// A part of the unit cube in which a regression tree says the same.
struct TreeCell {
    std::vector<double> low; ///< one a dimension
    std::vector<double> high;
    double value = 0;
};

/// A regression tree (CART, least squares) over the unit cube, grown until every cell holds one
/// result only or points that can't be told apart. `chosen` are the samples that it sees; one may
/// be there several times. The cells tile the cube.
std::vector<TreeCell> growTree(const StudySamples& samples, std::vector<std::size_t> chosen);

/// Draws of a bootstrap: as many samples as there are, with repetition.
std::vector<std::size_t> bootstrapDraws(std::size_t samples, Random& random);

} // namespace core
