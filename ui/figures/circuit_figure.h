// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/ablation.h"
#include "core/inspect/activations.h"
#include "core/inspect/circuit.h"
#include "ui/figures/scene_figure.h"

#include <memory>
#include <optional>
#include <vector>

namespace ui
{

struct CircuitOptions {
    double threshold = 0.25; ///< share of a column's largest weight below which an edge is left out
    std::vector<std::optional<int>> chosen = {}; ///< by column: only paths through these nodes
    /// Of one image, which the nodes show; null: they are empty.
    std::shared_ptr<const core::NetworkActivations> activations = nullptr;
    QString input = {}; ///< names that image: "MNIST test, image 0, label 7"
    std::vector<core::AblationTarget> ablated = {};
};

/// The network as a circuit: input, channels, feature neurons, digits; an edge is a weight, or a
/// kernel's norm. A node's key is {column, node}; edgeKey() is that of an edge.
class CircuitFigure : public SceneFigure
{
public:
    explicit CircuitFigure(core::ModelPointer model, CircuitOptions options = {});

    QString title() const override;
    QString caption() const override;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;
    bool isComputed() const override { return m_options.activations != nullptr; }

    const core::Circuit& circuit() const { return m_circuit; }
    bool drawable() const;                        ///< whether all nodes of a column fit
    QString nodeName(int column, int node) const; ///< "conv2 channel 3", "neuron 17", "logits 7"
    /// "conv2 channel 3, reads conv1: 0 +1.23, 2 -0.80"
    QString describe(int column, int node) const;
    /// Of an edge into the column, by its place in CircuitColumn::edges.
    static MapKey edgeKey(int column, int edge) { return {-column, edge}; }
    static bool isEdge(MapKey key) { return key.group < 0; }
    const core::CircuitEdge& edgeAt(MapKey key) const;
    /// "conv2 channel 3 reads conv1 channel 0: norm +1.23, 40 % of the layer's largest"
    QString describeEdge(MapKey key) const;
    /// What ablating the node takes away; none of the input.
    std::optional<core::AblationTarget> targetOf(int column, int node) const;

    static constexpr int kMostNodes = 200; ///< of a column

protected:
    FigureKind kind() const override { return FigureKind::Circuit; }
    QJsonObject settings() const override;

private:
    struct Place {
        double x = 0;
        double cell = 0; ///< points a value of a node's map
        core::Shape map; ///< of one node
        double gap = 0;
        double between = 0; ///< more room between the neurons of two channels
        double top = 0;
    };

    core::Shape mapOf(std::size_t column) const;
    Place placeOf(std::size_t column, const QSizeF& room, const FigureStyle& style) const;
    QRectF areaOf(const Place& place, std::size_t column, int node) const;
    HeatMap nodeMap(std::size_t column, int node) const;
    double largestOf(std::size_t column) const;
    bool isAblated(std::size_t column, int node) const;
    void addEdges(Scene& scene, const std::vector<Place>& places) const;
    void addNodes(Scene& scene, const std::vector<Place>& places, std::size_t column) const;
    QStringList headOf(std::size_t column, bool brief) const;
    bool headsFit(const std::vector<Place>& places, const FigureStyle& style) const;
    void addHead(Scene& scene, const Place& place, std::size_t column, bool brief) const;

    CircuitOptions m_options;
    core::Circuit m_circuit;
    std::vector<std::vector<bool>> m_shown;
};

} // namespace ui
