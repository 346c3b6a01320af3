// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/channel_matching.h"
#include "core/inspect/circuit.h"

#include <optional>
#include <span>
#include <vector>

namespace core
{

/// Who stands at one place of a column: a node of either circuit, or of both.
struct CircuitPlace {
    std::optional<int> a;
    std::optional<int> b;
    bool operator==(const CircuitPlace&) const = default;
};

/// Two circuits whose nodes are moved to common places: matched channels, and their neurons, share
/// one. Edges name places, and `largest` is that of both, so that widths mean the same.
struct CircuitPair {
    Circuit a;
    Circuit b;
    /// b - a, edge by edge; one that only one of them has counts as 0 in the other. Its `largest`
    /// is of the differences. Neurons keep the edges to their channel.
    Circuit difference;
    std::vector<std::vector<CircuitPlace>> places; ///< [columns][nodes]; in order of b, then a's
};

/// Absent where the columns of the two don't have the same names. Units without a matching, and the
/// digits, correspond by their numbers.
std::optional<CircuitPair> pairedCircuits(const Circuit& a, const Circuit& b,
                                          std::span<const UnitMatching> units);

} // namespace core
