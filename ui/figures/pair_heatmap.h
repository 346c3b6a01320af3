// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/class_statistics.h"
#include "ui/figures/pair_grid.h"

namespace ui
{

/// Class statistics of both models on the same data at the same stage.
struct PairStatistics {
    core::ClassStatistics current;
    core::ClassStatistics reference;
};

/// Mean activation of the feature neurons per class in both models, channel above matched channel.
class PairHeatmapFigure : public PairFigure
{
public:
    PairHeatmapFigure(ModelPair pair, PairMode mode,
                      std::shared_ptr<const PairStatistics> statistics);

    QString title() const override;
    QString caption() const override;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;
    QString hoverText(const SceneHit& hit) const override;
    Selection chosen(const SceneHit& hit, Selection selection) const override;
    std::vector<PairMark> marksOf(const Selection& selection) const override;

protected:
    FigureKind kind() const override { return FigureKind::CompareHeatmap; }
    QJsonObject settings() const override;

private:
    struct Line { ///< blocks that stand side by side
        std::size_t first = 0;
        std::size_t last = 0;
        QRectF area; ///< of the cells of one panel
        double cell = 0;
    };
    int classes() const { return m_statistics->current.classes(); }
    int blockColumns() const;
    void addPanel(Scene& scene, const Line& line, PairGroup group) const;
    void addBlock(Scene& scene, const QRectF& area, std::size_t index, PairGroup group,
                  double cell) const;
    ColourScale scaleOf(PairGroup group) const;

    std::shared_ptr<const PairStatistics> m_statistics;
    std::vector<ChannelMatch> m_matches;
    std::vector<PairCell> m_blocks; ///< one a match: a row a class
    ColourScale m_scale;
};

} // namespace ui
