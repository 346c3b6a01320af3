// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_set.h"
#include "ui/figures/scene_figure.h"

#include <vector>

namespace ui
{

/// Images that excite units, in blocks: the channels of a layer, the neurons of a channel, logits.
class MaximizationFigure : public SceneFigure
{
public:
    enum Group { Target }; ///< index into Maximization::targets

    MaximizationFigure(core::ModelPointer model, std::shared_ptr<const core::Maximization> result,
                       MaximizationFigureOptions options);

    QString title() const override;
    QString caption() const override;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;

    const core::Maximization& result() const { return *m_result; }

protected:
    FigureKind kind() const override { return FigureKind::FeatureVisualisation; }
    QJsonObject settings() const override;

private:
    struct Block {
        QString title;
        int columns = 1;
        std::vector<int> targets;
    };
    struct Measures {
        double imageWidth = 0;
        double imageHeight = 0;
        double cellHeight = 0;
        double header = 0;
    };

    std::vector<Block> blocks() const;
    Measures measures(double scale, const FigureStyle& style) const;
    double flow(double scale, double width, const FigureStyle& style, Scene* scene) const;
    void addBlock(Scene& scene, const Block& block, int columns, const QPointF& topLeft,
                  const Measures& sizes) const;
    void addTarget(Scene& scene, int target, const QPointF& topLeft, const Measures& sizes) const;

    std::shared_ptr<const core::Maximization> m_result;
    MaximizationFigureOptions m_options;
    ColourScale m_scale; ///< common to all images
};

/// "channel 2", "neuron 17", "logit 3": what a target is called within its group.
QString shortName(const core::MaximizerTarget& target);
/// "Images that most excite each unit after its activation function, found by gradient ascent ..."
QString ascentText(const MaximizationFigureOptions& options, int stepsDone);
/// The targets of one group; all of them for an empty name.
std::shared_ptr<const core::Maximization>
onlyGroup(const std::shared_ptr<const core::Maximization>& result, const std::string& group);
/// Free pixels leave 0..1: the scale follows them, with the grey that they started from in its
/// middle, and the bar says how far.
ColourScale pixelScale(const core::Maximization& result, core::PixelRange range);
/// The image of a target; with a mask, what the target's unit can't see is hatched.
HeatMapPointer maximizationImage(const core::Architecture& architecture,
                                 const core::Maximization& result, int target,
                                 const ColourScale& scale, bool mask);

} // namespace ui
