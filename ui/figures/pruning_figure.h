// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/run_spec.h"
#include "ui/figures/prune_map.h"
#include "ui/figures/scene_figure.h"
#include "ui/figures/weight_page.h"

#include <memory>

namespace ui
{

/// How far a pruning is told of, and what it is measured on.
struct PruningFigureOptions {
    core::RunSpec spec; ///< of a pruning
    std::string run;    ///< the run's id, for the recipe
    int images = 0;     ///< of the split that selects; 0 if not known
    int startCorrect = 0;
    std::uint64_t total = 0; ///< visits recorded
};

/// A pruning at one moment: every weight with what became of it, and the accuracy over the number
/// of weights that are left.
class PruningFigure : public SceneFigure
{
public:
    PruningFigure(core::ModelPointer start, std::shared_ptr<const PruneMap> map,
                  PruningFigureOptions options);

    QString title() const override;
    QString caption() const override;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;
    bool isComputed() const override { return false; }

    const PruneMap& map() const { return *m_map; }
    const WeightPage& page() const { return m_page; }
    const PruningFigureOptions& options() const { return m_options; }
    /// "MNIST test": the images that select.
    QString selectedOn() const;
    ColourScale scale() const;

protected:
    FigureKind kind() const override { return FigureKind::Pruning; }
    QJsonObject settings() const override;

private:
    const core::PruneOptions& pruning() const;
    HeatMap cells(std::size_t first, int rows, int columns, const ColourScale& scale) const;
    bool numbersFit(double cell, const FigureStyle& style) const; ///< those of all weights
    double addLegend(Scene& scene, const QRectF& area) const;
    void addCurve(Scene& scene, const QRectF& area) const;

    std::shared_ptr<const PruneMap> m_map;
    PruningFigureOptions m_options;
    WeightPage m_page;
};

} // namespace ui
