// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/orientation.h"
#include "ui/figures/pair_grid.h"
#include "ui/figures/polar_plot.h"

#include <memory>
#include <vector>

namespace ui
{

/// How the channels of both first layers answer to edges, as core::orientations() measured them.
struct PairOrientations {
    std::vector<core::OrientedChannel> current;
    std::vector<core::OrientedChannel> reference;
};

/// The first layers' channels as edge detectors, matched: kernels, both tuning curves in one polar
/// plot, and what follows from them in numbers and in words.
class PairEdgesFigure : public PairFigure
{
public:
    enum { kGratings = 3, kEdges, kCard }; ///< further MapKey::group beside PairGroup; index: match

    PairEdgesFigure(ModelPair pair, PairMode mode,
                    std::shared_ptr<const PairOrientations> orientations, core::Stage stage);

    QString title() const override;
    QString caption() const override;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;
    QString hoverText(const SceneHit& hit) const override;
    Selection chosen(const SceneHit& hit, Selection selection) const override;
    std::vector<PairMark> marksOf(const Selection& selection) const override;

protected:
    FigureKind kind() const override { return FigureKind::CompareEdges; }
    QJsonObject settings() const override;

private:
    static constexpr int kPlotGrid = 200; ///< rows and columns of a polar plot's hits

    struct Curves { ///< on one scale
        PolarPlot current;
        PolarPlot reference;
        PolarPlot difference; ///< half the radius stands for 0
        double bound = 0;     ///< of the difference: what the outer circle stands for
    };

    const core::OrientedChannel* channelOf(std::size_t match, bool current) const; ///< or null
    const core::OrientationTuning* tuningOf(std::size_t match, bool current) const;
    Curves curves(std::size_t match, int group, const FigureStyle& style) const;
    int squaresAcross() const { return mode() == PairMode::SideBySide ? 4 : 3; }
    void addCard(Scene& scene, const QRectF& cell, double square, std::size_t match) const;
    double addLabels(Scene& scene, const QRectF& line, std::size_t match) const;
    void addKernel(Scene& scene, const QRectF& square, std::size_t match, PairGroup group) const;
    void addPlot(Scene& scene, const QRectF& square, std::size_t match, int group) const;
    void addFacts(Scene& scene, const QPointF& topLeft, double width, std::size_t match) const;

    std::shared_ptr<const PairOrientations> m_orientations;
    core::Stage m_stage;
    std::vector<ChannelMatch> m_matches;
    std::vector<PairCell> m_kernels; ///< one a match
    ColourScale m_scale;
};

} // namespace ui
