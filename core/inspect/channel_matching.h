// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/base/progress.h"
#include "core/model/model.h"

#include <cstddef>
#include <stop_token>
#include <string>
#include <vector>

namespace core
{

/// A channel of one network and what it corresponds to in another.
struct ChannelPair {
    int a = 0;
    int b = 0;
    double correlation = 0; ///< Pearson's, of their responses; above 0
};

/// Which channels of the same unit of two networks do the same: the one-to-one assignment with the
/// highest sum of correlations (Li et al., "Convergent Learning", ICLR 2016). Channels that are
/// left over, or whose best offer is not positively correlated (or constant), have no partner.
struct UnitMatching {
    std::string unit; ///< "conv1", "hidden1"
    int channelsA = 0;
    int channelsB = 0;
    std::vector<double> correlation;  ///< [channelsA, channelsB]; 0 where one of them is constant
    std::vector<ChannelPair> matched; ///< by a
    std::vector<int> onlyA;           ///< without a partner
    std::vector<int> onlyB;

    double correlationOf(int a, int b) const
    {
        return correlation[static_cast<std::size_t>(a * channelsB + b)];
    }
};

/// Pairs the channels by a correlation matrix.
void matchChannels(UnitMatching& matching);

/// Every unit that both networks have but the logits, on `sample` images spread evenly over the
/// data, after the activation functions. Responses are compared position by position; where maps
/// differ in size or stride, each position of `a` with the one of `b` that looks at the nearest
/// place. Blocks. Throws Error(Input) where images don't fit; a stop returns the units of the
/// images seen.
std::vector<UnitMatching> matchUnits(Backend& backendA, const Model& a, Backend& backendB,
                                     const Model& b, const Dataset& data, int sample = 1000,
                                     const ProgressObserver& observer = {},
                                     std::stop_token stop = {});

} // namespace core
