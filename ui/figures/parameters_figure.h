// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/scene_figure.h"
#include "ui/figures/weight_page.h"

#include <vector>

namespace ui
{

/// The kernels of all convolutions at one moment of a training, or all weights.
class ParametersFigure : public SceneFigure
{
public:
    /// `parameters` is a flat vector of the model's architecture; `when` says of which moment:
    /// "after epoch 12".
    ParametersFigure(core::ModelPointer model, std::vector<float> parameters, QString when,
                     WeightPage::Content content = WeightPage::Content::Convolutions);

    QString title() const override;
    QString caption() const override;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;
    bool isComputed() const override { return false; }
    /// Names the network of that moment, and holds its parameters: no file has them.
    QJsonObject recipe() const override;

    const WeightPage& page() const { return m_page; }
    /// Symmetric, and in steps, so that colours stay while the weights move a little.
    ColourScale scale() const;

protected:
    FigureKind kind() const override { return FigureKind::Parameters; }
    QJsonObject settings() const override;

private:
    std::vector<float> m_parameters;
    QString m_when;
    WeightPage::Content m_content;
    WeightPage m_page;
};

} // namespace ui
