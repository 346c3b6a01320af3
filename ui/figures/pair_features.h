// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/maximizer.h"
#include "ui/figures/figure_set.h"
#include "ui/figures/pair_grid.h"

#include <memory>
#include <string>
#include <vector>

namespace ui
{

/// Images by gradient ascent for all targets of both models, with the same settings and seed.
struct PairMaximizations {
    std::shared_ptr<const core::Maximization> current;
    std::shared_ptr<const core::Maximization> reference;
};

/// Images that excite the units of one group in both models, each beside that of its partner.
class PairFeaturesFigure : public PairFigure
{
public:
    /// `group` as core::maximizerGroups() names them: a unit, "neurons" or "logits".
    PairFeaturesFigure(ModelPair pair, PairMode mode, PairMaximizations images,
                       MaximizationFigureOptions options, std::string group);

    QString title() const override;
    QString caption() const override;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;
    QString hoverText(const SceneHit& hit) const override;
    Selection chosen(const SceneHit& hit, Selection selection) const override;
    std::vector<PairMark> marksOf(const Selection& selection) const override;

protected:
    FigureKind kind() const override { return FigureKind::CompareFeatures; }
    QJsonObject settings() const override;

private:
    struct Entry { ///< what a cell shows
        ChannelMatch match;
        std::optional<int> position; ///< of a neuron
        std::optional<int> current;  ///< index into Maximization::targets
        std::optional<int> reference;
    };

    void findEntries();
    void addEntry(const ChannelMatch& match, std::optional<int> position);
    void fillCells();
    int unitIndex() const; ///< the current model's unit that the targets belong to
    QString nameOf(const Entry& entry) const;

    PairMaximizations m_images;
    MaximizationFigureOptions m_options;
    std::string m_group;
    std::vector<Entry> m_entries;
    std::vector<PairCell> m_cells; ///< one an entry
    ColourScale m_scale;
};

} // namespace ui
