// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/activations.h"
#include "ui/figures/pair_grid.h"

namespace ui
{

/// What both models compute for one image.
struct PairActivations {
    std::shared_ptr<const core::NetworkActivations> current;
    std::shared_ptr<const core::NetworkActivations> reference;
    QString input; ///< names the image: "MNIST test, image 0, label 7"
};

/// The outputs of one unit for the same image in both models, channel beside matched channel.
class PairChannelsFigure : public PairFigure
{
public:
    enum { kInput = 3 }; ///< a further MapKey::group beside PairGroup

    PairChannelsFigure(ModelPair pair, PairMode mode, int unit, core::Stage stage,
                       PairActivations activations);

    QString title() const override;
    QString caption() const override;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;
    QString hoverText(const SceneHit& hit) const override;
    Selection chosen(const SceneHit& hit, Selection selection) const override;
    std::vector<PairMark> marksOf(const Selection& selection) const override;

protected:
    FigureKind kind() const override { return FigureKind::CompareChannels; }
    QJsonObject settings() const override;

private:
    void fillCells();

    int m_unit;
    core::Stage m_stage;
    PairActivations m_activations;
    std::vector<ChannelMatch> m_matches;
    std::vector<PairCell> m_cells; ///< one a match
    ColourScale m_scale;
};

/// The kernels of one unit, matched by their output and their input channel.
class PairKernelsFigure : public PairFigure
{
public:
    PairKernelsFigure(ModelPair pair, PairMode mode, int unit);

    QString title() const override;
    QString caption() const override;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;
    QString hoverText(const SceneHit& hit) const override;
    Selection chosen(const SceneHit& hit, Selection selection) const override;
    std::vector<PairMark> marksOf(const Selection& selection) const override;

    static constexpr int kMostKernels = 400; ///< more are a texture, not kernels to read

protected:
    FigureKind kind() const override { return FigureKind::CompareKernels; }
    QJsonObject settings() const override;

private:
    struct Slice { ///< what a cell shows
        ChannelMatch output;
        ChannelMatch input;
    };
    std::vector<ChannelMatch> inputMatches() const;
    HeatMapPointer kernel(const core::Model& model, int unit, std::optional<int> output,
                          std::optional<int> input) const;

    int m_unit;
    std::optional<int> m_other; ///< the reference's unit
    std::vector<Slice> m_slices;
    std::vector<PairCell> m_cells; ///< one a slice
    ColourScale m_scale;
};

} // namespace ui
