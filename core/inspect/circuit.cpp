// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/circuit.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace core
{

namespace
{

/// Norm with the sign of the sum: one number for a kernel.
double strength(std::span<const float> weights)
{
    double squares = 0;
    double sum = 0;
    for (const float weight : weights) {
        squares += static_cast<double>(weight) * weight;
        sum += weight;
    }
    return sum < 0 ? -std::sqrt(squares) : std::sqrt(squares);
}

void add(CircuitColumn& column, int from, int to, double weight)
{
    if (weight == 0)
        return;
    column.edges.push_back({from, to, weight});
    if (std::isfinite(weight))
        column.largest = std::max(column.largest, std::abs(weight));
}

/// The neurons that a linear layer reads, if there are few enough and more than channels.
std::optional<CircuitColumn> neuronsBetween(const CircuitColumn& before, int read)
{
    if (!before.unit || read <= before.nodes || read > kMostCircuitNeurons ||
        read % before.nodes != 0)
        return std::nullopt;
    CircuitColumn column{"neurons", {}, read, read / before.nodes, {}};
    for (int neuron = 0; neuron < read; ++neuron)
        column.edges.push_back({neuron / column.perChannel, neuron, 1});
    return column;
}

/// Weights are [outputs, inputs, ...]; what a node of the column before accounts for lies together.
/// A grouped convolution reads only the nodes of its group.
void connect(CircuitColumn& column, const CircuitColumn& before, const Parameters& parameters,
             const ParameterSlice& slice, int groups)
{
    const auto weights = parameters.of(slice);
    const std::size_t perOutput = slice.count / static_cast<std::size_t>(column.nodes);
    const int reads = before.nodes / groups;
    const std::size_t each = perOutput / static_cast<std::size_t>(std::max(1, reads));
    for (int to = 0; to < column.nodes && each > 0; ++to)
        for (int i = 0; i < reads; ++i) {
            const int group = to / (column.nodes / groups);
            add(column, group * reads + i, to,
                strength(weights.subspan(static_cast<std::size_t>(to) * perOutput +
                                             static_cast<std::size_t>(i) * each,
                                         each)));
        }
}

std::vector<bool> marks(int nodes, const std::optional<int>& chosen)
{
    std::vector<bool> result(static_cast<std::size_t>(nodes), !chosen);
    if (chosen && *chosen >= 0 && *chosen < nodes)
        result[static_cast<std::size_t>(*chosen)] = true;
    return result;
}

} // namespace

std::optional<int> Circuit::columnOf(int unit) const
{
    const auto found = std::ranges::find(columns, std::optional(unit), &CircuitColumn::unit);
    return found == columns.end() ? std::nullopt
                                  : std::optional(static_cast<int>(found - columns.begin()));
}

std::optional<int> Circuit::neurons() const
{
    const auto found = std::ranges::find(columns, "neurons", &CircuitColumn::name);
    return found == columns.end() ? std::nullopt
                                  : std::optional(static_cast<int>(found - columns.begin()));
}

Circuit circuitOf(const Architecture& architecture, const Parameters& parameters)
{
    Circuit circuit{{{"input", {}, 1, 1, {}}}};
    for (std::size_t i = 0; i < architecture.units().size(); ++i) {
        const Unit& unit = architecture.units()[i];
        const ParameterSlice* slice = parameters.find(unit.weightLayer, ParameterRole::Weight);
        if (slice == nullptr)
            continue;
        const Layer& layer = architecture.layers()[static_cast<std::size_t>(unit.weightLayer)];
        const auto* convolution = std::get_if<Convolution>(&layer);
        if (convolution == nullptr)
            if (auto neurons =
                    neuronsBetween(circuit.columns.back(), static_cast<int>(slice->shape[1])))
                circuit.columns.push_back(std::move(*neurons));
        CircuitColumn column{unit.name, static_cast<int>(i), unit.shape.channels, 1, {}};
        connect(column, circuit.columns.back(), parameters, *slice,
                convolution != nullptr ? convolution->groups : 1);
        circuit.columns.push_back(std::move(column));
    }
    return circuit;
}

std::vector<std::vector<bool>> shownEdges(const Circuit& circuit, double threshold,
                                          const std::vector<std::optional<int>>& chosen)
{
    const std::size_t count = circuit.columns.size();
    std::vector<std::vector<bool>> shown(count);
    std::vector<std::vector<bool>> allowed;
    for (std::size_t c = 0; c < count; ++c) {
        const CircuitColumn& column = circuit.columns[c];
        allowed.push_back(marks(column.nodes, c < chosen.size() ? chosen[c] : std::nullopt));
        for (const CircuitEdge& edge : column.edges)
            shown[c].push_back(column.largest == 0 ||
                               std::abs(edge.weight) >= threshold * column.largest);
    }
    const auto filter = [&](std::size_t c, auto keeps) {
        for (std::size_t i = 0; i < shown[c].size(); ++i)
            shown[c][i] = shown[c][i] && keeps(circuit.columns[c].edges[i]);
    };
    const auto at = [](const std::vector<bool>& nodes, int node) {
        return static_cast<bool>(nodes[static_cast<std::size_t>(node)]);
    };
    // Behind a chosen node only what it reaches, before it only what reaches it.
    bool behind = false;
    std::vector<bool> reached;
    for (std::size_t c = 0; c < count; ++c) {
        const bool here = c < chosen.size() && chosen[c];
        if (c > 0) {
            filter(c, [&](const CircuitEdge& edge) {
                return at(allowed[c - 1], edge.from) && at(allowed[c], edge.to) &&
                       (!behind || at(reached, edge.from));
            });
            std::vector<bool> next(allowed[c].size(), false);
            for (std::size_t i = 0; i < shown[c].size(); ++i)
                if (shown[c][i])
                    next[static_cast<std::size_t>(circuit.columns[c].edges[i].to)] = true;
            reached = std::move(next);
        }
        if (here && !behind)
            reached = allowed[c];
        behind = behind || here;
    }
    bool before = false;
    std::vector<bool> leading;
    for (std::size_t c = count; c-- > 1;) {
        if (!before && c < chosen.size() && chosen[c]) {
            before = true;
            leading = allowed[c];
        }
        if (!before)
            continue;
        filter(c, [&](const CircuitEdge& edge) { return at(leading, edge.to); });
        leading.assign(allowed[c - 1].size(), false);
        for (std::size_t i = 0; i < shown[c].size(); ++i)
            if (shown[c][i])
                leading[static_cast<std::size_t>(circuit.columns[c].edges[i].from)] = true;
    }
    return shown;
}

} // namespace core
