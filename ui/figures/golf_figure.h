// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/golf_games.h"
#include "ui/figures/scene_figure.h"

#include <optional>
#include <vector>

namespace ui
{

/// Games of golf: accuracy on the images that select against non-zero parameters, step by step,
/// with the target, the best so far and its interval; below it the training loss of each step.
class GolfFigure : public SceneFigure
{
public:
    /// MapKey::group; the steps of game i have kSteps + 2 i above and one more below.
    enum { kAccuracyPlane, kLossPlane, kBest, kPublished, kSteps = 16 };

    /// `start` is what the first game began with. At least one game.
    GolfFigure(core::ModelPointer start, std::vector<GolfGame> games, const GolfRanges& ranges);

    QString title() const override;
    QString caption() const override;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;
    bool isComputed() const override { return false; }

    const std::vector<GolfGame>& games() const { return m_games; }
    /// What is under the pointer, in a sentence; empty between the marks.
    QString describe(const SceneHit& hit) const;
    /// The game and the step (an index) of a mark.
    struct Place {
        std::size_t game = 0;
        std::size_t step = 0;
    };
    std::optional<Place> placeOf(const SceneHit& hit) const;
    static std::vector<MapKey> keysOf(const Place& place);

protected:
    FigureKind kind() const override { return FigureKind::Golf; }
    QJsonObject settings() const override;

private:
    QString describeStep(const GolfGame& game, const core::GolfStep& step) const;

    std::vector<GolfGame> m_games;
    GolfRanges m_ranges;
};

} // namespace ui
