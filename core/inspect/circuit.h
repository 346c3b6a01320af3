// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"
#include "core/model/parameters.h"

#include <optional>
#include <string>
#include <vector>

namespace core
{

// A network as a drawing of nodes and edges: input, the channels of each unit, the neurons that the
// first linear layer reads, and so on to the logits.

struct CircuitEdge {
    int from = 0; ///< node of the column before
    int to = 0;   ///< node of this column
    /// Of a convolution the Euclidean norm of the kernel with the sign of its sum, of a linear
    /// layer the weight itself. Where a linear layer reads whole maps that are not drawn neuron by
    /// neuron, norm and sign of its weights for that map.
    double weight = 0;
};

struct CircuitColumn {
    std::string name;        ///< "input", "conv1", "neurons", "logits"
    std::optional<int> unit; ///< index into Architecture::units(); absent for input and neurons
    int nodes = 0;
    int perChannel = 1;             ///< neurons: how many belong to a channel of the column before
    std::vector<CircuitEdge> edges; ///< from the column before; zero weights are no edges
    double largest = 0;             ///< magnitude of an edge; 0 for neurons, whose edges only say
                                    ///< which channel they are part of
};

struct Circuit {
    std::vector<CircuitColumn> columns;

    std::optional<int> columnOf(int unit) const;
    std::optional<int> neurons() const; ///< the column of the neurons, if they are drawn
};

/// Neurons are drawn one by one up to this many.
constexpr int kMostCircuitNeurons = 200;

Circuit circuitOf(const Architecture& architecture, const Parameters& parameters);

/// Which edges are drawn, [columns][edges]: those of at least `threshold` times the largest of
/// their column that lie on a path through all chosen nodes. `chosen` has one entry a column; a
/// path need not reach both ends of the network.
std::vector<std::vector<bool>> shownEdges(const Circuit& circuit, double threshold,
                                          const std::vector<std::optional<int>>& chosen = {});

} // namespace core
