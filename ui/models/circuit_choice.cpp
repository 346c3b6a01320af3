// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/circuit_choice.h"

#include "ui/models/unit_facts.h"

namespace ui
{

std::vector<std::optional<int>> chosenNodes(const core::Circuit& circuit,
                                            const core::Architecture& architecture,
                                            const Selection& selection)
{
    std::vector<std::optional<int>> chosen(circuit.columns.size());
    const auto at = [&](int column) -> std::optional<int>& {
        return chosen[static_cast<std::size_t>(column)];
    };
    if (selection.label)
        chosen.back() = selection.label;
    if (!selection.channel)
        return chosen;
    if (const auto column = circuit.columnOf(selection.unit))
        at(*column) = selection.channel;
    const auto neurons = circuit.neurons();
    const auto feature = selectedFeature(architecture, selection);
    if (neurons && feature && *feature < circuit.columns[static_cast<std::size_t>(*neurons)].nodes)
        at(*neurons) = feature;
    return chosen;
}

Selection selectingNode(const core::Circuit& circuit, const core::Architecture& architecture,
                        Selection selection, int column, int node)
{
    const auto before = chosenNodes(circuit, architecture, selection);
    const bool again = before[static_cast<std::size_t>(column)] == node;
    const core::CircuitColumn& one = circuit.columns[static_cast<std::size_t>(column)];
    if (column + 1 == static_cast<int>(circuit.columns.size())) {
        selection.label = again ? std::nullopt : std::optional(node);
        return selection;
    }
    if (column > 0 && one.unit) {
        // Again on the channel of a selected neuron: the channel stays.
        const bool letGo = again && !selection.position;
        selection.unit = *one.unit;
        selection.channel = letGo ? std::nullopt : std::optional(node);
        selection.position.reset();
    } else if (const auto unit = architecture.featureUnit(); column > 0 && unit) {
        selection.unit = *unit;
        selection.channel = node / one.perChannel;
        selection.position = again ? std::nullopt : std::optional(node % one.perChannel);
    } else {
        selection.channel.reset();
        selection.position.reset();
    }
    return selection;
}

} // namespace ui
