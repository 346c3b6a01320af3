// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/orientation.h"
#include "ui/figures/polar_plot.h"
#include "ui/figures/scene_figure.h"

#include <memory>
#include <optional>
#include <vector>

namespace ui
{

using OrientedChannels = std::vector<core::OrientedChannel>;

/// What the outer circle of a polar plot stands for: the channel's own highest answer, or that of
/// all channels, so that weak ones look weak.
enum class PolarRange { Channel, Layer };

struct EdgesOptions {
    core::Stage stage = core::Stage::Post;
    PolarRange range = PolarRange::Channel;
};

/// The channels of the first layer as edge detectors: kernel, tuning to gratings and to step edges,
/// and what follows from them in numbers and in a word.
class EdgesFigure : public SceneFigure
{
public:
    enum Group { Kernel, Gratings, Edges, Card }; ///< index: the channel

    /// `channels` are those that core::orientations() measured, not null.
    EdgesFigure(core::ModelPointer model, std::shared_ptr<const OrientedChannels> channels,
                EdgesOptions options);

    QString title() const override;
    QString caption() const override;
    QString shortCaption() const; ///< for the window, where the words of the controls help
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;

    const OrientedChannels& channels() const { return *m_channels; }
    const EdgesOptions& options() const { return m_options; }
    /// What a polar plot says in the direction that a hit lies in; none for another group.
    std::optional<PolarPoint> pointAt(const SceneHit& hit) const;

protected:
    FigureKind kind() const override { return FigureKind::Edges; }
    QJsonObject settings() const override;

private:
    const core::Unit& unit() const;
    const core::OrientationTuning& tuning(int channel) const;
    PolarPlot gratingsPlot(int channel) const;
    PolarPlot edgesPlot(int channel) const;
    void addCard(Scene& scene, const QRectF& cell, double square, int channel) const;
    void addPlot(Scene& scene, const QRectF& square, Group group, int channel) const;
    double addFacts(Scene& scene, const QPointF& topLeft, double width, int channel) const;

    std::shared_ptr<const OrientedChannels> m_channels;
    EdgesOptions m_options;
};

} // namespace ui
