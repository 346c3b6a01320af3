// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/circuit_pair.h"
#include "ui/figures/pair_figure.h"

#include <optional>
#include <vector>

namespace ui
{

/// Both networks as circuits whose matched channels stand at the same place, or one circuit whose
/// edges are the differences.
class PairCircuitFigure : public PairFigure
{
public:
    enum { kCurrentNode = 0, kReferenceNode = 100, kDifferenceNode = 200 };
    ///< first MapKey::group of a panel: add the column; index: the place in it

    /// Only paths through these nodes of the current model's circuit, one entry a column.
    using Chosen = std::vector<std::optional<int>>;

    PairCircuitFigure(ModelPair pair, PairMode mode, Chosen chosen);

    QString title() const override;
    QString caption() const override;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;
    QString hoverText(const SceneHit& hit) const override;
    std::vector<PairMark> marksOf(const Selection& selection) const override;

    /// The column and the node of the current model's circuit that was hit.
    struct Node {
        int column = 0;
        int node = 0;
    };
    std::optional<Node> nodeAt(const SceneHit& hit) const;

    /// Whether both have the same layers, and few enough nodes to draw.
    static bool fits(const ModelPair& pair);

    static constexpr int kMostNodes = 200; ///< of a column: all channels of both models
    static constexpr double kThreshold = 0.25;

protected:
    FigureKind kind() const override { return FigureKind::CompareCircuit; }
    QJsonObject settings() const override;

private:
    struct Panel {
        const core::Circuit* circuit = nullptr;
        QString name;
        int group = 0;
        std::optional<int> core::CircuitPlace::*member = nullptr; ///< null: both
    };

    std::vector<Panel> panels() const;
    double addPanel(Scene& scene, const Panel& panel, double top, double width,
                    double height) const;
    void addColumn(Scene& scene, const Panel& panel, std::size_t column,
                   const std::vector<QRectF>& areas) const;
    std::vector<QRectF> areasOf(std::size_t column, double x, double top, double height,
                                const FigureStyle& style) const;
    QString placeText(std::size_t column, int place) const; ///< "2 \u2194 3", "2 \u2194 \u2013"

    core::CircuitPair m_circuits; ///< a is the reference
    Chosen m_chosen;              ///< places
};

} // namespace ui
