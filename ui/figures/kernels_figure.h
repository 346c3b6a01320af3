// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_set.h"
#include "ui/figures/scene_figure.h"

namespace ui
{

/// The weights of one unit: a block a channel, a small map an input channel.
class KernelsFigure : public SceneFigure
{
public:
    enum Group { Kernel }; ///< index: channel * slices + slice

    KernelsFigure(core::ModelPointer model, int unit);

    QString title() const override;
    QString caption() const override;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;
    bool isComputed() const override { return false; }

protected:
    FigureKind kind() const override { return FigureKind::Kernels; }
    QJsonObject settings() const override;

private:
    const core::Unit& unit() const;
    void addChannel(Scene& scene, const QPointF& topLeft, double scale, int channel) const;

    int m_unit;
};

} // namespace ui
