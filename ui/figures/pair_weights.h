// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/pair_figure.h"
#include "ui/figures/weight_page.h"

namespace ui
{

/// Every parameter of both models on a page each, or how they differ where the tensors' shapes
/// agree: weight by weight, at the same indices. Other tensors are named below.
class PairWeightsFigure : public PairFigure
{
public:
    PairWeightsFigure(ModelPair pair, PairMode mode);

    QString title() const override;
    QString caption() const override;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;
    bool isComputed() const override { return false; }
    QString hoverText(const SceneHit& hit) const override;
    Selection chosen(const SceneHit& hit, Selection selection) const override;

    /// What the figure can draw; larger networks don't fit a page.
    static bool fits(const ModelPair& pair);

protected:
    FigureKind kind() const override { return FigureKind::CompareWeights; }
    QJsonObject settings() const override { return {}; }

private:
    using Partners = std::vector<std::optional<std::size_t>>;

    ColourScale scale() const;
    QStringList notes() const;
    double addPages(Scene& scene, double width, double room) const;
    double addPage(Scene& scene, const WeightPage& page, double top, double width, double room,
                   bool current) const;
    HeatMap fill(std::size_t first, int rows, int columns, bool current) const;
    float valueOf(std::size_t parameter, bool current) const;
    double addLegend(Scene& scene, double top, double width) const;

    WeightPage m_page;
    WeightPage m_otherPage;
    Partners m_partners; ///< of the current model's parameters in the reference
    ColourScale m_scale;
};

} // namespace ui
