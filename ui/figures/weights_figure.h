// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/scene_figure.h"
#include "ui/figures/weight_page.h"

namespace ui
{

/// Every parameter of a network on one page, with its number where there is room. Pruned ones are
/// empty cells with a tick, ablated ones are crossed.
class WeightsFigure : public SceneFigure
{
public:
    /// `opened` is the network before ablations: the same pointer where nothing is ablated. It sets
    /// the range, so that colours stay while weights are ablated.
    WeightsFigure(core::ModelPointer model, core::ModelPointer opened);

    QString title() const override;
    QString caption() const override;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;
    bool isComputed() const override { return false; }

    const WeightPage& page() const { return m_page; }
    ColourScale scale() const; ///< symmetric, common to all parameters
    float value(std::size_t parameter) const { return model().parameters.values()[parameter]; }
    float openedValue(std::size_t parameter) const
    {
        return m_opened->parameters.values()[parameter];
    }
    bool readable() const { return m_page.parameters() <= WeightPage::kMost; }

protected:
    FigureKind kind() const override { return FigureKind::Weights; }
    QJsonObject settings() const override;

private:
    HeatMap cells(std::size_t first, int rows, int columns, const ColourScale& scale) const;
    std::size_t ablatedCount() const;
    bool numbersFit(double cell, const FigureStyle& style) const;
    double addPage(Scene& scene, double width, double room) const;

    core::ModelPointer m_opened;
    WeightPage m_page;
};

} // namespace ui
