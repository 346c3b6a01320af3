// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_set.h"
#include "ui/figures/scene_figure.h"

namespace ui
{

/// The input image, every channel's output for it, and the kernels that made them.
class ChannelsFigure : public SceneFigure
{
public:
    enum Group { Input, Output, Kernel }; ///< index: 0; channel; channel * slices + slice

    ChannelsFigure(core::ModelPointer model,
                   std::shared_ptr<const core::NetworkActivations> activations,
                   ChannelsOptions options);

    QString title() const override;
    QString caption() const override;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;

    /// Largest magnitude that the colours span, common to the channels (not for ColourRange::Unit).
    double range() const;

protected:
    FigureKind kind() const override { return FigureKind::Channels; }
    QJsonObject settings() const override;

private:
    const core::Unit& unit() const;
    std::span<const float> output(int channel) const;
    ColourScale scaleOf(int channel) const;
    HeatMapPointer outputMap(int channel) const;
    HeatMapPointer inputMap() const;
    bool drawsKernels() const;
    double addLeftColumn(Scene& scene, double width) const;
    double stripHeight(double width, const FigureStyle& style) const;
    void addChannel(Scene& scene, const QRectF& cell, double scale, int channel) const;
    void addKernels(Scene& scene, const QPointF& topLeft, double width, int channel) const;

    std::shared_ptr<const core::NetworkActivations> m_activations;
    ChannelsOptions m_options;
};

} // namespace ui
