// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/circuit_pair.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace core
{

namespace
{

using Places = std::vector<CircuitPlace>;
using Member = std::optional<int> CircuitPlace::*;

std::optional<int> within(int node, int nodes)
{
    return node < nodes ? std::optional(node) : std::nullopt;
}

Places byNumber(int nodesA, int nodesB)
{
    Places places;
    for (int node = 0; node < std::max(nodesA, nodesB); ++node)
        places.push_back({within(node, nodesA), within(node, nodesB)});
    return places;
}

Places byMatching(const UnitMatching& matching)
{
    Places places;
    for (int node = 0; node < matching.channelsB; ++node)
        places.push_back({std::nullopt, node});
    for (const ChannelPair& pair : matching.matched)
        places[static_cast<std::size_t>(pair.b)].a = pair.a;
    for (const int node : matching.onlyA)
        places.push_back({node, std::nullopt});
    return places;
}

/// Those of the channels before, place by place.
Places ofNeurons(const Places& channels, const CircuitColumn& a, const CircuitColumn& b)
{
    Places places;
    for (const CircuitPlace& channel : channels)
        for (int i = 0; i < std::max(a.perChannel, b.perChannel); ++i) {
            const auto neuron = [&](std::optional<int> node, int perChannel) {
                return node && i < perChannel ? std::optional(*node * perChannel + i)
                                              : std::nullopt;
            };
            places.push_back({neuron(channel.a, a.perChannel), neuron(channel.b, b.perChannel)});
        }
    return places;
}

Places placesOf(const CircuitColumn& a, const CircuitColumn& b, const Places& before,
                std::span<const UnitMatching> units)
{
    if (!b.unit && !before.empty())
        return ofNeurons(before, a, b);
    const auto found = std::ranges::find(units, b.name, &UnitMatching::unit);
    return found == units.end() ? byNumber(a.nodes, b.nodes) : byMatching(*found);
}

std::vector<int> placeOfNode(const Places& places, Member member, int nodes)
{
    std::vector<int> at(static_cast<std::size_t>(nodes), 0);
    for (std::size_t place = 0; place < places.size(); ++place)
        if (const auto node = places[place].*member)
            at[static_cast<std::size_t>(*node)] = static_cast<int>(place);
    return at;
}

/// The column with its edges between places instead of nodes.
CircuitColumn moved(const CircuitColumn& column, const CircuitColumn* before, const Places& places,
                    const Places& placesBefore, Member member)
{
    CircuitColumn result = column;
    result.nodes = static_cast<int>(places.size());
    if (before == nullptr)
        return result;
    const auto to = placeOfNode(places, member, column.nodes);
    const auto from = placeOfNode(placesBefore, member, before->nodes);
    for (CircuitEdge& edge : result.edges) {
        edge.from = from[static_cast<std::size_t>(edge.from)];
        edge.to = to[static_cast<std::size_t>(edge.to)];
    }
    return result;
}

CircuitColumn subtracted(const CircuitColumn& a, const CircuitColumn& b)
{
    const bool structure = a.largest == 0 && b.largest == 0; // neurons and their channel
    std::map<std::pair<int, int>, double> weights;
    for (const CircuitEdge& edge : b.edges)
        weights[{edge.from, edge.to}] = edge.weight;
    for (const CircuitEdge& edge : a.edges) {
        double& weight = weights[{edge.from, edge.to}];
        weight = structure ? edge.weight : weight - edge.weight;
    }
    CircuitColumn result = b;
    result.edges.clear();
    result.largest = 0;
    for (const auto& [ends, weight] : weights) {
        if (weight == 0)
            continue;
        result.edges.push_back({ends.first, ends.second, weight});
        if (!structure && std::isfinite(weight))
            result.largest = std::max(result.largest, std::abs(weight));
    }
    return result;
}

} // namespace

std::optional<CircuitPair> pairedCircuits(const Circuit& a, const Circuit& b,
                                          std::span<const UnitMatching> units)
{
    if (!std::ranges::equal(a.columns, b.columns, {}, &CircuitColumn::name, &CircuitColumn::name))
        return std::nullopt;
    CircuitPair pair;
    for (std::size_t c = 0; c < a.columns.size(); ++c) {
        const Places before = c == 0 ? Places() : pair.places.back();
        const Places places = placesOf(a.columns[c], b.columns[c], before, units);
        CircuitColumn first = moved(a.columns[c], c == 0 ? nullptr : &a.columns[c - 1], places,
                                    before, &CircuitPlace::a);
        CircuitColumn second = moved(b.columns[c], c == 0 ? nullptr : &b.columns[c - 1], places,
                                     before, &CircuitPlace::b);
        first.perChannel = second.perChannel = std::max(first.perChannel, second.perChannel);
        pair.difference.columns.push_back(subtracted(first, second));
        first.largest = second.largest = std::max(first.largest, second.largest);
        pair.a.columns.push_back(std::move(first));
        pair.b.columns.push_back(std::move(second));
        pair.places.push_back(places);
    }
    return pair;
}

} // namespace core
